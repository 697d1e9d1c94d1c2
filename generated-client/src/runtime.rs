//! The names that the generated operations import from the hand-written runtime.

use reqwest::header::HeaderValue;

#[allow(unused_imports, reason = "a document may have no operation with a JSON response")]
pub(crate) use reqwest::header::ACCEPT;

#[allow(unused_imports, reason = "a document may not say which tokens its operations accept")]
pub(crate) use crate::credential::TokenKind;
#[allow(unused_imports, reason = "a document may have no operation with pages")]
pub(crate) use crate::pages::{Items, Pages};
#[allow(unused_imports, reason = "a document may have no operation with a query parameter")]
pub(crate) use crate::parameter::QueryParam;
pub(crate) use crate::{
    call::OperationInfo, client::Client, error::Error, response_value::ResponseValue,
};

/// The media type of requests and responses.
#[allow(dead_code, reason = "a document may have no operation with a JSON response")]
pub(crate) const JSON: HeaderValue = HeaderValue::from_static("application/json");
