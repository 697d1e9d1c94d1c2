//! A call of an operation, and the IDs that identify it.

use std::{
    fmt,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use tokio::time::Instant;
use uuid::{Uuid, fmt::Hyphenated};

use crate::credential::TokenKind;

/// An operation of the document.
#[derive(Clone, Copy, Debug)]
pub(crate) struct OperationInfo {
    pub(crate) operation_id: &'static str,
    pub(crate) method: &'static str,
    /// The path template. Errors show it instead of the path, which contains the customer's tenant ID.
    pub(crate) path: &'static str,
    /// The kinds of access tokens that the operation accepts; empty if the document does not restrict them.
    pub(crate) tokens: &'static [TokenKind],
}

impl OperationInfo {
    /// Returns whether the operation accepts tokens of this kind.
    pub(crate) fn accepts(&self, kind: TokenKind) -> bool {
        self.tokens.is_empty() || self.tokens.contains(&kind)
    }

    /// Returns whether the operation can change a resource: true unless HTTP defines its method as read-only.
    pub(crate) fn is_write(&self) -> bool {
        !matches!(self.method, "GET" | "HEAD" | "OPTIONS")
    }
}

impl fmt::Display for OperationInfo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { operation_id, method, path, .. } = self;
        write!(f, "{operation_id}: {method} {path}")
    }
}

/// The IDs that were set for the calls of a client.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ids {
    request: Option<Arc<RequestId>>,
    pub(crate) correlation: Option<Uuid>,
}

/// A request ID for one call. Clones of a client share it, so only one of them can use it, and only once.
#[derive(Debug)]
struct RequestId {
    id: Uuid,
    is_used: AtomicBool,
}

impl Ids {
    pub(crate) fn set_request(&mut self, id: Uuid) {
        self.request = Some(Arc::new(RequestId { id, is_used: AtomicBool::new(false) }));
    }

    /// Removes the request ID, which belongs to an earlier call.
    pub(crate) fn forget_request(&mut self) {
        self.request = None;
    }

    /// Claims the request ID for a call. Returns false if an earlier call has used it.
    pub(crate) fn claim(&self) -> bool {
        let is_used = |request: &Arc<RequestId>| request.is_used.swap(true, Ordering::Relaxed);
        !self.request.as_ref().is_some_and(is_used)
    }
}

/// A call with its progress and the IDs that Microsoft support asks for.
#[derive(Clone)]
pub(crate) struct Call {
    pub(crate) operation: OperationInfo,
    request_id: Id,
    correlation_id: Id,
    /// The number of attempts that were sent.
    pub(crate) attempts: u32,
    /// True if the service may have acted on an attempt that failed.
    pub(crate) is_ambiguous: bool,
    pub(crate) elapsed: Duration,
    pub(crate) began: Instant,
}

impl Call {
    /// Begins a call with the given IDs; missing ones are generated.
    pub(crate) fn begin(operation: &OperationInfo, ids: &Ids) -> Self {
        let request_id = ids.request.as_ref().map(|request| request.id);
        Self {
            operation: *operation,
            request_id: Id::new(request_id.unwrap_or_else(Uuid::new_v4)),
            correlation_id: Id::new(ids.correlation.unwrap_or_else(for_tracing)),
            attempts: 0,
            is_ambiguous: false,
            elapsed: Duration::ZERO,
            began: Instant::now(),
        }
    }

    /// Excludes a wait from the duration of the call.
    pub(crate) fn exclude(&mut self, wait: Duration) {
        self.began += wait;
    }

    /// Returns a copy of the call with the time elapsed so far.
    pub(crate) fn snapshot(&self) -> Self {
        Self { elapsed: self.began.elapsed(), ..self.clone() }
    }

    pub(crate) fn request_id(&self) -> &str {
        self.request_id.as_str()
    }

    pub(crate) fn correlation_id(&self) -> &str {
        self.correlation_id.as_str()
    }

    /// Returns the request ID, for another call that repeats this one.
    pub(crate) fn request_uuid(&self) -> Uuid {
        self.request_id.to_uuid()
    }

    pub(crate) fn correlation_uuid(&self) -> Uuid {
        self.correlation_id.to_uuid()
    }
}

/// Generates an ID that is used only to search logs. It need not be unpredictable, so it does not come from the
/// operating system, which would cost a system call.
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
        str::from_utf8(&self.0).expect("a GUID consists of hexadecimal digits and hyphens")
    }

    fn to_uuid(self) -> Uuid {
        Uuid::try_parse_ascii(&self.0).expect("the text was made from a GUID")
    }
}
