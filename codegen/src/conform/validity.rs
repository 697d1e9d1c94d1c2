//! Values against schemas of the document.

use jsonschema::{Draft, ValidationError, error::ValidationErrorKind};
use serde_json::Value;

use super::{schema, step};
use crate::Problem;

/// Why a value is not valid, in closed mode; the places are JSON pointers.
pub(super) fn problems(document: &Value, schema: &Value, value: &Value) -> Vec<Problem> {
    let validator = jsonschema::options()
        .with_draft(Draft::Draft202012)
        .should_validate_formats(true)
        .build(&schema::standalone(document, schema, true));
    match validator {
        Ok(validator) => validator.iter_errors(value).flat_map(breach).collect(),
        Err(error) => {
            vec![Problem::new("", format!("its schema is unsound: {error}; correct the document"))]
        }
    }
}

fn breach(error: ValidationError<'_>) -> Vec<Problem> {
    let at = error.instance_path();
    match error.kind() {
        ValidationErrorKind::UnevaluatedProperties { unexpected } => {
            unexpected.iter().map(|name| undeclared(format!("{at}{}", step(name)))).collect()
        }
        _ => vec![Problem::new(
            at.as_str(),
            format!("{error}; correct the document, or write an erratum"),
        )],
    }
}

fn undeclared(at: String) -> Problem {
    Problem::new(at, "not declared; declare it, or write an erratum")
}
