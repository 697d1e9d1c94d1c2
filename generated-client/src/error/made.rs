//! Errors for calls that were never made, for the module `mock`.

use std::time::Duration;

use super::{Error, ErrorKind, Progress};
use crate::{credential::CredentialError, response::Response, retry_after};

impl Error {
    /// Creates an error of a kind from the call and the response that it would have.
    pub(crate) fn made(kind: ErrorKind, response: Response) -> Self {
        let problem = "made for a test";
        let call = response.head.call.clone();
        match kind {
            ErrorKind::Configuration => Self::configuration(problem),
            ErrorKind::InvalidRequest => Self::invalid_request(&call.operation, problem),
            ErrorKind::UnsupportedToken => {
                Self::new(kind, Progress::Called(call.operation), problem)
            }
            ErrorKind::Credential => Self::token_failed(call, CredentialError::other(problem)),
            ErrorKind::Connection | ErrorKind::Timeout => {
                Self::new(kind, Progress::Begun(call), problem)
            }
            ErrorKind::Throttled => {
                let wait = retry_after::parse(&response.head.headers);
                Self::throttled(call, wait.unwrap_or_default())
            }
            ErrorKind::ErrorResponse => Self::error_response(response, None),
            ErrorKind::NotSettled => Self::not_settled(Some(response.head), Duration::ZERO),
            _ => Self::of_response(kind, response, problem),
        }
    }
}
