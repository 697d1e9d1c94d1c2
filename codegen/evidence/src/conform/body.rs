//! A body, and the headers that describe it, against what the document declares for it.

use document::{
    exact::{self, Difference},
    pointer::step,
};
use serde_json::Value;

use super::{
    declared::Declared,
    mismatch::{ADD, CORRECT, DECLARE, ERRATUM, EXAMPLE, Mismatch},
    validity,
};
use crate::documented::{Part, http::Content};

/// The bytes of a UTF-8 byte order mark, with which the service begins a body.
const BYTE_ORDER_MARK: usize = 3;

/// The body that a message should have.
pub(super) struct Expected<'a> {
    /// `None` if the message may have none.
    pub(super) declared: Option<Declared<'a>>,
    /// Where that is declared: a JSON pointer, and what is there.
    pub(super) place: (String, &'static str),
    /// The name of the example that repeats it.
    pub(super) example: &'a str,
}

/// What is wrong with a body.
pub(super) fn mismatches(expected: &Expected<'_>, content: &Content) -> Vec<Mismatch> {
    let described = [presence(expected, content), media_type(expected, content), length(content)];
    let text = expected.declared.as_ref().zip(content.body.as_deref());
    let text =
        text.map(|(declared, body)| text_mismatches(declared, expected, body)).unwrap_or_default();
    described.into_iter().flatten().chain(text).collect()
}

fn presence(
    Expected { declared, place, .. }: &Expected<'_>,
    content: &Content,
) -> Option<Mismatch> {
    let is_expected = declared.is_some_and(|declared| declared.media_types().next().is_some());
    let (what, remedy) = match (is_expected, &content.body) {
        (true, None) => ("the body is missing, though declared", CORRECT),
        (false, Some(_)) => ("the body is not declared", DECLARE),
        _ => return None,
    };
    Some(Mismatch::new(Part::Body, what, remedy).beside(&place.0, place.1))
}

fn media_type(
    Expected { declared, place, .. }: &Expected<'_>,
    content: &Content,
) -> Option<Mismatch> {
    let (what, help) = match (content.headers.get("Content-Type"), &content.body) {
        (None, None) => return None,
        (None, Some(_)) => ("is missing, though there is a body".to_owned(), ERRATUM),
        (Some(_), None) => ("is given, though there is no body".to_owned(), ERRATUM),
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
            return Some(Mismatch::header("Content-Type", what, DECLARE).beside(&place.0, place.1));
        }
    };
    Some(Mismatch::header("Content-Type", what, help))
}

/// Pages print bodies with more white space than the service sends, so either length will do.
fn length(content: &Content) -> Option<Mismatch> {
    let stated = content.headers.get("Content-Length")?;
    let body = content.body.as_deref().unwrap_or_default();
    let (printed, compact) = (body.len(), compact_length(body));
    let lengths = [printed, compact, printed + BYTE_ORDER_MARK, compact + BYTE_ORDER_MARK];
    (!lengths.iter().any(|length| length.to_string() == stated)).then(|| {
        let body = format!("the body has {compact} bytes ({printed} as printed)");
        Mismatch::header("Content-Length", format!("is {stated}, but {body}"), ERRATUM)
    })
}

/// The length of a JSON text without the white space between its tokens.
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
            return vec![Mismatch::new(Part::Position(line, column), message, ERRATUM)];
        }
    };
    declared
        .media_types()
        .flat_map(|media_type| {
            let mut mismatches = invalid(declared, media_type, &value);
            // What the schema does not allow is in no example.
            if mismatches.is_empty() {
                mismatches.extend(unlike(declared, media_type, expected, &exact));
            }
            mismatches
        })
        .collect()
}

/// The value as schemas see it, and with the digits of its numbers.
fn values(json: &str) -> serde_json::Result<(Value, Value)> {
    Ok((serde_json::from_str(json)?, exact::json(json)?))
}

fn invalid(declared: &Declared<'_>, media_type: &str, value: &Value) -> Vec<Mismatch> {
    let schema = declared.schema(media_type);
    let violations = validity::violations(declared.document, schema, value).into_iter();
    violations
        .map(|violation| {
            let at = called(&violation.at);
            match violation.is_undeclared {
                true => Mismatch::new(
                    Part::Member(violation.at),
                    format!("{at} is not declared"),
                    DECLARE,
                ),
                false => {
                    let message = format!("{at}: {}", violation.message);
                    Mismatch::new(Part::Value(violation.at), message, CORRECT)
                }
            }
        })
        .collect()
}

/// How a value differs from the example that repeats it.
fn unlike(
    declared: &Declared<'_>,
    media_type: &str,
    Expected { place: (pointer, label), example, .. }: &Expected<'_>,
    value: &Value,
) -> Option<Mismatch> {
    let Some(expected) = declared.example(media_type, example) else {
        let message = format!("the document has no example `{example}` of the body");
        return Some(Mismatch::new(Part::Body, message, ADD).beside(pointer, label));
    };
    let Difference { at, left, right } = exact::difference(value, &expected)?;
    let message = format!("{} is {left}, but {right} in the example `{example}`", called(&at));
    let examples = format!("{pointer}/content{}/examples", step(media_type));
    let place = format!("{examples}{}/value{at}", step(example));
    Some(Mismatch::new(Part::Value(at), message, EXAMPLE).beside(place, "the example"))
}

/// What messages call a value; the JSON pointer of the whole body is empty.
fn called(at: &str) -> String {
    if at.is_empty() { "the body".to_owned() } else { format!("`{at}`") }
}
