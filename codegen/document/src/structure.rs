//! Rules about the structure that OpenAPI 3.0 requires of a document.

use crate::{
    diagnostic::Diagnostic,
    model::Kind,
    page::rule,
    rule::{DiagnosticBuilder, Rule},
    spelling,
    tree::Tree,
};

pub static NOT_OPENAPI: Rule = rule!("not-openapi");
pub static UNSUPPORTED_VERSION: Rule = rule!("unsupported-version");
pub static UNKNOWN_KEY: Rule = rule!("unknown-key");
pub static MISSING_KEY: Rule = rule!("missing-key");
pub static WRONG_TYPE: Rule = rule!("wrong-type");
pub static INVALID_VALUE: Rule = rule!("invalid-value");
pub static INVALID_KEY: Rule = rule!("invalid-key");
pub static CONFLICTING_KEYS: Rule = rule!("conflicting-keys");
pub static IGNORED_BESIDE_REFERENCE: Rule = rule!("ignored-beside-reference");
pub static GENERATOR_FAILURE: Rule = rule!("generator-failure");

/// Reports a document that is not OpenAPI 3.0, because the other rules do not apply to it.
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

/// Reports an unparsable text that looks like another format, because reporting its syntax errors would be misleading.
pub(super) fn unsupported_text(text: &str) -> Option<Diagnostic> {
    if format_of(text).is_none() && mentions_openapi(text) {
        return None;
    }
    let first = first_line(text);
    let start = text.find(first)?;
    let (message, help) = not_openapi(text);
    Some(NOT_OPENAPI.spanning(start..start + first.len(), message, Some(help)))
}

/// Returns the message and the help for a text that is not an OpenAPI document.
fn not_openapi(text: &str) -> (String, &'static str) {
    let (reason, help) = match format_of(text) {
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

/// Guesses the format of a text that looks like neither YAML nor JSON, mostly by its first line.
fn format_of(text: &str) -> Option<&'static str> {
    let first = first_line(text);
    let begins = |starts: &[&str]| starts.iter().any(|start| first.starts_with(start));
    // A Git conflict marker is not markup.
    if begins(&["<"]) && !begins(&["<<"]) {
        Some("XML or HTML")
    } else if text.starts_with("#!") || begins(&["//", "/*", "use ", "import ", "package "]) {
        Some("a program")
    } else if text.starts_with("# ") && text.contains("\n```") {
        Some("Markdown")
    } else if is_table(first) || is_assignment(first) {
        Some("TOML")
    } else {
        None
    }
}

/// Returns the first line that is neither blank nor a comment.
fn first_line(text: &str) -> &str {
    let mut lines = text.trim_start_matches('\u{feff}').lines().map(str::trim);
    lines.find(|line| !line.is_empty() && !line.starts_with('#')).unwrap_or_default()
}

/// Returns true for the header of a TOML table, such as `[package]` or `[[erratum]]`.
fn is_table(line: &str) -> bool {
    let name = line.strip_prefix('[').and_then(|line| line.strip_suffix(']'));
    name.is_some_and(|name| is_key(name.trim_matches(['[', ']'])))
}

/// Returns true for a TOML assignment, such as `name = "orders"`.
fn is_assignment(line: &str) -> bool {
    line.split_once('=').is_some_and(|(key, _)| is_key(key.trim_end()))
}

fn is_key(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_alphabetic())
        && name.chars().all(|char| char.is_ascii_alphanumeric() || "._-\"' ".contains(char))
}

/// Returns true if a text contains the key `openapi` or `swagger` anywhere.
fn mentions_openapi(text: &str) -> bool {
    ["openapi", "swagger"].iter().any(|name| {
        text.match_indices(name).any(|(start, _)| {
            let after = text[start + name.len()..].trim_start_matches(['"', '\'']);
            let is_whole = !text[..start].ends_with(char::is_alphanumeric);
            is_whole && after.trim_start_matches(' ').starts_with(':')
        })
    })
}
