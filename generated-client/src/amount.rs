//! Exact amounts of money.

#[cfg(feature = "rust_decimal")]
mod decimal;
mod format;
mod number;
pub mod text;

use std::{
    cmp::Ordering,
    fmt,
    hash::{Hash, Hasher},
    str::FromStr,
};

use serde_json::value::RawValue;

use self::number::Number;
use crate::excerpt;

/// An amount of money: a decimal number of any length that keeps the digits it was created from.
///
/// Partner Center sends amounts as JSON numbers of up to 22 digits, more than an `f64` can hold. An
/// `Amount` is printed and sent with the same digits that it was parsed from: `100.10` stays `100.10`.
/// It has no currency; the service uses the partner's default currency.
///
/// ```
/// use partner_center_client::Amount;
///
/// let budget: Amount = "250.00".parse()?;
/// assert_eq!(budget.to_string(), "250.00");
/// assert_eq!(budget, Amount::from(250));
/// assert!(budget < "28.82860766744404945074e1".parse()?);
/// # Ok::<(), partner_center_client::AmountError>(())
/// ```
///
/// # Comparison
///
/// `==`, `<` and `Hash` use the value of the number, not its digits: `100`, `100.00` and `1e2` are equal,
/// and so are `0` and `-0`. Comparison is cheap for exponents of any size. Exponents outside the range of
/// an `i128` are clamped to it, so two such amounts can be equal although their values differ.
///
/// # Printing
///
/// `Display` never rounds: a precision such as `{:.2}` has no effect. Width, fill, alignment, `+` and
/// `0` work as they do for integers, so `{:10}` aligns to the right.
///
/// # Conversion
///
/// - [`str::parse`] accepts a number in JSON's notation, without a leading `+`, spaces, digit grouping or
///   a currency.
/// - `From` accepts every integer type. There is no conversion from floats, because most prices have no
///   exact binary representation.
/// - With the feature `rust_decimal`, an `Amount` converts to and from `rust_decimal::Decimal`.
///
/// # Arithmetic
///
/// An `Amount` supports only comparison. Calculate with `rust_decimal`: its `checked_` methods return
/// `None` if the result is too large, and round to at most 28 decimal places.
///
/// ```
/// # #[cfg(feature = "rust_decimal")]
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use partner_center_client::{Amount, rust_decimal::Decimal};
///
/// let budget: Amount = "250.50".parse()?;
/// let doubled = Decimal::try_from(&budget)?.checked_mul(2.into()).ok_or("too large")?;
/// assert_eq!(Amount::from(doubled).to_string(), "501.00");
/// # Ok(())
/// # }
/// # #[cfg(not(feature = "rust_decimal"))]
/// # fn main() {}
/// ```
///
/// # Serialization
///
/// `serde_json` writes an `Amount` as a number with all its digits, and reads it back only from a
/// number. Other formats, such as CSV, TOML, YAML and postcard, have no numbers of arbitrary length, so
/// there an `Amount` is a string. To use a string in JSON too, see [`text`].
///
/// Two cases do not keep the digits. First, `serde_json::json!` and [`serde_json::to_value`] round to an
/// `f64`, because that is what a [`serde_json::Value`] holds; `to_string`, `to_vec` and `to_writer` are
/// exact. Second, serde buffers the members of structs with `#[serde(flatten)]` and of tagged and
/// untagged enums, and a buffered number with a fraction is an `f64`. Reading an `Amount` from such a
/// number fails with an error that says so; [`text`] works in these types. Integers stay exact and can be
/// read.
#[derive(Clone)]
pub struct Amount(Box<RawValue>);

impl Amount {
    /// Returns the number exactly as it was written. `Display` and JSON show the same digits.
    pub fn as_str(&self) -> &str {
        self.0.get()
    }

    /// Returns whether the number is zero, regardless of its sign and digits: true for `0`, `-0.00` and `0e5`.
    pub fn is_zero(&self) -> bool {
        self.number().is_zero()
    }

    /// Returns whether the number is greater than zero.
    pub fn is_positive(&self) -> bool {
        !self.is_zero() && !self.number().negative
    }

    /// Returns whether the number is less than zero. `-0` is not negative.
    pub fn is_negative(&self) -> bool {
        self.number().negative
    }

    fn new(literal: &str) -> Option<Self> {
        if !is_number(literal) {
            return None;
        }
        RawValue::from_string(literal.to_owned()).ok().map(Self)
    }

    fn number(&self) -> Number<'_> {
        Number::new(self.as_str())
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let literal = self.as_str();
        let digits = literal.strip_prefix('-');
        // `pad` would truncate to a precision.
        f.pad_integral(digits.is_none(), "", digits.unwrap_or(literal))
    }
}

impl fmt::Debug for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Amount({})", self.as_str())
    }
}

impl FromStr for Amount {
    type Err = AmountError;

    fn from_str(text: &str) -> Result<Self, AmountError> {
        Self::new(text).ok_or_else(|| AmountError::not_a_number(text))
    }
}

impl PartialEq for Amount {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Amount {}

impl PartialOrd for Amount {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Amount {
    fn cmp(&self, other: &Self) -> Ordering {
        self.number().cmp(&other.number())
    }
}

impl Hash for Amount {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.number().hash(state);
    }
}

macro_rules! from_integers {
    ($($integer:ty)*) => {$(
        impl From<$integer> for Amount {
            fn from(integer: $integer) -> Self {
                Self::new(&integer.to_string()).expect("an integer is a JSON number")
            }
        }
    )*};
}

from_integers!(i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize);

/// Returns whether a string is a JSON number without surrounding whitespace.
fn is_number(text: &str) -> bool {
    let is_json = || serde_json::from_str::<&RawValue>(text).is_ok_and(|json| json.get() == text);
    // The first character of JSON text shows whether it is a number.
    text.starts_with(|first: char| first == '-' || first.is_ascii_digit()) && is_json()
}

/// The error for a string that is not a number, or for an [`Amount`] that does not fit into a
/// `rust_decimal::Decimal`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AmountError {
    text: String,
    problem: &'static str,
}

impl AmountError {
    fn new(text: &str, problem: &'static str) -> Self {
        Self { text: excerpt::literal(text, 40), problem }
    }

    fn not_a_number(text: &str) -> Self {
        Self::new(text, "not a number; write digits with a decimal point, such as 250.00")
    }
}

impl fmt::Display for AmountError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "amount `{}`: {}", self.text, self.problem)
    }
}

impl std::error::Error for AmountError {}

#[cfg(feature = "schemars")]
impl schemars::JsonSchema for Amount {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Amount".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "number", "format": "decimal" })
    }
}
