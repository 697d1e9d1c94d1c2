//! A body, and the headers that describe it, against what the document declares for it.

use serde_json::Value;

use super::{
    DOCUMENTED,
    document::Declared,
    exact::{self, Difference},
    validity,
};
use crate::{Problem, documented::http::Content};

/// The bytes of a UTF-8 byte order mark, with which the service begins a body.
const BYTE_ORDER_MARK: usize = 3;

/// What is wrong with a body; `declared` is `None` if the message may have none.
pub(super) fn problems(declared: Option<&Declared<'_>>, content: &Content) -> Vec<Problem> {
    let described = [presence(declared, content), media_type(declared, content), length(content)];
    let text = declared.zip(content.body.as_deref());
    let text = text.map(|(declared, body)| text_problems(declared, body)).unwrap_or_default();
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

fn text_problems(declared: &Declared<'_>, body: &str) -> Vec<Problem> {
    let (value, exact) = match values(body) {
        Ok(values) => values,
        Err(error) => {
            return vec![Problem::new("body", format!("not JSON: {error}; write an erratum"))];
        }
    };
    declared
        .media_types()
        .flat_map(|media_type| {
            let unlike = unlike(declared, media_type, &exact);
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

/// How a value differs from the documented example, or else from the first, if it equals none.
fn unlike(declared: &Declared<'_>, media_type: &str, value: &Value) -> Option<Problem> {
    let differences: Option<Vec<(&str, Difference)>> = declared
        .examples(media_type)
        .map(|(name, example)| Some((name, exact::difference(value, example)?)))
        .collect();
    let differences = differences?;
    let documented = differences.iter().find(|(name, _)| *name == DOCUMENTED);
    let Some((name, Difference { at, left, right })) = documented.or(differences.first()) else {
        return Some(Problem::new("body", "not an example of the document; add it"));
    };
    Some(Problem::new(
        at,
        format!("{left}, but {right} in the example `{name}`; correct one of them"),
    ))
}

/// Names the whole body, whose JSON pointer is empty.
fn named(problem: Problem) -> Problem {
    if problem.at.is_empty() { Problem { at: "body".to_owned(), ..problem } } else { problem }
}
