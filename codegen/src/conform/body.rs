//! A body, and the headers that describe it, against what the document declares for it.

use serde_json::Value;

use super::{
    document::Declared,
    exact::{self, Difference},
    validity,
};
use crate::{Problem, documented::http::Content};

/// The bytes of a UTF-8 byte order mark, with which the service begins a body.
const BYTE_ORDER_MARK: usize = 3;

/// What is wrong with a body that an example repeats; `declared` is `None` if the message may have none.
pub(super) fn problems(
    declared: Option<&Declared<'_>>,
    example: &str,
    content: &Content,
) -> Vec<Problem> {
    let described = [presence(declared, content), media_type(declared, content), length(content)];
    let text = declared.zip(content.body.as_deref());
    let text =
        text.map(|(declared, body)| text_problems(declared, example, body)).unwrap_or_default();
    described.into_iter().flatten().chain(text).collect()
}

fn presence(declared: Option<&Declared<'_>>, content: &Content) -> Option<Problem> {
    let expected = declared.is_some_and(|declared| declared.media_types().next().is_some());
    let message = match (expected, &content.body) {
        (true, None) => "missing, though declared; write an erratum",
        (false, Some(_)) => "not declared; declare it, or write an erratum",
        _ => return None,
    };
    Some(Problem::new("body", message))
}

fn media_type(declared: Option<&Declared<'_>>, content: &Content) -> Option<Problem> {
    let message = match (content.headers.get("Content-Type"), &content.body) {
        (None, None) => return None,
        (None, Some(_)) => "missing, though there is a body; write an erratum".to_owned(),
        (Some(_), None) => "there is no body; write an erratum".to_owned(),
        (Some(value), Some(_)) => {
            let essence = value.split(';').next().unwrap_or_default().trim();
            if declared?.media_types().any(|media_type| media_type.eq_ignore_ascii_case(essence)) {
                return None;
            }
            format!("`{essence}` is not declared; declare it, or write an erratum")
        }
    };
    Some(Problem::new("Content-Type", message))
}

/// Pages print bodies with more white space than the service sends, so either length will do.
fn length(content: &Content) -> Option<Problem> {
    let stated = content.headers.get("Content-Length")?;
    let body = content.body.as_deref().unwrap_or_default();
    let (printed, compact) = (body.len(), compact_length(body));
    let lengths = [printed, compact, printed + BYTE_ORDER_MARK, compact + BYTE_ORDER_MARK];
    (!lengths.iter().any(|length| length.to_string() == stated)).then(|| {
        let body = format!("the body has {compact} bytes ({printed} as printed)");
        Problem::new("Content-Length", format!("{stated}, but {body}; write an erratum"))
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

fn text_problems(declared: &Declared<'_>, example: &str, body: &str) -> Vec<Problem> {
    let (value, exact) = match values(body) {
        Ok(values) => values,
        Err(error) => {
            return vec![Problem::new("body", format!("not JSON: {error}; write an erratum"))];
        }
    };
    declared
        .media_types()
        .flat_map(|media_type| {
            let unlike = unlike(declared, media_type, example, &exact);
            invalid(declared, media_type, &value).into_iter().chain(unlike)
        })
        .map(named)
        .collect()
}

/// The value as schemas see it, and with the digits of its numbers.
fn values(json: &str) -> serde_json::Result<(Value, Value)> {
    Ok((serde_json::from_str(json)?, exact::json(json)?))
}

fn invalid(declared: &Declared<'_>, media_type: &str, value: &Value) -> Vec<Problem> {
    let schema = declared.schema(media_type).unwrap_or(&Value::Null);
    validity::problems(&declared.document.root, schema, value)
}

/// How a value differs from the example that repeats it.
fn unlike(
    declared: &Declared<'_>,
    media_type: &str,
    example: &str,
    value: &Value,
) -> Option<Problem> {
    let Some(expected) = declared.example(media_type, example) else {
        let message = format!("the document has no example `{example}` of it; add it");
        return Some(Problem::new("body", message));
    };
    let Difference { at, left, right } = exact::difference(value, expected)?;
    let message = format!("{left}, but {right} in the example `{example}`; correct one of them");
    Some(Problem::new(at, message))
}

/// Names the whole body, whose JSON pointer is empty.
fn named(problem: Problem) -> Problem {
    if problem.at.is_empty() { Problem { at: "body".to_owned(), ..problem } } else { problem }
}
