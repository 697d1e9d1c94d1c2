//! Validates values against schemas of the document.

use std::{cell::RefCell, collections::HashMap};

use document::{Node, NodeId, pointer};
use jsonschema::{Draft, ValidationError, Validator, error::ValidationErrorKind};
use serde_json::Value;

use super::{declared::Document, schema};

/// A violation of a schema.
pub(super) struct Violation {
    /// The JSON pointer of the invalid value.
    pub(super) pointer: String,
    /// The message of the validator.
    pub(super) message: String,
    /// True if the value is a member that the schema does not declare.
    pub(super) is_undeclared: bool,
}

/// The validators of the schemas so far. Each schema is compiled once, since that takes longer than all other checks.
#[derive(Default)]
pub(super) struct Validators(RefCell<HashMap<Option<NodeId>, Result<Validator, String>>>);

/// Validates a value, and rejects undeclared members. Without a schema, no value is valid.
pub(super) fn violations(
    document: &Document<'_>,
    schema: Option<Node<'_>>,
    value: &Value,
) -> Vec<Violation> {
    let mut validators = document.validators.0.borrow_mut();
    let validator = validators.entry(schema.map(Node::id));
    match validator.or_insert_with(|| compile(document, schema)) {
        Ok(validator) => validator.iter_errors(value).flat_map(violation).collect(),
        Err(error) => vec![Violation::new("", format!("its schema is invalid: {error}"))],
    }
}

fn compile(document: &Document<'_>, schema: Option<Node<'_>>) -> Result<Validator, String> {
    let schema = schema.map_or(Value::Null, Node::json);
    let options = jsonschema::options().with_draft(Draft::Draft202012);
    options
        .should_validate_formats(true)
        .build(&schema::standalone(&document.components, &schema, true))
        .map_err(|error| error.to_string())
}

fn violation(error: ValidationError<'_>) -> Vec<Violation> {
    let at = error.instance_path();
    match error.kind() {
        ValidationErrorKind::UnevaluatedProperties { unexpected } => unexpected
            .iter()
            .map(|name| Violation::undeclared(format!("{at}/{}", pointer::escape(name))))
            .collect(),
        _ => vec![Violation::new(at.as_str(), error.to_string())],
    }
}

impl Violation {
    fn new(pointer: &str, message: String) -> Self {
        Self { pointer: pointer.to_owned(), message, is_undeclared: false }
    }

    fn undeclared(pointer: String) -> Self {
        Self { pointer, message: "not declared".to_owned(), is_undeclared: true }
    }
}
