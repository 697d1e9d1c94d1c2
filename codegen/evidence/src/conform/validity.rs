//! Validates values against schemas of the document.

mod structure;

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use document::{Node, NodeId, pointer};
use jsonschema::{Draft, ValidationError, Validator, error::ValidationErrorKind};
use serde_json::Value;

use super::{
    declared::Document,
    mismatch::Aspect,
    schema::{self, Translation},
};

/// The part of a schema that a value is validated against.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Strictness {
    /// The whole schema.
    Whole,
    /// Only the members and the types of their values.
    Structure,
}

/// A violation of a schema.
pub(super) struct Violation {
    /// The JSON pointer of the invalid value.
    pub(super) pointer: String,
    /// The message of the validator.
    pub(super) message: String,
    /// The aspect of the value that is invalid; [`Aspect::Member`] if the schema does not declare the member.
    pub(super) aspect: Aspect,
}

/// The validators of the schemas so far. Each schema is compiled once, since that takes longer than all other checks.
#[derive(Default)]
pub(super) struct Validators(Mutex<HashMap<Key, Result<Arc<Validator>, String>>>);

/// A schema and the options of its translation.
type Key = (Option<NodeId>, Translation);

/// Translates the whole schema.
const WHOLE: Translation = Translation { closed: true, omitted: &[] };

/// Validates a value, and rejects undeclared members. Without a schema, no value is valid.
pub(super) fn violations(
    document: &Document<'_>,
    schema: Option<Node<'_>>,
    value: &Value,
    strictness: Strictness,
) -> Vec<Violation> {
    let found = match strictness {
        Strictness::Whole => {
            document.validators.get(document, schema, WHOLE).map(|it| errors(&it, value))
        }
        Strictness::Structure => structure::violations(document, schema, value),
    };
    found.unwrap_or_else(|error| {
        vec![Violation::new("", format!("its schema is invalid: {error}"), Aspect::Type)]
    })
}

impl Validators {
    /// Returns the validator of a schema.
    fn get(
        &self,
        document: &Document<'_>,
        schema: Option<Node<'_>>,
        translation: Translation,
    ) -> Result<Arc<Validator>, String> {
        // A panic of another thread leaves the map as it was.
        let mut validators = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let validator = validators.entry((schema.map(Node::id), translation));
        validator.or_insert_with(|| compile(document, schema, translation).map(Arc::new)).clone()
    }
}

fn errors(validator: &Validator, value: &Value) -> Vec<Violation> {
    validator.iter_errors(value).flat_map(violation).collect()
}

fn compile(
    document: &Document<'_>,
    schema: Option<Node<'_>>,
    translation: Translation,
) -> Result<Validator, String> {
    let schema = schema.map_or(Value::Null, Node::json);
    let options = jsonschema::options().with_draft(Draft::Draft202012);
    options
        .should_validate_formats(true)
        .build(&schema::standalone(&document.components, &schema, translation))
        .map_err(|error| error.to_string())
}

fn violation(error: ValidationError<'_>) -> Vec<Violation> {
    let at = error.instance_path();
    let aspect = match error.kind() {
        ValidationErrorKind::UnevaluatedProperties { unexpected } => {
            return unexpected
                .iter()
                .map(|name| Violation::undeclared(format!("{at}/{}", pointer::escape(name))))
                .collect();
        }
        ValidationErrorKind::Required { .. } => Aspect::Missing,
        ValidationErrorKind::Type { .. }
        | ValidationErrorKind::AnyOf { .. }
        | ValidationErrorKind::OneOfNotValid { .. }
        | ValidationErrorKind::FalseSchema => Aspect::Type,
        _ => Aspect::Value,
    };
    vec![Violation::new(at.as_str(), error.to_string(), aspect)]
}

impl Violation {
    fn new(pointer: &str, message: String, aspect: Aspect) -> Self {
        Self { pointer: pointer.to_owned(), message, aspect }
    }

    fn undeclared(pointer: String) -> Self {
        Self { pointer, message: "not declared".to_owned(), aspect: Aspect::Member }
    }
}
