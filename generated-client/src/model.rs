//! Code that the generated models share.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize, de::DeserializeOwned};
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::{amount::Amount, inspection::Inspection, timestamp::Timestamp};

/// The type of a response body, or of a part of one.
pub(crate) trait ResponseBody {
    /// Reports the members of each object in the body.
    fn inspect(&self, inspection: &mut Inspection) {
        let _ = inspection;
    }
}

impl<T: ResponseBody> ResponseBody for Option<T> {
    fn inspect(&self, inspection: &mut Inspection) {
        self.iter().for_each(|value| value.inspect(inspection));
    }
}

impl<T: ResponseBody> ResponseBody for Vec<T> {
    fn inspect(&self, inspection: &mut Inspection) {
        self.iter().for_each(|value| value.inspect(inspection));
    }
}

impl<K, T: ResponseBody> ResponseBody for BTreeMap<K, T> {
    fn inspect(&self, inspection: &mut Inspection) {
        self.values().for_each(|value| value.inspect(inspection));
    }
}

impl<T: ResponseBody> ResponseBody for Box<T> {
    fn inspect(&self, inspection: &mut Inspection) {
        (**self).inspect(inspection);
    }
}

/// A response body that can be one page of a collection.
#[allow(dead_code, reason = "a document may have no operation with pages")]
pub(crate) trait Collection: ResponseBody + DeserializeOwned + Send + 'static {
    type Item: Send + 'static;

    /// Returns the items of the page; none if their list is absent or null.
    fn into_items(self) -> Vec<Self::Item>;

    /// Returns the links of the page, including the link to the next page.
    fn links(&self) -> &impl Serialize;
}

/// Implements [`ResponseBody`] for types that have no declared members.
macro_rules! response_bodies {
    ($($body:ty),* $(,)?) => {
        $(impl ResponseBody for $body {})*
    };
}

response_bodies! {
    Map<String, Value>, Value, String, bool, i8, i16, i32, i64, i128, u8, u16, u32, u64, u128, f64, Uuid, Amount,
    Timestamp, (),
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
