//! Values and errors for calls that were never made.

use reqwest::{StatusCode, header::HeaderMap};

use super::{
    examples::{self, Operation},
    message::header,
};
use crate::{
    call::{Call, Ids, OperationInfo},
    error::{Error, ErrorKind},
    head::Head,
    report::Report,
    response::{self, Response},
    response_value::ResponseValue,
};

/// The outcome of a call that was never made, for testing code that handles values or errors.
///
/// ```
/// use partner_center_client::{ErrorKind, mock::Outcome};
///
/// let error = Outcome::of("get_usage_budget")
///     .status(429)
///     .header("retry-after", "57")
///     .error(ErrorKind::ErrorResponse);
/// assert!(error.is_retryable());
/// ```
#[derive(Clone, Debug)]
#[must_use = "an outcome becomes a value or an error only when `value` or `error` is called"]
pub struct Outcome {
    operation: &'static Operation,
    status: Option<StatusCode>,
    headers: HeaderMap,
    body: Vec<u8>,
    attempts: u32,
}

impl Outcome {
    /// Creates an outcome for an operation, given the name of its method.
    ///
    /// # Panics
    ///
    /// Panics if there is no such operation.
    pub fn of(operation: &str) -> Self {
        let operation = examples::operation_by_id(operation);
        let (headers, body) = (HeaderMap::new(), Vec::new());
        Self { operation, status: None, headers, body, attempts: 1 }
    }

    /// Sets the status of the response. The default is the operation's success status, or 500 for an
    /// [`ErrorKind::ErrorResponse`].
    ///
    /// # Panics
    ///
    /// Panics if the status is not between 100 and 999.
    pub fn status(mut self, status: u16) -> Self {
        self.status = Some(StatusCode::from_u16(status).expect("a status has three digits"));
        self
    }

    /// Adds a header to the response, such as `MS-RequestId` or `Retry-After`.
    ///
    /// # Panics
    ///
    /// Panics if HTTP does not allow the name or the value.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        let (name, value) = header(name, value).expect("a header's name and value are valid");
        self.headers.append(name, value);
        self
    }

    /// Sets the body of the response, which [`Error::body`] returns. For an [`ErrorKind::ErrorResponse`], it
    /// can contain a fault.
    pub fn body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self
    }

    /// Sets the number of attempts; by default 1.
    pub fn attempts(mut self, attempts: u32) -> Self {
        self.attempts = attempts;
        self
    }

    /// Returns a response with this value.
    pub fn value<T>(self, value: T) -> ResponseValue<T> {
        let status = self.status.unwrap_or(self.success());
        ResponseValue::with_head(value, self.response(status).head)
    }

    /// Returns an error of this kind.
    ///
    /// Kinds of errors that occur before a response arrives ignore the status, the headers and the body, except that
    /// [`ErrorKind::Throttled`] takes its wait from the header `Retry-After`.
    pub fn error(self, kind: ErrorKind) -> Error {
        let status = self.status.unwrap_or(match kind {
            ErrorKind::ErrorResponse => StatusCode::INTERNAL_SERVER_ERROR,
            _ => self.success(),
        });
        Error::made(kind, self.response(status))
    }

    fn success(&self) -> StatusCode {
        let status = self.operation.success().and_then(|(code, _)| StatusCode::from_u16(code).ok());
        status.unwrap_or(StatusCode::OK)
    }

    fn response(self, status: StatusCode) -> Response {
        let Operation { id, method, path, .. } = *self.operation;
        let operation = OperationInfo { operation_id: id, method, path, tokens: &[] };
        let mut call = Call::begin(&operation, &Ids::default());
        call.attempts = self.attempts;
        let reason = status.canonical_reason().map(Into::into);
        let head = Box::new(Head { call, status, reason, headers: self.headers });
        let (limit, report) = (response::DEFAULT_LIMIT, Report::default());
        Response { head, body: self.body, limit, report }
    }
}
