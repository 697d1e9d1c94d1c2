//! Header lines against the headers that the document declares.

use std::collections::HashSet;

use serde_json::Value;

use super::{
    document::{Document, Header, resolve},
    validity,
};
use crate::{Problem, documented::http::Headers};

/// The headers that a message may have.
pub(super) struct Allowed<'a> {
    pub(super) document: &'a Document,
    /// Those that OpenAPI leaves to HTTP.
    pub(super) standard: &'static [&'static str],
    pub(super) declared: Vec<Header<'a>>,
}

impl Allowed<'_> {
    /// Headers that are missing, repeated or not allowed, and values that do not fit their schemas.
    pub(super) fn problems(&self, headers: &Headers) -> Vec<Problem> {
        let lines = headers.iter().flat_map(|(name, value)| self.line(name, value));
        self.missing(headers).chain(repeated(headers)).chain(lines).collect()
    }

    fn missing(&self, headers: &Headers) -> impl Iterator<Item = Problem> {
        self.declared
            .iter()
            .filter(|header| header.required && headers.get(header.name).is_none())
            .map(|header| Problem::new(header.name, "missing, though required; write an erratum"))
    }

    fn line(&self, name: &str, value: &str) -> Vec<Problem> {
        if self.standard.iter().any(|standard| standard.eq_ignore_ascii_case(name)) {
            return Vec::new();
        }
        let mut declared = self.declared.iter();
        let Some(header) = declared.find(|header| header.name.eq_ignore_ascii_case(name)) else {
            return vec![Problem::new(name, "not declared; declare it, or write an erratum")];
        };
        let value = typed(resolve(&self.document.root, header.schema), value);
        validity::problems(&self.document.root, header.schema, &value)
            .into_iter()
            .map(|problem| Problem::new(name, problem.message))
            .collect()
    }
}

fn repeated(headers: &Headers) -> impl Iterator<Item = Problem> {
    let mut names = HashSet::new();
    headers
        .iter()
        .filter(move |(name, _)| !names.insert(name.to_ascii_lowercase()))
        .map(|(name, _)| Problem::new(name, "given more than once; write an erratum"))
}

/// The value that a header's text stands for under its schema.
fn typed(schema: &Value, text: &str) -> Value {
    match schema["type"].as_str() {
        Some("boolean" | "integer" | "number") => {
            serde_json::from_str(text).unwrap_or_else(|_| text.into())
        }
        _ => text.into(),
    }
}
