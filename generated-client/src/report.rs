//! Reports the result of a call after its response was received.

use crate::{error::Error, head::Head, observer::Running, telemetry};

/// The attempt and the call that end when the response becomes a value or an error.
///
/// A response with a success status can still become an error: its body may be unreadable or not confirm a write.
#[derive(Default)]
pub(crate) struct Report {
    pub(crate) attempt: Option<Box<Running>>,
    pub(crate) span: Option<telemetry::Span>,
}

impl Report {
    /// Reports the value or the error to the observer and to `tracing`.
    pub(crate) fn end(self, result: Result<&Head, &Error>) {
        if let Some(attempt) = self.attempt {
            attempt.end(result);
        }
        if let Some(span) = &self.span {
            telemetry::received(span, result);
        }
    }
}
