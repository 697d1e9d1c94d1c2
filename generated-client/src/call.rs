//! One call of an operation, as errors and support tickets name it.

use std::fmt;

use reqwest::{Method, Request, header::HeaderMap};

use crate::headers::{CORRELATION_ID, REQUEST_ID};

/// An operation of the document.
#[derive(Clone, Copy, Debug)]
pub(crate) struct OperationInfo {
    pub(crate) operation_id: &'static str,
    /// The path template, which errors name; the path itself holds the customer's tenant ID.
    pub(crate) path: &'static str,
}

/// A call that was sent, by the IDs that Microsoft's support asks for.
#[derive(Clone, Debug)]
pub(crate) struct Call {
    pub(crate) operation: OperationInfo,
    pub(crate) request_id: String,
    pub(crate) correlation_id: String,
    method: Method,
}

impl Call {
    pub(crate) fn new(operation: &OperationInfo, request: &Request) -> Self {
        let mut call = Self {
            operation: *operation,
            request_id: String::new(),
            correlation_id: String::new(),
            method: request.method().clone(),
        };
        call.adopt_ids(request.headers());
        call
    }

    /// Takes over the IDs of an answer. Those that it does not name stay as sent.
    pub(crate) fn adopt_ids(&mut self, headers: &HeaderMap) {
        if let Some(id) = text(headers, REQUEST_ID) {
            self.request_id = id.to_owned();
        }
        if let Some(id) = text(headers, CORRELATION_ID) {
            self.correlation_id = id.to_owned();
        }
    }
}

impl fmt::Display for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let OperationInfo { operation_id, path } = self.operation;
        write!(f, "{operation_id}: {} {path}", self.method)
    }
}

/// A header's value, if it is text and says something.
pub(crate) fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok().map(str::trim).filter(|value| !value.is_empty())
}
