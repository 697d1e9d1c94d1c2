//! Compares the headers of a message with their declarations in the document.

use std::collections::HashSet;

use document::Node;
use serde_json::Value;

use super::{
    declared::{Document, Header},
    mismatch::{Aspect, CORRECT, DECLARE, ERRATUM, Mismatch, Remedy},
    validity::{self, Strictness},
};
use crate::documented::{Part, http::Headers};

/// The headers that are allowed in a message.
pub(super) struct Allowed<'a> {
    pub(super) document: &'a Document<'a>,
    /// Headers of HTTP itself, which an OpenAPI document does not declare.
    pub(super) standard: &'static [&'static str],
    pub(super) declared: Vec<Header<'a>>,
    /// The location of the declarations: a JSON pointer and a label.
    pub(super) location: (String, &'static str),
}

impl Allowed<'_> {
    /// Reports headers that are missing, repeated or not declared, and values that are invalid.
    pub(super) fn mismatches(&self, headers: &Headers) -> Vec<Mismatch> {
        let lines = headers.iter().flat_map(|(name, value)| self.line(name, value));
        self.missing(headers).chain(self.duplicates(headers)).chain(lines).collect()
    }

    fn missing(&self, headers: &Headers) -> impl Iterator<Item = Mismatch> {
        self.declared
            .iter()
            .filter(|header| header.required && headers.get(header.name).is_none())
            .map(|header| {
                self.mismatch(header.name, "is missing, although it is required", CORRECT)
            })
    }

    fn duplicates(&self, headers: &Headers) -> impl Iterator<Item = Mismatch> {
        let mut names = HashSet::new();
        headers.iter().filter(move |(name, _)| !names.insert(name.to_ascii_lowercase())).map(
            |(name, _)| {
                let aspect = if self.is_standard(name) { Aspect::Value } else { Aspect::Header };
                Mismatch::header(aspect, name, "is present more than once", ERRATUM)
            },
        )
    }

    fn is_standard(&self, name: &str) -> bool {
        self.standard.iter().any(|standard| standard.eq_ignore_ascii_case(name))
    }

    fn mismatch(&self, name: &str, what: &str, remedy: Remedy) -> Mismatch {
        let (pointer, label) = &self.location;
        Mismatch::header(Aspect::Header, name, what, remedy).related(pointer, label)
    }

    fn line(&self, name: &str, value: &str) -> Vec<Mismatch> {
        if self.is_standard(name) {
            return Vec::new();
        }
        let mut declared = self.declared.iter();
        let Some(header) = declared.find(|header| header.name.eq_ignore_ascii_case(name)) else {
            return vec![self.mismatch(name, "is not declared", DECLARE)];
        };
        let schema = header.schema.and_then(|schema| self.document.resolve(schema));
        let value = typed(schema, value);
        let violations =
            validity::violations(self.document, header.schema, &value, Strictness::Whole);
        violations
            .into_iter()
            .map(|violation| {
                let message = format!("`{name}`: {}", violation.message);
                Mismatch::new(Aspect::Value, Part::Header(name.to_owned()), message, CORRECT)
            })
            .collect()
    }
}

/// Parses the text of a header by the type of its schema.
fn typed(schema: Option<Node<'_>>, text: &str) -> Value {
    match schema.and_then(|schema| schema.get("type")?.as_str()) {
        Some("boolean" | "integer" | "number") => {
            serde_json::from_str(text).unwrap_or_else(|_| text.into())
        }
        _ => text.into(),
    }
}
