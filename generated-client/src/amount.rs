//! Money, to the digit.

#[cfg(feature = "rust_decimal")]
mod decimal;
mod number;

use std::{
    cmp::Ordering,
    fmt,
    hash::{Hash, Hasher},
    str::FromStr,
};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use serde_json::value::RawValue;

use self::number::Number;
use crate::excerpt;

/// An amount of money: a decimal number of any length, kept exactly as it was written.
///
/// Partner Center sends money as a JSON number of up to 22 digits, more than an `f64` holds. An
/// `Amount` keeps the digits that it was made from, and writes the same digits: `100.10` stays
/// `100.10`. There is no currency in it; the service means the partner's default one.
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
/// `==`, `<` and `Hash` go by the number, not by its digits: `100`, `100.00` and `1e2` are equal,
/// and so are `0` and `-0`. An exponent may have any size, as no number is written out to compare
/// it; only those of more than 38 digits are no longer told apart.
///
/// # Printing
///
/// `Display` never rounds or cuts off: a precision such as `{:.2}` has no effect. Width, fill,
/// alignment, `+` and `0` work as they do for integers, so `{:10}` aligns to the right.
///
/// # Conversion
///
/// - From text with [`str::parse`], which takes a number as JSON writes it and nothing else: no
///   `+`, no spaces, no digit groups, no currency.
/// - From every integer type with `From`, and from no float, for most prices are not exact in one.
/// - From and to `rust_decimal::Decimal` with the feature `rust_decimal`.
/// - As JSON with `serde_json`, and only there, as no other format has a number without a size.
///   [`serde_json::to_value`] rounds to an `f64`, since that is what a [`serde_json::Value`] holds;
///   `to_string`, `to_vec` and `to_writer` are exact.
#[derive(Clone)]
pub struct Amount(Box<RawValue>);

impl Amount {
    /// The number as it was written: what `Display` prints and JSON carries.
    pub fn as_str(&self) -> &str {
        self.0.get()
    }

    /// `RawValue` drops white space, which is no part of a number either.
    fn new(literal: &str) -> Option<Self> {
        let value = RawValue::from_string(literal.to_owned()).ok()?;
        (value.get() == literal && is_number(&value)).then_some(Self(value))
    }

    fn number(&self) -> Number<'_> {
        Number::new(self.as_str())
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let literal = self.as_str();
        let digits = literal.strip_prefix('-');
        // `pad` would take a precision for the number of characters to keep.
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
        Self::new(text).ok_or_else(|| {
            AmountError::new(text, "not a number; write digits and a point, such as 250.00")
        })
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

impl Serialize for Amount {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Box::<RawValue>::deserialize(deserializer)?;
        if is_number(&value) {
            Ok(Self(value))
        } else {
            Err(D::Error::custom(AmountError::new(value.get(), "not a JSON number")))
        }
    }
}

/// Of JSON's values, a number alone begins so.
fn is_number(value: &RawValue) -> bool {
    value.get().starts_with(|first: char| first == '-' || first.is_ascii_digit())
}

/// Why a text is no [`Amount`], or an [`Amount`] no `rust_decimal::Decimal`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AmountError {
    text: String,
    problem: &'static str,
}

impl AmountError {
    fn new(text: &str, problem: &'static str) -> Self {
        Self { text: excerpt::literal(text, 40), problem }
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
