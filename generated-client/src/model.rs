//! What the generated models share.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::amount::Amount;

/// The type of a response body.
pub(crate) trait ResponseBody {
    /// Returns the number of undeclared members, if the value has no declared member and the document does not allow
    /// others; otherwise 0.
    fn undeclared(&self) -> usize {
        0
    }
}

/// Implements [`ResponseBody`] for responses that are not objects of the document.
macro_rules! response_bodies {
    ($([$($parameter:ident)*] $body:ty),* $(,)?) => {
        $(impl<$($parameter),*> ResponseBody for $body {})*
    };
}

response_bodies! {
    [T] Vec<T>, [T] Option<T>, [K V] BTreeMap<K, V>, [] Map<String, Value>, [] Value, [] String, [] bool,
    [] i8, [] i16, [] i32, [] i64, [] i128, [] u8, [] u16, [] u32, [] u64, [] u128, [] f64, [] Uuid, [] Amount,
    [] (),
}

/// Distinguishes `null` (`Some(None)`) from an absent member (`None`, by `#[serde(default)]`).
#[allow(dead_code, reason = "a document may have no member that can be null")]
pub(crate) fn present<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    T::deserialize(deserializer).map(Some)
}
