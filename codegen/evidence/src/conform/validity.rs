//! Values against schemas of the document.

use document::{Node, pointer};
use jsonschema::{Draft, ValidationError, error::ValidationErrorKind};
use serde_json::Value;

use super::{declared::Document, schema};

/// What is wrong with a value.
pub(super) struct Violation {
    /// Where, as a JSON pointer.
    pub(super) at: String,
    /// What is wrong.
    pub(super) message: String,
    /// Whether the schema does not know the member at all.
    pub(super) is_undeclared: bool,
}

/// Why a value is not valid, in closed mode; without a schema no value is.
pub(super) fn violations(
    document: &Document<'_>,
    schema: Option<Node<'_>>,
    value: &Value,
) -> Vec<Violation> {
    let schema = schema.map_or(Value::Null, Node::json);
    let validator = jsonschema::options()
        .with_draft(Draft::Draft202012)
        .should_validate_formats(true)
        .build(&schema::standalone(&document.value, &schema, true));
    match validator {
        Ok(validator) => validator.iter_errors(value).flat_map(violation).collect(),
        Err(error) => vec![Violation::new("", format!("its schema is invalid: {error}"))],
    }
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
    fn new(at: &str, message: String) -> Self {
        Self { at: at.to_owned(), message, is_undeclared: false }
    }

    fn undeclared(at: String) -> Self {
        Self { at, message: "not declared".to_owned(), is_undeclared: true }
    }
}
