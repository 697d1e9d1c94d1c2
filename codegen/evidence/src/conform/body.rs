//! Compares a body, and the headers that describe it, with its declaration in the document.

use document::{
    Node, Tree,
    exact::{self, Difference},
    pointer::step,
};
use serde_json::Value;

use super::{
    declared::Declared,
    mismatch::{ADD, Aspect, CORRECT, DECLARE, ERRATUM, EXAMPLE, Mismatch},
    validity::{self, Strictness, Violation},
};
use crate::documented::{Part, http::Content};

/// The length of a UTF-8 byte order mark, with which the service begins each body.
const BYTE_ORDER_MARK: usize = 3;

/// The expected body of a message.
pub(super) struct Expected<'a> {
    /// The declaration; `None` if the message must not have a body.
    pub(super) declared: Option<Declared<'a>>,
    /// The location of the declaration: a JSON pointer and a label.
    pub(super) location: (String, &'static str),
    /// The name of the example that the body must equal; `None` to compare only its structure.
    pub(super) example: Option<&'a str>,
}

/// Compares a body with the expected one.
pub(super) fn mismatches(expected: &Expected<'_>, content: &Content) -> Vec<Mismatch> {
    let described = [presence(expected, content), media_type(expected, content), length(content)];
    let text = expected.declared.as_ref().zip(content.body.as_deref());
    let text =
        text.map(|(declared, body)| text_mismatches(declared, expected, body)).unwrap_or_default();
    described.into_iter().flatten().chain(text).collect()
}

fn presence(
    Expected { declared, location, .. }: &Expected<'_>,
    content: &Content,
) -> Option<Mismatch> {
    let is_expected = declared.is_some_and(|declared| declared.media_types().next().is_some());
    let (what, remedy) = match (is_expected, &content.body) {
        (true, None) => ("the body is missing, although it is declared", CORRECT),
        (false, Some(_)) => ("the body is not declared", DECLARE),
        _ => return None,
    };
    Some(Mismatch::new(Aspect::Body, Part::Body, what, remedy).related(&location.0, location.1))
}

fn media_type(
    Expected { declared, location, .. }: &Expected<'_>,
    content: &Content,
) -> Option<Mismatch> {
    let (what, help) = match (content.headers.get("Content-Type"), &content.body) {
        (None, None) => return None,
        (None, Some(_)) => ("is missing, although there is a body".to_owned(), ERRATUM),
        (Some(_), None) => ("is present, although there is no body".to_owned(), ERRATUM),
        (Some(value), Some(_)) => {
            let essence = value.split(';').next().unwrap_or_default().trim();
            if declared
                .as_ref()?
                .media_types()
                .any(|media_type| media_type.eq_ignore_ascii_case(essence))
            {
                return None;
            }
            let what = format!("is `{essence}`, which is not declared");
            let mismatch = Mismatch::header(Aspect::Value, "Content-Type", what, DECLARE);
            return Some(mismatch.related(&location.0, location.1));
        }
    };
    Some(Mismatch::header(Aspect::Value, "Content-Type", what, help))
}

/// Pages print bodies with more white space than the service sends, so the length may be that of either.
fn length(content: &Content) -> Option<Mismatch> {
    let stated = content.headers.get("Content-Length")?;
    let body = content.body.as_deref().unwrap_or_default();
    let (printed, compact) = (body.len(), compact_length(body));
    let lengths = [printed, compact, printed + BYTE_ORDER_MARK, compact + BYTE_ORDER_MARK];
    (!lengths.iter().any(|length| length.to_string() == stated)).then(|| {
        let body = format!("the body has {compact} bytes ({printed} as printed)");
        let what = format!("is {stated}, but {body}");
        Mismatch::header(Aspect::Value, "Content-Length", what, ERRATUM)
    })
}

/// Returns the length of a JSON text without white space between its tokens.
fn compact_length(json: &str) -> usize {
    let (mut quoted, mut escaped) = (false, false);
    json.bytes()
        .filter(|byte| {
            let counts = quoted || !byte.is_ascii_whitespace();
            quoted ^= *byte == b'"' && !escaped;
            escaped = quoted && *byte == b'\\' && !escaped;
            counts
        })
        .count()
}

fn text_mismatches(declared: &Declared<'_>, expected: &Expected<'_>, body: &str) -> Vec<Mismatch> {
    let (value, exact) = match values(body) {
        Ok(values) => values,
        Err(error) => {
            let (line, column) = (error.line(), error.column());
            let reason = error.to_string().replace(&format!(" at line {line} column {column}"), "");
            let message = format!("the body is not JSON: {reason}");
            let part = Part::Position(line, column);
            return vec![Mismatch::new(Aspect::Body, part, message, ERRATUM)];
        }
    };
    let duplicates = duplicates(body);
    let of_media_types = declared.media_types().flat_map(|media_type| {
        let invalid = invalid(declared, media_type, expected, &value);
        match expected.example {
            // An invalid body also differs from the example, so only the violations are reported.
            Some(example) if duplicates.is_empty() && invalid.is_empty() => {
                different_from_example(declared, media_type, expected, example, &exact)
            }
            _ => invalid,
        }
    });
    let of_media_types: Vec<Mismatch> = of_media_types.collect();
    duplicates.into_iter().chain(of_media_types).collect()
}

/// Reports members that an object has more than once. JSON parsers keep one of them without an error.
fn duplicates(body: &str) -> Vec<Mismatch> {
    let Ok(Some(tree)) = Tree::parse(body) else { return Vec::new() };
    let duplicates = tree.nodes().flat_map(Node::duplicate_entries).map(|(_, entry, _)| {
        let message = format!("`{}` is present more than once", entry.key.pointer());
        Mismatch::new(Aspect::Duplicate, Part::InBody(entry.key.span()), message, ERRATUM)
    });
    duplicates.collect()
}

/// Parses a value for validation, and once more with the exact digits of its numbers.
fn values(json: &str) -> serde_json::Result<(Value, Value)> {
    Ok((serde_json::from_str(json)?, exact::json(json)?))
}

fn invalid(
    declared: &Declared<'_>,
    media_type: &str,
    expected: &Expected<'_>,
    value: &Value,
) -> Vec<Mismatch> {
    let schema = declared.schema(media_type);
    let strictness = match expected.example {
        Some(_) => Strictness::Whole,
        None => Strictness::Structure,
    };
    let violations = validity::violations(declared.document, schema, value, strictness);
    violations
        .into_iter()
        .map(|Violation { pointer, message, aspect }| {
            let name = describe(&pointer);
            if aspect == Aspect::Member {
                let message = format!("{name} is not declared");
                return Mismatch::new(aspect, Part::Member(pointer), message, DECLARE);
            }
            Mismatch::new(aspect, Part::Value(pointer), format!("{name}: {message}"), CORRECT)
        })
        .collect()
}

/// Returns the differences between a value and its example.
fn different_from_example(
    declared: &Declared<'_>,
    media_type: &str,
    Expected { location: (pointer, label), .. }: &Expected<'_>,
    example: &str,
    value: &Value,
) -> Vec<Mismatch> {
    let Some(expected) = declared.example(media_type, example) else {
        let message = format!("the document has no example `{example}` of the body");
        let mismatch = Mismatch::new(Aspect::Value, Part::Body, message, ADD);
        return vec![mismatch.related(pointer, label)];
    };
    let examples = format!("{pointer}/content{}/examples", step(media_type));
    let differences = exact::differences(value, &expected).into_iter();
    differences
        .map(|Difference { at, left, right }| {
            let message =
                format!("{} is {left}, but {right} in the example `{example}`", describe(&at));
            let location = format!("{examples}{}/value{at}", step(example));
            let mismatch = Mismatch::new(Aspect::Value, Part::Value(at), message, EXAMPLE);
            mismatch.related(location, "the example")
        })
        .collect()
}

/// Names a value in a message. The JSON pointer of the whole body is empty.
fn describe(at: &str) -> String {
    if at.is_empty() { "the body".to_owned() } else { format!("`{at}`") }
}
