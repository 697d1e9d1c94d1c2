//! One call of an operation, as errors and support tickets name it.

use std::{fmt, time::Duration};

use reqwest::header::{HeaderMap, HeaderValue};
use tokio::time::Instant;
use uuid::{Uuid, fmt::Hyphenated};

use crate::headers::{CORRELATION_ID, REQUEST_ID};

/// An operation of the document.
#[derive(Clone, Copy, Debug)]
pub(crate) struct OperationInfo {
    pub(crate) operation_id: &'static str,
    pub(crate) method: &'static str,
    /// The path template, which errors name; the path itself holds the customer's tenant ID.
    pub(crate) path: &'static str,
}

impl fmt::Display for OperationInfo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { operation_id, method, path } = self;
        write!(f, "{operation_id}: {method} {path}")
    }
}

/// The IDs that a client is to give to its calls.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Ids {
    pub(crate) request: Option<Uuid>,
    pub(crate) correlation: Option<Uuid>,
}

/// A call, by the IDs that Microsoft's support asks for, and how far it came.
#[derive(Clone)]
pub(crate) struct Call {
    pub(crate) operation: OperationInfo,
    request_id: Id,
    correlation_id: Id,
    /// How often it was sent.
    pub(crate) attempts: u32,
    pub(crate) elapsed: Duration,
    pub(crate) began: Instant,
}

impl Call {
    /// Begins a call, with the IDs that were chosen, or else new ones.
    pub(crate) fn begin(operation: &OperationInfo, ids: &Ids) -> Self {
        Self {
            operation: *operation,
            request_id: Id::new(ids.request),
            correlation_id: Id::new(ids.correlation),
            attempts: 0,
            elapsed: Duration::ZERO,
            began: Instant::now(),
        }
    }

    /// Puts the IDs into the headers of a request, the same for each attempt.
    pub(crate) fn mark(&self, headers: &mut HeaderMap) {
        headers.insert(&REQUEST_ID, self.request_id.header());
        headers.insert(&CORRELATION_ID, self.correlation_id.header());
    }

    /// The call as it stands now.
    pub(crate) fn so_far(&self) -> Self {
        Self { elapsed: self.began.elapsed(), ..self.clone() }
    }

    pub(crate) fn request_id(&self) -> &str {
        self.request_id.as_str()
    }

    pub(crate) fn correlation_id(&self) -> &str {
        self.correlation_id.as_str()
    }
}

/// A GUID as a header has it.
#[derive(Clone, Copy)]
struct Id([u8; Hyphenated::LENGTH]);

impl Id {
    fn new(id: Option<Uuid>) -> Self {
        let mut text = [0; Hyphenated::LENGTH];
        id.unwrap_or_else(Uuid::new_v4).hyphenated().encode_lower(&mut text);
        Self(text)
    }

    fn as_str(&self) -> &str {
        str::from_utf8(&self.0).expect("a GUID is hexadecimal digits and hyphens")
    }

    fn header(&self) -> HeaderValue {
        HeaderValue::from_bytes(&self.0).expect("a GUID is hexadecimal digits and hyphens")
    }
}
