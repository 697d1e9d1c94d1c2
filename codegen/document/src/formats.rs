//! Checks strings against formats.

use std::{collections::HashMap, sync::LazyLock};

use jsonschema::{Draft, Validator};
use serde_json::json;

use crate::number::Number;

/// The formats that mean the same everywhere, each with the help for a string that does not match it.
///
/// `time` is not among them, because JSON Schema requires an offset, which many APIs omit.
const FORMATS: &[(&str, &str)] = &[
    ("byte", "write it in base64"),
    ("date", "write a date such as `2026-01-31`"),
    ("date-time", "write a date and time with an offset, such as `2026-01-31T12:00:00Z`"),
    ("decimal", "write a number such as `12.50`"),
    ("email", "write an address such as `name@example.com`"),
    ("hostname", "write a name such as `api.example.com`"),
    ("ipv4", "write an address such as `192.0.2.1`"),
    ("ipv6", "write an address such as `2001:db8::1`"),
    ("uri", "write a URI with its scheme, such as `https://example.com/`"),
    ("uuid", "write 32 hexadecimal digits such as `00000000-0000-4000-8000-000000000000`"),
];

/// The validators for the formats. JSON Schema does not define `byte` and `decimal`, so their validators accept any
/// string.
///
/// They are compiled once for all values, since compiling takes longer than all other checks together.
static VALIDATORS: LazyLock<HashMap<&str, Validator>> = LazyLock::new(|| {
    let names = FORMATS.iter().map(|(name, _)| *name);
    names.filter_map(|name| Some((name, compile(name)?))).collect()
});

/// Returns the help for a string that does not match a format. Any string matches a format that is not in the list.
pub fn format_mismatch(format: &str, text: &str) -> Option<&'static str> {
    let (name, help) = FORMATS.iter().find(|(name, _)| *name == format)?;
    let is_valid = match *name {
        "byte" => is_base64(text),
        "decimal" => Number::parse(text).is_some(),
        name => VALIDATORS.get(name).is_none_or(|validator| validator.is_valid(&text.into())),
    };
    (!is_valid).then_some(*help)
}

fn compile(format: &str) -> Option<Validator> {
    let options = jsonschema::options().with_draft(Draft::Draft202012);
    options.should_validate_formats(true).build(&json!({ "format": format })).ok()
}

/// Returns true for base64 with either alphabet, with or without padding and line breaks.
///
/// JSON Schema's own `contentEncoding` accepts only one alphabet, on a single line and with padding.
fn is_base64(text: &str) -> bool {
    let text: String = text.split_ascii_whitespace().collect();
    let digits = text.trim_end_matches('=');
    let is_digit = |byte: u8| byte.is_ascii_alphanumeric() || b"+/-_".contains(&byte);
    digits.bytes().all(is_digit) && digits.len() % 4 != 1 && text.len() - digits.len() <= 2
}
