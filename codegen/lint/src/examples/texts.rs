//! Texts against formats and patterns.

use std::{
    collections::HashMap,
    net::{Ipv4Addr, Ipv6Addr},
};

use jsonschema::{Draft, Validator, error::ValidationErrorKind};
use serde_json::{Value, json};

use crate::schemas::Number;

/// The formats and patterns that have been met, each made ready once.
#[derive(Default)]
pub(super) struct Texts<'t> {
    patterns: HashMap<&'t str, Option<Validator>>,
    formats: HashMap<&'static str, Option<Validator>>,
}

/// The formats that mean the same to everybody, each with the mend of what it refuses. `time` is none of
/// them: JSON Schema has it with an offset, and many APIs without.
const FORMATS: &[(&str, &str)] = &[
    ("byte", "write it in base64"),
    ("date", "write a date such as `2026-01-31`"),
    ("date-time", "write a date and time with an offset, such as `2026-01-31T12:00:00Z`"),
    ("decimal", "write a number such as `12.50`"),
    ("email", "write an address such as `name@example.com`"),
    ("hostname", "write a name such as `api.example.com`"),
    ("ipv4", "write an address such as `192.0.2.1`"),
    ("ipv6", "write an address such as `2001:db8::1`"),
    ("uri", "write an address with its scheme, such as `https://example.com/`"),
    ("uuid", "write 32 hexadecimal digits such as `00000000-0000-4000-8000-000000000000`"),
];

impl<'t> Texts<'t> {
    /// The mend of a text that is not of a format.
    pub(super) fn refused_by_format(&mut self, format: &str, text: &str) -> Option<&'static str> {
        let (name, help) = FORMATS.iter().find(|(name, _)| *name == format)?;
        let is_valid = match *name {
            "byte" => is_base64(text),
            "decimal" => Number::parse(text).is_some(),
            "ipv4" => text.parse::<Ipv4Addr>().is_ok(),
            "ipv6" => text.parse::<Ipv6Addr>().is_ok(),
            "uuid" => is_uuid(text),
            name => self.is_of_format(name, text),
        };
        (!is_valid).then_some(help)
    }

    /// By a reader that is not made before it is needed, for that takes longer than all else.
    fn is_of_format(&mut self, name: &'static str, text: &str) -> bool {
        let validator = self.formats.entry(name);
        let validator = validator.or_insert_with(|| reader(&json!({ "format": name })));
        validator.as_ref().is_none_or(|validator| validator.is_valid(&text.into()))
    }

    /// Whether a pattern matches no part of a text; one that cannot be read, or takes too long, refuses none.
    pub(super) fn is_refused_by_pattern(&mut self, pattern: &'t str, text: &str) -> bool {
        let validator = self.patterns.entry(pattern);
        let validator = validator.or_insert_with(|| reader_of_pattern(pattern));
        let Some(validator) = validator else { return false };
        let text = text.into();
        let error = validator.validate(&text).err();
        error.is_some_and(|error| matches!(error.kind(), ValidationErrorKind::Pattern { .. }))
    }
}

fn reader_of_pattern(pattern: &str) -> Option<Validator> {
    // The generator's reader of patterns has refused it, and so it has been reported.
    regress::Regex::new(pattern).ok()?;
    reader(&json!({ "pattern": pattern }))
}

fn reader(schema: &Value) -> Option<Validator> {
    let options = jsonschema::options().with_draft(Draft::Draft7).should_validate_formats(true);
    options.build(schema).ok()
}

/// Whether a text is base64, with either alphabet, padded or not, on one line or more.
fn is_base64(text: &str) -> bool {
    let text: String = text.split_ascii_whitespace().collect();
    let digits = text.trim_end_matches('=');
    let is_digit = |byte: u8| byte.is_ascii_alphanumeric() || b"+/-_".contains(&byte);
    digits.bytes().all(is_digit) && digits.len() % 4 != 1 && text.len() - digits.len() <= 2
}

fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(index, byte)| match index {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}
