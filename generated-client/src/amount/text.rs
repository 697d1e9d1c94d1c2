//! Amounts as strings in any format, for `#[serde(with = …)]`.
//!
//! Use it where a format or serde itself would turn a number into a float: in structs with
//! `#[serde(flatten)]`, in tagged and untagged enums, and for JSON that passes through a
//! [`serde_json::Value`].
//!
//! ```
//! use partner_center_client::{Amount, amount, serde_json};
//! use serde::{Deserialize, Serialize};
//!
//! #[derive(Deserialize, Serialize)]
//! #[serde(tag = "event")]
//! enum Event {
//!     BudgetSet {
//!         #[serde(with = "amount::text")]
//!         to: Amount,
//!         #[serde(with = "amount::text::option")]
//!         from: Option<Amount>,
//!     },
//! }
//!
//! let set = Event::BudgetSet { to: "28.82860766744404945074".parse()?, from: None };
//! let json = serde_json::to_string(&set)?;
//! assert_eq!(json, r#"{"event":"BudgetSet","to":"28.82860766744404945074","from":null}"#);
//! serde_json::from_str::<Event>(&json)?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use std::fmt;

use serde::{
    Deserializer, Serializer,
    de::{Error, Visitor},
};

use super::Amount;

/// Writes an amount as a string.
///
/// # Errors
///
/// Returns the serializer's error.
pub fn serialize<S: Serializer>(amount: &Amount, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(amount.as_str())
}

/// Reads an amount from a string.
///
/// # Errors
///
/// Returns an error if the value is not a string, or if the string is not a number in JSON's notation.
pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Amount, D::Error> {
    deserializer.deserialize_str(Text)
}

struct Text;

impl Visitor<'_> for Text {
    type Value = Amount;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an amount of money as a string")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Amount, E> {
        text.parse().map_err(E::custom)
    }
}

/// Optional amounts as strings in any format.
pub mod option {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use super::Amount;

    /// Writes an optional amount as a string or null.
    ///
    /// # Errors
    ///
    /// Returns the serializer's error.
    pub fn serialize<S: Serializer>(
        amount: &Option<Amount>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        amount.as_ref().map(Amount::as_str).serialize(serializer)
    }

    /// Reads an optional amount from a string or null. To accept a missing member, add `#[serde(default)]`.
    ///
    /// # Errors
    ///
    /// Returns an error if the value is neither a string nor null, or if the string is not a number in
    /// JSON's notation.
    pub fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<Amount>, D::Error> {
        #[derive(Deserialize)]
        struct Text(#[serde(with = "super")] Amount);

        Ok(Option::deserialize(deserializer)?.map(|Text(amount)| amount))
    }
}
