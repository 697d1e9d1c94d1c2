//! A response without its body.

use std::borrow::Cow;

use reqwest::{
    StatusCode,
    header::{CONTENT_TYPE, HeaderMap, HeaderName},
};

use crate::{call::Call, headers};

/// A response without its body.
#[derive(Clone)]
pub(crate) struct Head {
    pub(crate) call: Call,
    pub(crate) status: StatusCode,
    /// The reason phrase, which may be the only explanation of a 403.
    pub(crate) reason: Option<Cow<'static, str>>,
    pub(crate) headers: HeaderMap,
}

impl Head {
    /// Returns the request ID in the response, or the ID that was sent.
    pub(crate) fn request_id(&self) -> &str {
        self.response_request_id().unwrap_or(self.call.request_id())
    }

    /// Returns the correlation ID in the response, or the ID that was sent.
    pub(crate) fn correlation_id(&self) -> &str {
        self.response_correlation_id().unwrap_or(self.call.correlation_id())
    }

    pub(crate) fn response_request_id(&self) -> Option<&str> {
        self.text(&headers::REQUEST_ID)
    }

    pub(crate) fn response_correlation_id(&self) -> Option<&str> {
        self.text(&headers::CORRELATION_ID)
    }

    pub(crate) fn content_type(&self) -> Option<&str> {
        self.text(&CONTENT_TYPE)
    }

    /// Returns the value of a header, if it is text and not empty.
    pub(crate) fn text(&self, name: &HeaderName) -> Option<&str> {
        headers::text(&self.headers, name)
    }
}
