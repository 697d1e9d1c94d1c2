//! Rules about the structure that OpenAPI 3.0 gives to a document.

use crate::{
    diagnostic::Diagnostic,
    format_detection,
    model::Kind,
    rule::{DiagnosticBuilder, Rule, rule},
    spelling,
    tree::Tree,
};

/// A file is an OpenAPI document.
pub static NOT_OPENAPI: Rule = rule!("not-openapi");

/// A document is OpenAPI 3.0.
pub static UNSUPPORTED_VERSION: Rule = rule!("unsupported-version");

/// What makes a document another than OpenAPI 3.0, so that its other rules do not apply.
pub(super) fn unsupported(tree: &Tree) -> Option<DiagnosticBuilder<'_>> {
    let root = tree.root();
    if let Some(entry) = root.entry("swagger") {
        let version = entry.value.text().unwrap_or_default();
        let message = format!("this is Swagger {version}, and the generator reads OpenAPI 3.0");
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
    let message = format!("the generator reads OpenAPI 3.0, and this is `{text}`");
    let help = match text.starts_with("3.0") {
        true => "write `3.0.3`",
        false => "convert the document to 3.0.3",
    };
    Some(UNSUPPORTED_VERSION.at(version, message).help(help))
}

/// What makes a text that cannot be read a file of another kind, so that its syntax is none of our business.
pub(super) fn unsupported_text(text: &str) -> Option<Diagnostic> {
    if format_detection::of(text).is_none() && format_detection::mentions_openapi(text) {
        return None;
    }
    let first = format_detection::first_line(text);
    let start = text.find(first)?;
    let (message, help) = not_openapi(text);
    Some(NOT_OPENAPI.spanning(start..start + first.len(), message, Some(help)))
}

/// What to say of a text that is no OpenAPI document.
fn not_openapi(text: &str) -> (String, &'static str) {
    let (reason, help) = match format_detection::of(text) {
        Some(language) => (format!("it looks like {language}"), "give one in YAML or JSON"),
        None => (
            "it does not begin with `openapi`".to_owned(),
            "begin it with `openapi: 3.0.3`, or give another file",
        ),
    };
    (format!("this is no OpenAPI document: {reason}"), help)
}

fn is_supported(version: &str) -> bool {
    let patch = version.strip_prefix("3.0.").map(|rest| rest.split('-').next().unwrap_or(rest));
    patch.is_some_and(|patch| !patch.is_empty() && patch.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Objects have only the members that OpenAPI gives them.
pub static UNKNOWN_KEY: Rule = rule!("unknown-key");

/// Objects have the members that OpenAPI requires.
pub static MISSING_KEY: Rule = rule!("missing-key");

/// Members have the type that OpenAPI gives them.
pub static WRONG_TYPE: Rule = rule!("wrong-type");

/// Members have a value that OpenAPI allows.
pub static INVALID_VALUE: Rule = rule!("invalid-value");

/// Keys have the form that OpenAPI requires.
pub static INVALID_KEY: Rule = rule!("invalid-key");

/// Members that exclude each other do not occur together.
pub static CONFLICTING_KEYS: Rule = rule!("conflicting-keys");

/// A reference has no siblings.
pub static IGNORED_BESIDE_REFERENCE: Rule = rule!("ignored-beside-reference");
