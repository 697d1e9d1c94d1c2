//! An error in one line.

use std::fmt;

use super::{Error, Progress};
use crate::{
    call::{Call, OperationInfo},
    excerpt,
    response::Response,
};

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let problem = &self.inner.problem;
        match &self.inner.progress {
            Progress::NotCalled => write!(f, "{problem}"),
            Progress::Called(OperationInfo { operation_id, path }) => {
                write!(f, "{operation_id}: {path}: {problem}")
            }
            Progress::Begun(call) => write!(f, "{call}: {problem} ({})", ticket(call)),
            Progress::Answered(response) => {
                let (call, status) = (&response.call, status_line(response));
                write!(f, "{call}: {status}: {problem} ({}", ticket(call))?;
                if let Some(wait) = self.retry_after() {
                    write!(f, ", retry after {} s", wait.as_secs())?;
                }
                write!(f, ")")
            }
        }
    }
}

/// What support asks for first.
fn ticket(call: &Call) -> String {
    let shown = |id| excerpt::one_line(id, 64);
    let (request_id, correlation_id) = (shown(call.request_id()), shown(call.correlation_id()));
    let attempts = match call.attempts {
        1 => "1 attempt".to_owned(),
        attempts => format!("{attempts} attempts"),
    };
    format!("request ID {request_id}, correlation ID {correlation_id}, {attempts}")
}

fn status_line(response: &Response) -> String {
    let usual = response.status.canonical_reason();
    match response.reason.as_deref().or(usual) {
        Some(reason) => format!("{} {}", response.status.as_u16(), excerpt::one_line(reason, 200)),
        None => response.status.as_u16().to_string(),
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
