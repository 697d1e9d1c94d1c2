//! The values of nodes, and the resolution of plain scalars to them.

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

/// Resolves a plain scalar.
pub(super) fn plain(text: &str) -> Value<'_> {
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

fn is_integer(text: &str) -> bool {
    let unsigned = unsigned(text);
    has_radix(unsigned) || is_digits(unsigned)
}

pub(super) fn unsigned(text: &str) -> &str {
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
