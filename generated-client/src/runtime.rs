//! What the generated operations call.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};
use uuid::Uuid;

#[allow(unused_imports, reason = "a document may have no model with alternatives")]
pub(crate) use crate::json::Json;
#[allow(unused_imports, reason = "a document may have no operation with parameters")]
pub(crate) use crate::parameter::{QueryParam, encode_path};
use crate::{
    amount::Amount,
    generated::Client,
    response::Response,
    send::{MakeRequest, Sending},
};
pub(crate) use crate::{
    base_url::BaseUrl, call::OperationInfo, client::Config, error::Error, response::ResponseValue,
};

impl Client {
    /// Makes a request and sends it, more than once if need be, and reads the answer; every status
    /// but a success is an error.
    pub(crate) async fn exec(
        &self,
        make_request: &MakeRequest<'_>,
        operation: &OperationInfo,
    ) -> Result<Response, Error> {
        let limit = &self.inner.limit;
        let _permit = limit.permit().await;
        limit.first_turn().await;
        Sending::new(self, make_request, operation).run().await
    }
}

/// What an operation can answer with.
pub(crate) trait Answer {
    /// The number of undeclared members that the value holds, if it holds no declared one and the document
    /// does not allow others; otherwise none.
    fn undeclared(&self) -> usize {
        0
    }
}

/// For answers that are no object of the document's.
macro_rules! answers {
    ($([$($parameter:ident)*] $answer:ty),* $(,)?) => {
        $(impl<$($parameter),*> Answer for $answer {})*
    };
}

answers! {
    [T] Vec<T>, [T] Option<T>, [K V] BTreeMap<K, V>, [] Map<String, Value>, [] Value, [] String, [] bool,
    [] i8, [] i16, [] i32, [] i64, [] i128, [] u8, [] u16, [] u32, [] u64, [] u128, [] f64, [] Uuid, [] Amount,
    [] (),
}

/// Tells `null` (`Some(None)`) from an absent member (`None`, by `#[serde(default)]`).
pub(crate) fn present<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    T::deserialize(deserializer).map(Some)
}
