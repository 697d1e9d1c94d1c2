//! The names that the generated code imports from the hand-written runtime.

#[allow(unused_imports, reason = "a document may have no model with alternatives")]
pub(crate) use crate::json::Json;
#[allow(
    unused_imports,
    reason = "a document may have no model that is a response or can be null"
)]
pub(crate) use crate::model::{Answer, present};
#[allow(unused_imports, reason = "a document may have no operation with parameters")]
pub(crate) use crate::parameter::{QueryParam, encode_path};
pub(crate) use crate::{
    base_url::BaseUrl, call::OperationInfo, config::Config, error::Error,
    response_value::ResponseValue,
};
