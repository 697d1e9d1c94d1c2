//! Redacts bodies: keeps the structure of JSON and replaces its values.

use serde_json::{Map, Number, Value};

use super::{
    generated::{MAPS, MEMBERS},
    kind, names,
};

/// Zero, and the smallest integers that exceed a type of 8, 16, 32 or 64 bits, signed or unsigned.
const NON_NEGATIVE: [u64; 8] =
    [0, 0x80, 0x100, 0x8000, 0x1_0000, 0x8000_0000, 0x1_0000_0000, 0x8000_0000_0000_0000];

/// -1, and the integers closest to zero that are below a signed type of 8, 16 or 32 bits.
const NEGATIVE: [i64; 4] = [-1, -0x81, -0x8001, -0x8000_0001];

const BYTE_ORDER_MARK: &str = "\u{feff}";

/// A body without its values.
pub(super) enum Body {
    Absent,
    /// A body that was not read completely, or that is not in memory.
    Unknown,
    Text {
        text: String,
        /// The length of a body that is not JSON.
        comment: String,
    },
}

/// Redacts a body. A body that is not JSON is replaced with text that is not JSON either.
pub(super) fn redacted(body: &[u8]) -> Body {
    if body.is_empty() {
        return Body::Absent;
    }
    let text = String::from_utf8_lossy(body);
    let unmarked = text.strip_prefix(BYTE_ORDER_MARK);
    let mark = if unmarked.is_some() { BYTE_ORDER_MARK } else { "" };
    let (text, comment) = match serde_json::from_str(unmarked.unwrap_or(&text)) {
        Ok(value) => (self::value(&value, false).to_string(), String::new()),
        Err(_) => (kind::TEXT.to_owned(), format!("{} bytes that are not JSON", body.len())),
    };
    Body::Text { text: format!("{mark}{text}"), comment }
}

/// Redacts a value. The keys of a map are redacted like values.
fn value(value: &Value, is_map: bool) -> Value {
    match value {
        Value::Null | Value::Bool(_) => value.clone(),
        Value::Number(number) => self::number(number),
        Value::String(text) => kind::placeholder(text).into(),
        Value::Array(items) => items.iter().map(|item| self::value(item, is_map)).collect(),
        Value::Object(members) => object(members, is_map).into(),
    }
}

fn object(members: &Map<String, Value>, is_map: bool) -> Map<String, Value> {
    let has_declared = members.keys().any(|name| is_in(MEMBERS, name));
    let mut redacted = Map::new();
    for (index, (name, value)) in members.iter().enumerate() {
        let is_kept =
            is_in(MEMBERS, name) || (!is_map && has_declared && names::is_identifier(name));
        let value = self::value(value, is_in(MAPS, name));
        match is_kept {
            true => redacted.insert(name.clone(), value),
            false => redacted.insert(format!("{} {index}", names::REDACTED), value),
        };
    }
    redacted
}

/// Returns whether a name is in a list, ignoring letter case. A different letter case is harmless, and worth recording.
fn is_in(names: &[&str], name: &str) -> bool {
    names.iter().any(|it| it.eq_ignore_ascii_case(name))
}

/// Returns a number of the same form: a fraction, or an integer of the same sign and width.
fn number(number: &Number) -> Value {
    match (number.as_u64(), number.as_i64()) {
        (Some(number), _) => NON_NEGATIVE.into_iter().rfind(|it| *it <= number).into(),
        (None, Some(number)) => NEGATIVE.into_iter().rfind(|it| *it >= number).into(),
        (None, None) => 0.5.into(),
    }
}
