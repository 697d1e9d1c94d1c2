//! Scalars, their resolutions, and the magnitude of numbers.

use serde::{Deserialize, Serialize};

use super::{
    resolutions::{Resolution, may_be_ambiguous, resolutions},
    value::{Value, plain, split_radix, unsigned},
};

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
