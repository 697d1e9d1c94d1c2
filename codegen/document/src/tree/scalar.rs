//! Scalars and their values.

use serde::{Deserialize, Serialize};

use super::resolutions::{Resolution, may_be_ambiguous, resolutions};

/// A scalar as it is written in the document.
#[derive(Deserialize, Serialize)]
pub struct Scalar {
    /// The text, with quotes removed and escapes and folded lines resolved.
    pub text: String,
    pub style: Style,
}

/// The notation of a scalar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub enum Style {
    /// Without quotes; the text determines the type.
    Plain,
    Quoted,
    /// A block after `|`, which keeps line breaks.
    Literal,
    /// A block after `>`, which joins lines.
    Folded,
}

/// The value of a node, with the type names of JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value<'t> {
    /// `null`, `~` or an empty plain scalar.
    Null,
    Bool(bool),
    /// A number as it is written, including `.inf` and `.nan`.
    Number(&'t str),
    String(&'t str),
    Array,
    Object,
}

impl Value<'_> {
    /// Returns the type with its article, for messages: "a number", "null".
    pub fn describe(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "a boolean",
            Self::Number(text) if is_integer(text) => "an integer",
            Self::Number(_) => "a number",
            Self::String(_) => "a string",
            Self::Array => "an array",
            Self::Object => "an object",
        }
    }
}

impl Scalar {
    /// Resolves the scalar by YAML 1.2's core schema, like serde_yaml, which the generator uses.
    pub(super) fn value(&self, tag: Option<&str>) -> Value<'_> {
        match (self.style, tag) {
            (Style::Plain, None) | (_, Some("!!int" | "!!float" | "!!bool" | "!!null")) => {
                plain(&self.text)
            }
            _ => Value::String(&self.text),
        }
    }

    /// Returns false if all parsers are known to agree on the scalar, as they do on most scalars.
    pub fn may_be_ambiguous(&self) -> bool {
        self.style == Style::Plain && may_be_ambiguous(&self.text)
    }

    /// Returns the distinct resolutions of the scalar by different parsers, beginning with the generator's parser.
    pub fn resolutions(&self) -> Vec<Resolution> {
        match self.style {
            Style::Plain => resolutions(&self.text, plain(&self.text)),
            Style::Quoted | Style::Literal | Style::Folded => vec![Resolution::Text],
        }
    }
}

fn plain(text: &str) -> Value<'_> {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" => Value::Bool(true),
        "false" | "False" | "FALSE" => Value::Bool(false),
        _ if is_number(text) => Value::Number(text),
        _ => Value::String(text),
    }
}

/// Returns true if serde_yaml reads a plain scalar as a number. It follows YAML 1.2, where `007` is a string, but also
/// accepts `0b101`.
fn is_number(text: &str) -> bool {
    let unsigned = unsigned(text);
    matches!(text, ".nan" | ".NaN" | ".NAN")
        || matches!(unsigned, ".inf" | ".Inf" | ".INF")
        || has_radix(unsigned)
        || is_decimal(unsigned)
}

/// The magnitude of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    /// A fraction, or an integer that fits into 64 bits.
    Ordinary,
    /// An integer of more than 64 bits.
    Large,
    /// Infinity, or not a number.
    NonFinite,
}

impl Size {
    /// Returns the magnitude of a number. An integer of more than 128 bits is ordinary, because serde_yaml reads it as
    /// a float.
    pub fn of(number: &str) -> Self {
        let unsigned = unsigned(number);
        if matches!(unsigned, ".inf" | ".Inf" | ".INF" | ".nan" | ".NaN" | ".NAN") {
            return Self::NonFinite;
        }
        let (digits, radix) = split_radix(unsigned).unwrap_or((unsigned, 10));
        let most = match number.starts_with('-') {
            true => i64::MIN.unsigned_abs(),
            false => u64::MAX,
        };
        match u128::from_str_radix(digits, radix).is_ok_and(|value| value > u128::from(most)) {
            true => Self::Large,
            false => Self::Ordinary,
        }
    }
}

fn is_integer(text: &str) -> bool {
    let unsigned = unsigned(text);
    has_radix(unsigned) || is_digits(unsigned)
}

fn unsigned(text: &str) -> &str {
    text.strip_prefix(['-', '+']).unwrap_or(text)
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn has_radix(unsigned: &str) -> bool {
    split_radix(unsigned).is_some_and(|(digits, radix)| {
        !digits.is_empty() && digits.chars().all(|digit| digit.is_digit(radix))
    })
}

/// Splits an unsigned integer with a prefix such as `0x` into its digits and its radix.
pub(crate) fn split_radix(unsigned: &str) -> Option<(&str, u32)> {
    let prefixes = [("0x", 16), ("0o", 8), ("0b", 2)];
    prefixes.into_iter().find_map(|(prefix, radix)| Some((unsigned.strip_prefix(prefix)?, radix)))
}

fn is_decimal(unsigned: &str) -> bool {
    if is_digits(unsigned) {
        return unsigned.len() == 1 || !unsigned.starts_with('0');
    }
    // Rust's `parse` also accepts `inf` and `nan`, which YAML does not.
    unsigned.starts_with(|first: char| first.is_ascii_digit() || first == '.')
        && unsigned.parse().is_ok_and(f64::is_finite)
}
