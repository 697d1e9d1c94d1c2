//! The hook for metrics: an observer is notified of each attempt of each call.

use std::{
    fmt,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
    time::Duration,
};

use reqwest::StatusCode;
use tokio::time::Instant;

use crate::{
    call::Call,
    error::{Error, ErrorKind},
    head::Head,
};

/// A hook for metrics and logs, which is notified of each attempt of each call of a client and its clones.
///
/// Pass it to [`ClientBuilder::observer`](crate::ClientBuilder::observer). By default, each method does
/// nothing. Observers need no feature, and cost nothing in a client without one.
///
/// ```
/// use std::sync::atomic::{AtomicU64, Ordering};
///
/// use partner_center_client::{Attempt, AttemptEnd, AttemptOutcome, Client, Observer};
///
/// #[derive(Default)]
/// struct Failures(AtomicU64);
///
/// impl Observer for Failures {
///     fn attempt_ended(&self, attempt: &Attempt<'_>, end: &AttemptEnd) {
///         if let AttemptOutcome::Failure(kind) = end.outcome {
///             self.0.fetch_add(1, Ordering::Relaxed);
///             eprintln!("{}: {kind:?} after {:?}", attempt.operation_id, end.elapsed);
///         }
///     }
/// }
///
/// let client = Client::builder()
///     .access_token("eyJ0eXAi.eyJhdWQi.c2lnbmF0")
///     .observer(Failures::default())
///     .build();
/// ```
///
/// # What the events contain
///
/// No event contains the token, a header, a body, the URL or the customer's tenant ID. The path is the document's path
/// template, so every value except the two IDs is suitable as a metric label.
///
/// # Order of the events
///
/// Each `attempt_started` is followed by exactly one `attempt_ended`, even if the program drops the
/// future of the call. `wait_started` follows if the call waits before it tries again. A call that
/// cannot get an access token makes no attempt; if it tries again, `wait_started` is its only event.
///
/// # Slow observers and panics
///
/// The methods run in the task of the call, so a method that blocks delays the call. If a method panics, the
/// client catches the panic after the panic hook has run. The call continues, and the observer receives
/// all later events. A program that is compiled with `panic = "abort"` aborts.
pub trait Observer: Send + Sync + 'static {
    /// Called immediately before the request of an attempt is sent.
    fn attempt_started(&self, attempt: &Attempt<'_>) {
        let _ = attempt;
    }

    /// Called after the response of an attempt was read, or after the attempt failed or was canceled.
    fn attempt_ended(&self, attempt: &Attempt<'_>, end: &AttemptEnd) {
        let _ = (attempt, end);
    }

    /// Called when a call waits before it is tried again after a failure.
    ///
    /// The [`number`](Attempt::number) of the attempt is the number of the last request; 0 if none was sent.
    fn wait_started(&self, attempt: &Attempt<'_>, wait: &Wait) {
        let _ = (attempt, wait);
    }
}

/// Allows a program to keep a handle on its observer, or to share it between clients.
impl<O: Observer + ?Sized> Observer for Arc<O> {
    fn attempt_started(&self, attempt: &Attempt<'_>) {
        self.as_ref().attempt_started(attempt);
    }

    fn attempt_ended(&self, attempt: &Attempt<'_>, end: &AttemptEnd) {
        self.as_ref().attempt_ended(attempt, end);
    }

    fn wait_started(&self, attempt: &Attempt<'_>, wait: &Wait) {
        self.as_ref().wait_started(attempt, wait);
    }
}

/// One request of a call, for an [`Observer`].
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Attempt<'a> {
    /// The name of the operation's method, such as `get_overage`.
    pub operation_id: &'static str,
    /// The HTTP method, such as `GET`.
    pub method: &'static str,
    /// The path template, such as `/v1/customers/{customer-tenant-id}/usagebudget`.
    pub path: &'static str,
    /// The number of the request within its call, from 1.
    pub number: u32,
    /// The `MS-RequestId` that is sent, the same for each attempt of a call.
    pub request_id: &'a str,
    /// The `MS-CorrelationId` that is sent, the same for each attempt of a call.
    pub correlation_id: &'a str,
}

/// The end of an attempt, for [`Observer::attempt_ended`].
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct AttemptEnd {
    /// The time from sending the request to the last byte of the response, or to the failure. It includes
    /// connecting, and excludes the time to obtain an access token.
    pub elapsed: Duration,
    /// The status of the response; `None` if there was no response.
    pub status: Option<StatusCode>,
    /// The result of the attempt.
    pub outcome: AttemptOutcome,
}

/// The result of an attempt, for [`Observer::attempt_ended`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum AttemptOutcome {
    /// The attempt got the value that the call returns.
    Success,
    /// The attempt failed, or its response has a success status but does not match the document or does not confirm a
    /// write. The call is retried if the failure is transient and the policy allows it.
    Failure(ErrorKind),
    /// The program dropped the future of the call. The service may have processed the request.
    Canceled,
}

/// The wait before a call is tried again, for [`Observer::wait_started`].
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Wait {
    /// The length of the wait; zero if the call is retried immediately with a new token.
    ///
    /// It does not include the time that the call then waits for its turn under a limit of requests per second or
    /// minute.
    pub duration: Duration,
    /// The failure after which the call is tried again.
    pub reason: ErrorKind,
}

/// The observer of a client, if it has one.
#[derive(Clone, Default)]
pub(crate) struct AnyObserver(Option<Arc<dyn Observer>>);

impl AnyObserver {
    pub(crate) fn new(observer: impl Observer) -> Self {
        Self(Some(Arc::new(observer)))
    }

    /// Reports that an attempt starts.
    pub(crate) fn start(&self, call: &Call) -> Option<Running> {
        let observer = self.0.clone()?;
        guarded(|| observer.attempt_started(&attempt(call)));
        Some(Running {
            observer,
            call: call.clone(),
            started: Instant::now(),
            elapsed: None,
            status: None,
            outcome: AttemptOutcome::Canceled,
        })
    }

    /// Reports that a call waits before it is tried again.
    pub(crate) fn wait(&self, call: &Call, error: &Error, duration: Duration) {
        if let Some(observer) = &self.0 {
            let wait = Wait { duration, reason: error.kind() };
            guarded(|| observer.wait_started(&attempt(call), &wait));
        }
    }
}

impl fmt::Debug for AnyObserver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() { "<observer>" } else { "none" })
    }
}

/// An attempt that has started. It is canceled if it is dropped before it ends.
pub(crate) struct Running {
    observer: Arc<dyn Observer>,
    call: Call,
    started: Instant,
    /// The time until the response was read; `None` if it was not read.
    elapsed: Option<Duration>,
    status: Option<StatusCode>,
    outcome: AttemptOutcome,
}

impl Running {
    /// Stores the time until the response was read.
    pub(crate) fn read(mut self) -> Self {
        self.elapsed = Some(self.started.elapsed());
        self
    }

    /// Reports how the attempt ended.
    pub(crate) fn end(mut self, result: Result<&Head, &Error>) {
        (self.status, self.outcome) = match result {
            Ok(head) => (Some(head.status), AttemptOutcome::Success),
            Err(error) => (error.status(), AttemptOutcome::Failure(error.kind())),
        };
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let elapsed = self.elapsed.unwrap_or_else(|| self.started.elapsed());
        let (status, outcome) = (self.status, self.outcome);
        let end = AttemptEnd { elapsed, status, outcome };
        guarded(|| self.observer.attempt_ended(&attempt(&self.call), &end));
    }
}

fn attempt(call: &Call) -> Attempt<'_> {
    Attempt {
        operation_id: call.operation.operation_id,
        method: call.operation.method,
        path: call.operation.path,
        number: call.attempts,
        request_id: call.request_id(),
        correlation_id: call.correlation_id(),
    }
}

/// Calls an observer and catches its panic, so that the call still returns its result: the service may already have
/// made a change, and the program must learn of it.
fn guarded(notify: impl FnOnce()) {
    // A panic can leave only the observer's own state inconsistent.
    let _ = catch_unwind(AssertUnwindSafe(notify));
}
