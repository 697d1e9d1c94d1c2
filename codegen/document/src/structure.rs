//! Rules about the structure that OpenAPI 3.0 requires of a document.

use crate::{
    diagnostic::Diagnostic,
    format_detection,
    model::Kind,
    rule::{DiagnosticBuilder, Rule, rule},
    spelling,
    tree::Tree,
};

/// Requires a file to be an OpenAPI document.
pub static NOT_OPENAPI: Rule = rule!("not-openapi");

/// Requires a document to be OpenAPI 3.0.
pub static UNSUPPORTED_VERSION: Rule = rule!("unsupported-version");

/// Reports a document that is not OpenAPI 3.0, for which the other rules do not apply.
pub(super) fn unsupported(tree: &Tree) -> Option<DiagnosticBuilder<'_>> {
    let root = tree.root();
    if let Some(entry) = root.entry("swagger") {
        let version = entry.value.text().unwrap_or_default();
        let message = format!("this is Swagger {version}, but the generator reads OpenAPI 3.0");
        return Some(
            UNSUPPORTED_VERSION.at(entry.value, message).help("convert the document to 3.0.3"),
        );
    }
    let Some(version) = root.get("openapi") else {
        let is_other = !spelling::has_misspelling(root, Some(Kind::Document), "openapi")
            && root.get("paths").is_none();
        let (message, help) = not_openapi(tree.text());
        return is_other.then(|| NOT_OPENAPI.at(root, message).help(help));
    };
    let text =
        version.as_str().or_else(|| version.as_number()).filter(|text| !is_supported(text))?;
    let (message, help) = match text.starts_with("3.0") {
        true => (format!("`{text}` is not a complete version of OpenAPI 3.0"), "write `3.0.3`"),
        false => (
            format!("this is OpenAPI `{text}`, but the generator reads OpenAPI 3.0"),
            "convert the document to 3.0.3",
        ),
    };
    Some(UNSUPPORTED_VERSION.at(version, message).help(help))
}

/// Reports an unparsable text that looks like a file of another format, whose syntax errors would mislead.
pub(super) fn unsupported_text(text: &str) -> Option<Diagnostic> {
    if format_detection::of(text).is_none() && format_detection::mentions_openapi(text) {
        return None;
    }
    let first = format_detection::first_line(text);
    let start = text.find(first)?;
    let (message, help) = not_openapi(text);
    Some(NOT_OPENAPI.spanning(start..start + first.len(), message, Some(help)))
}

/// Returns the message and the help for a text that is not an OpenAPI document.
fn not_openapi(text: &str) -> (String, &'static str) {
    let (reason, help) = match format_detection::of(text) {
        Some(format) => (format!("it looks like {format}"), "pass a document in YAML or JSON"),
        None => (
            "it does not begin with `openapi`".to_owned(),
            "begin it with `openapi: 3.0.3`, or pass another file",
        ),
    };
    (format!("this is not an OpenAPI document: {reason}"), help)
}

fn is_supported(version: &str) -> bool {
    let patch = version.strip_prefix("3.0.").map(|rest| rest.split('-').next().unwrap_or(rest));
    patch.is_some_and(|patch| !patch.is_empty() && patch.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Forbids members that OpenAPI does not define.
pub static UNKNOWN_KEY: Rule = rule!("unknown-key");

/// Requires the members that OpenAPI requires.
pub static MISSING_KEY: Rule = rule!("missing-key");

/// Requires members to have the type that OpenAPI defines.
pub static WRONG_TYPE: Rule = rule!("wrong-type");

/// Requires members to have a value that OpenAPI allows.
pub static INVALID_VALUE: Rule = rule!("invalid-value");

/// Requires keys to have the form that OpenAPI defines.
pub static INVALID_KEY: Rule = rule!("invalid-key");

/// Forbids members that exclude each other in the same object.
pub static CONFLICTING_KEYS: Rule = rule!("conflicting-keys");

/// Forbids siblings of a reference.
pub static IGNORED_BESIDE_REFERENCE: Rule = rule!("ignored-beside-reference");

/// Reports a part of the document at which the generator fails, although no other rule is violated.
pub static GENERATOR_FAILURE: Rule = rule!("generator-failure");
