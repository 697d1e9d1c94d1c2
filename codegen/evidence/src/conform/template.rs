//! Compares the target of a request with the path template of an operation.

use std::borrow::Cow;

use super::declared::{Document, Operation};

/// The brackets that pages put around the name of a path parameter.
const BRACKETS: [(char, char); 4] = [('{', '}'), ('<', '>'), ('[', ']'), ('(', ')')];

/// Returns true if a target matches the path of an operation.
///
/// The letter case and brackets of a path parameter do not matter, and a value may stand in place of its name. A target
/// can be relative, or begin with a placeholder such as `{baseURL}`.
pub(super) fn is_at(operation: &Operation<'_>, target: &str) -> bool {
    let target = decoded(target);
    let Some(rest) = without_server(operation.document, &target) else { return false };
    let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
    is_same_path(operation.path, path) && has_declared_names(operation, query)
}

/// Percent-decodes the brackets of placeholders.
fn decoded(target: &str) -> Cow<'_, str> {
    if !target.contains('%') {
        return target.into();
    }
    let codes = [("%7B", "{"), ("%7D", "}"), ("%3C", "<"), ("%3E", ">")];
    let decode = |text: String, (code, bracket): (&str, &str)| {
        text.replace(code, bracket).replace(&code.to_lowercase(), bracket)
    };
    codes.into_iter().fold(target.to_owned(), decode).into()
}

fn without_server<'a>(document: &Document<'_>, target: &'a str) -> Option<&'a str> {
    if target.starts_with('/') {
        return Some(target);
    }
    if BRACKETS.iter().any(|(open, _)| target.starts_with(*open)) {
        return target.find('/').map(|slash| &target[slash..]);
    }
    document.servers().find_map(|server| {
        let (start, rest) = target.split_at_checked(server.len())?;
        start.eq_ignore_ascii_case(server).then_some(rest)
    })
}

fn is_same_path(template: &str, path: &str) -> bool {
    let (mut expected, mut found) = (template.split('/'), path.split('/'));
    loop {
        match (expected.next(), found.next()) {
            (None, None) => return true,
            (Some(expected), Some(found)) if is_same_segment(expected, found) => {}
            _ => return false,
        }
    }
}

fn is_same_segment(expected: &str, found: &str) -> bool {
    match (placeholder(expected), placeholder(found)) {
        (Some(expected), Some(found)) => folded(expected).eq(folded(found)),
        (Some(_), None) => !found.is_empty(),
        (None, _) => expected == found,
    }
}

/// Returns the name in brackets.
fn placeholder(segment: &str) -> Option<&str> {
    BRACKETS.iter().find_map(|(open, close)| segment.strip_prefix(*open)?.strip_suffix(*close))
}

/// Returns the letters and digits of a name in lowercase.
fn folded(name: &str) -> impl Iterator<Item = char> {
    name.chars().filter(|char| char.is_alphanumeric()).flat_map(char::to_lowercase)
}

fn has_declared_names(operation: &Operation<'_>, query: &str) -> bool {
    let names = query.split('&').filter(|pair| !pair.is_empty());
    let mut names = names.map(|pair| pair.split('=').next().unwrap_or_default());
    names.all(|name| operation.query_names().any(|declared| declared == name))
}
