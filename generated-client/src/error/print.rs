//! Prints an error on one line.

use std::fmt;

use super::{Error, Progress};
use crate::{excerpt, head::Head};

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let problem = &self.inner.problem;
        match &self.inner.progress {
            Progress::NotCalled => write!(f, "{problem}"),
            Progress::Called(operation) => write!(f, "{operation}: {problem}"),
            Progress::Begun(call) => write!(f, "{}: {problem} ({})", call.operation, ticket(self)),
            Progress::Received(head) => {
                let (operation, status) = (head.call.operation, status_line(head));
                write!(f, "{operation}: {status}: {problem} ({}", ticket(self))?;
                if let Some(wait) = self.retry_after() {
                    write!(f, ", retry after {} s", wait.as_millis().div_ceil(1000))?;
                }
                write!(f, ")")
            }
        }
    }
}

/// Returns the IDs that Microsoft support asks for first, and the number of attempts.
fn ticket(error: &Error) -> String {
    let shown = |id: Option<&str>| excerpt::one_line(id.unwrap_or_default(), 64);
    let (request_id, correlation_id) = (shown(error.request_id()), shown(error.correlation_id()));
    let attempts = match error.attempts() {
        1 => "1 attempt".to_owned(),
        attempts => format!("{attempts} attempts"),
    };
    format!("request ID {request_id}, correlation ID {correlation_id}, {attempts}")
}

fn status_line(head: &Head) -> String {
    let usual = head.status.canonical_reason();
    match head.reason.as_deref().or(usual) {
        Some(reason) => format!("{} {}", head.status.as_u16(), excerpt::one_line(reason, 200)),
        None => head.status.as_u16().to_string(),
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error")
            .field("kind", &self.inner.kind)
            .field("message", &self.to_string())
            .field("source", &self.inner.source)
            .finish_non_exhaustive()
    }
}
