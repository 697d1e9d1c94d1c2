//! The hook for metrics: an observer sees each attempt of each call.

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
    response::Head,
};

/// A hook for metrics and logs, which sees each attempt of each call of a client and its clones.
///
/// Pass it to [`ClientBuilder::observer`](crate::ClientBuilder::observer). Each method does nothing by
/// default. It needs no feature, and a client without an observer does no work for it.
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
/// No event contains the token, a header, a body, the URL or the customer's tenant ID. The path is the template of the
/// document, so every value except the two IDs can be the label of a metric.
///
/// # Order of the events
///
/// Each `attempt_started` is followed by exactly one `attempt_ended`, even if the program drops the
/// future of the call. `wait_started` follows if the call waits before it tries again. A call that
/// gets no access token has no attempt; if it tries again, `wait_started` is its only event.
///
/// # Slow observer and panics
///
/// The methods run in the task of the call, so a method that blocks delays the call. If a method panics, the
/// client catches the panic after the panic hook has run. The call continues, and the observer receives
/// all later events. A program that is compiled with `panic = "abort"` ends.
pub trait Observer: Send + Sync + 'static {
    /// Receives an attempt immediately before its request is sent.
    fn attempt_started(&self, attempt: &Attempt<'_>) {
        let _ = attempt;
    }

    /// Receives an attempt whose response was read, that failed, or that was canceled.
    fn attempt_ended(&self, attempt: &Attempt<'_>, end: &AttemptEnd) {
        let _ = (attempt, end);
    }

    /// Receives the wait of a call that failed and will be tried again.
    ///
    /// The [`number`](Attempt::number) of the attempt is that of the last request; 0 if none was sent.
    fn wait_started(&self, attempt: &Attempt<'_>, wait: &Wait) {
        let _ = (attempt, wait);
    }
}

/// Lets a program keep a handle on its observer, or share it between clients.
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
    /// The template of the path, such as `/v1/customers/{customer-tenant-id}/usagebudget`.
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
    /// connecting, and excludes the time to get an access token.
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
    /// The attempt failed, also if its response has a success status but is not what the document declares, or does
    /// not confirm a write. The call is repeated if the failure is transient and the policy allows it.
    Failure(ErrorKind),
    /// The program dropped the future of the call. The service may have processed the request.
    Canceled,
}

/// The wait before a call is tried again, for [`Observer::wait_started`].
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Wait {
    /// The length of the wait; zero if the call is repeated at once with a new token.
    ///
    /// The time that a call then waits for its turn under a limit of requests per second or minute is extra.
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
    /// The time until the response was read, if it was.
    elapsed: Option<Duration>,
    status: Option<StatusCode>,
    outcome: AttemptOutcome,
}

impl Running {
    /// Keeps the time at which the response was read.
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

/// Calls an observer so that its panic costs no call: the service may already have made the change, and the
/// program must learn of that.
fn guarded(notify: impl FnOnce()) {
    // The observer alone has state that a panic could leave inconsistent, and that state is its own.
    let _ = catch_unwind(AssertUnwindSafe(notify));
}
