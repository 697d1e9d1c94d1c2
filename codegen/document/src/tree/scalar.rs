//! What a scalar means.

use super::readings::{Reading, may_be_ambiguous, readings};

/// A scalar as it is written.
pub struct Scalar {
    /// Its text without quotes, escapes and folding.
    pub text: String,
    /// How it is written.
    pub style: Style,
}

/// How a scalar is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Without quotes, so that its text decides on its type.
    Plain,
    /// In single or double quotes.
    Quoted,
    /// As a block after `|`.
    Literal,
    /// As a block after `>`.
    Folded,
}

/// What a node is, in the words of JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value<'t> {
    /// `null`, `~` or nothing at all.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number's text; `.inf` and `.nan` are numbers too.
    Number(&'t str),
    /// A string.
    String(&'t str),
    /// A sequence.
    Array,
    /// A mapping.
    Object,
}

impl Value<'_> {
    /// The type with its article, for messages: "a number", "null".
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
    /// What it is by YAML 1.2's core schema, which is how serde_yaml reads it.
    pub(super) fn value(&self, tag: Option<&str>) -> Value<'_> {
        match (self.style, tag) {
            (Style::Plain, None) | (_, Some("!!int" | "!!float" | "!!bool" | "!!null")) => {
                plain(&self.text)
            }
            _ => Value::String(&self.text),
        }
    }

    /// Returns false if all readers agree on it at first sight, as on most scalars.
    pub fn may_be_ambiguous(&self) -> bool {
        self.style == Style::Plain && may_be_ambiguous(&self.text)
    }

    /// Returns its different readings, the generator's first; a single one if all readers agree.
    pub fn readings(&self) -> Vec<Reading> {
        match self.style {
            Style::Plain => readings(&self.text, plain(&self.text)),
            Style::Quoted | Style::Literal | Style::Folded => vec![Reading::Text],
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

/// Whether serde_yaml reads a plain scalar as a number: as YAML 1.2 does, and `0b101`; `007` is a string.
fn is_number(text: &str) -> bool {
    let unsigned = unsigned(text);
    matches!(text, ".nan" | ".NaN" | ".NAN")
        || matches!(unsigned, ".inf" | ".Inf" | ".INF")
        || has_radix(unsigned)
        || is_decimal(unsigned)
}

/// How large a number is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    /// Not too large for a program.
    Ordinary,
    /// An integer of more than 64 bits.
    Large,
    /// Infinite, or no number at all.
    Endless,
}

impl Size {
    /// That of a number's text. serde_yaml reads an integer of more than 128 bits as a fraction.
    pub fn of(number: &str) -> Self {
        let unsigned = unsigned(number);
        if matches!(unsigned, ".inf" | ".Inf" | ".INF" | ".nan" | ".NaN" | ".NAN") {
            return Self::Endless;
        }
        let radices = [("0x", 16), ("0o", 8), ("0b", 2)].into_iter();
        let (digits, radix) = radices
            .filter_map(|(prefix, radix)| Some((unsigned.strip_prefix(prefix)?, radix)))
            .next()
            .unwrap_or((unsigned, 10));
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

/// Whether a number's text is an integer's.
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
    [("0x", 16), ("0o", 8), ("0b", 2)].into_iter().any(|(prefix, radix)| {
        unsigned.strip_prefix(prefix).is_some_and(|digits| {
            !digits.is_empty() && digits.chars().all(|digit| digit.is_digit(radix))
        })
    })
}

fn is_decimal(unsigned: &str) -> bool {
    if is_digits(unsigned) {
        return unsigned.len() == 1 || !unsigned.starts_with('0');
    }
    // Rust's own syntax also takes `inf` and `nan`, which YAML does not.
    unsigned.starts_with(|first: char| first.is_ascii_digit() || first == '.')
        && unsigned.parse().is_ok_and(f64::is_finite)
}
