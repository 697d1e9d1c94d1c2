//! One call of an operation, as errors and support tickets name it.

use std::{fmt, time::Duration};

use reqwest::{
    Method, Request,
    header::{HeaderMap, HeaderName, HeaderValue},
};
use tokio::time::Instant;
use uuid::Uuid;

use crate::headers::{CORRELATION_ID, REQUEST_ID};

/// An operation of the document.
#[derive(Clone, Copy, Debug)]
pub(crate) struct OperationInfo {
    pub(crate) operation_id: &'static str,
    /// The path template, which errors name; the path itself holds the customer's tenant ID.
    pub(crate) path: &'static str,
}

/// The IDs that a client is to give to its calls.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Ids {
    pub(crate) request: Option<Uuid>,
    pub(crate) correlation: Option<Uuid>,
}

/// A call, by the IDs that Microsoft's support asks for, and how far it came.
#[derive(Clone, Debug)]
pub(crate) struct Call {
    pub(crate) operation: OperationInfo,
    pub(crate) method: Method,
    request_id: HeaderValue,
    correlation_id: HeaderValue,
    /// How often it was sent.
    pub(crate) attempts: u32,
    pub(crate) elapsed: Duration,
    pub(crate) began: Instant,
}

impl Call {
    /// Begins a call, whose request gets the IDs that were chosen, or else new ones.
    pub(crate) fn begin(operation: &OperationInfo, request: &mut Request, ids: &Ids) -> Self {
        let call = Self {
            operation: *operation,
            method: request.method().clone(),
            request_id: header(ids.request),
            correlation_id: header(ids.correlation),
            attempts: 0,
            elapsed: Duration::ZERO,
            began: Instant::now(),
        };
        let headers = request.headers_mut();
        headers.insert(&REQUEST_ID, call.request_id.clone());
        headers.insert(&CORRELATION_ID, call.correlation_id.clone());
        call
    }

    /// The call as it stands now.
    pub(crate) fn so_far(&self) -> Self {
        Self { elapsed: self.began.elapsed(), ..self.clone() }
    }

    /// Takes over the IDs of an answer. Those that it does not name stay as sent.
    pub(crate) fn adopt_ids(&mut self, headers: &HeaderMap) {
        adopt(&mut self.request_id, headers.get(&REQUEST_ID));
        adopt(&mut self.correlation_id, headers.get(&CORRELATION_ID));
    }

    pub(crate) fn request_id(&self) -> &str {
        text_of(&self.request_id).unwrap_or_default()
    }

    pub(crate) fn correlation_id(&self) -> &str {
        text_of(&self.correlation_id).unwrap_or_default()
    }
}

impl fmt::Display for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let OperationInfo { operation_id, path } = self.operation;
        write!(f, "{operation_id}: {} {path}", self.method)
    }
}

fn header(id: Option<Uuid>) -> HeaderValue {
    let id = id.unwrap_or_else(Uuid::new_v4).hyphenated();
    let mut buffer = Uuid::encode_buffer();
    HeaderValue::from_str(id.encode_lower(&mut buffer))
        .expect("a GUID is hexadecimal digits and hyphens")
}

fn adopt(id: &mut HeaderValue, found: Option<&HeaderValue>) {
    if let Some(found) = found.filter(|&found| found != id && text_of(found).is_some()) {
        id.clone_from(found);
    }
}

/// A header's value, if it is text and says something.
pub(crate) fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name).and_then(text_of)
}

fn text_of(value: &HeaderValue) -> Option<&str> {
    value.to_str().ok().map(str::trim).filter(|text| !text.is_empty())
}
