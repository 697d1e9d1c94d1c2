//! A call of an operation, and the IDs that identify it.

use std::{fmt, time::Duration};

use tokio::time::Instant;
use uuid::{Uuid, fmt::Hyphenated};

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

/// The IDs that a client uses for its calls, if they are set.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Ids {
    pub(crate) request: Option<Uuid>,
    pub(crate) correlation: Option<Uuid>,
}

/// A call with the IDs that Microsoft's support asks for, and its progress.
#[derive(Clone)]
pub(crate) struct Call {
    pub(crate) operation: OperationInfo,
    request_id: Id,
    correlation_id: Id,
    /// The number of times that it was sent.
    pub(crate) attempts: u32,
    pub(crate) elapsed: Duration,
    pub(crate) began: Instant,
}

impl Call {
    /// Begins a call with the given IDs; missing ones are generated.
    pub(crate) fn begin(operation: &OperationInfo, ids: &Ids) -> Self {
        Self {
            operation: *operation,
            request_id: Id::new(ids.request.unwrap_or_else(Uuid::new_v4)),
            correlation_id: Id::new(ids.correlation.unwrap_or_else(for_tracing)),
            attempts: 0,
            elapsed: Duration::ZERO,
            began: Instant::now(),
        }
    }

    /// Returns a copy of the call with the time elapsed until now.
    pub(crate) fn snapshot(&self) -> Self {
        Self { elapsed: self.began.elapsed(), ..self.clone() }
    }

    pub(crate) fn request_id(&self) -> &str {
        self.request_id.as_str()
    }

    pub(crate) fn correlation_id(&self) -> &str {
        self.correlation_id.as_str()
    }
}

/// Generates an ID that is only used to search logs. It need not come from the operating system, whose random numbers
/// cost a system call.
fn for_tracing() -> Uuid {
    uuid::Builder::from_random_bytes(fastrand::u128(..).to_ne_bytes()).into_uuid()
}

/// A GUID in the form of a header value.
#[derive(Clone, Copy)]
struct Id([u8; Hyphenated::LENGTH]);

impl Id {
    fn new(id: Uuid) -> Self {
        let mut text = [0; Hyphenated::LENGTH];
        id.hyphenated().encode_lower(&mut text);
        Self(text)
    }

    fn as_str(&self) -> &str {
        str::from_utf8(&self.0).expect("a GUID is hexadecimal digits and hyphens")
    }
}
