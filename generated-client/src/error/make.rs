//! Creates errors of each kind.

use std::time::Duration;

use reqwest::{
    Url,
    header::{LOCATION, WWW_AUTHENTICATE},
};

use super::{Error, ErrorKind, Inner, Progress, Source, outcome::Held, remedy};
use crate::{
    call::{Call, OperationInfo},
    confirmation::Unconfirmed,
    credential::{CredentialError, Kept, TokenKind},
    encoding, excerpt,
    failure::Failure,
    generated::types::Fault,
    head::Head,
    link::InvalidLink,
    response::{Incomplete, Response},
};

impl Error {
    pub(crate) fn configuration(problem: impl Into<String>) -> Self {
        Self::new(ErrorKind::Configuration, Progress::NotCalled, problem)
    }

    pub(crate) fn invalid_request(operation: &OperationInfo, source: impl Into<Source>) -> Self {
        let problem = "these arguments do not form a valid request";
        Self::new(ErrorKind::InvalidRequest, Progress::Called(*operation), problem)
            .with_source(source)
    }

    pub(crate) fn unsupported_token(operation: &OperationInfo, kind: TokenKind) -> Self {
        let accepted: Vec<String> = operation.tokens.iter().map(TokenKind::to_string).collect();
        let remedies: Vec<&str> = operation.tokens.iter().map(|kind| kind.remedy()).collect();
        let problem = format!(
            "not sent, because the credential returns {kind} tokens, but the operation accepts only {} tokens; {}",
            accepted.join(" and "),
            remedies.join(", or "),
        );
        Self::new(ErrorKind::UnsupportedToken, Progress::Called(*operation), problem)
    }

    pub(crate) fn token_failed(call: Call, source: CredentialError) -> Self {
        let problem = "could not acquire an access token";
        Self::new(ErrorKind::Credential, Progress::Begun(call), problem).with_source(source)
    }

    pub(crate) fn token_timed_out(call: Call) -> Self {
        let problem = "no access token in the time allowed";
        Self::new(ErrorKind::Timeout, Progress::Begun(call), problem)
    }

    pub(crate) fn request_id_used(operation: &OperationInfo) -> Self {
        let problem = "the request ID belongs to an earlier call; \
                       call `with_request_id` again for each call";
        Self::new(ErrorKind::Configuration, Progress::Called(*operation), problem)
    }

    pub(crate) fn no_turn_in_time(call: Call) -> Self {
        let problem =
            "not sent, because an earlier write of the same resource is still in progress";
        Self::new(ErrorKind::Timeout, Progress::Begun(call), problem)
    }

    pub(crate) fn no_slot_in_time(call: Call) -> Self {
        let problem = "not sent, because too many other requests of this client are ahead of it";
        Self::new(ErrorKind::Timeout, Progress::Begun(call), problem)
    }

    pub(crate) fn no_time_for_attempt(call: Call) -> Self {
        let problem = "no time left for another attempt";
        Self::new(ErrorKind::Timeout, Progress::Begun(call), problem)
    }

    pub(crate) fn throttled(call: Call, wait: Duration) -> Self {
        let seconds = wait.as_millis().div_ceil(1000);
        let problem = format!(
            "not sent, because the service is throttling this client; retry after {seconds} s"
        );
        Self::new(ErrorKind::Throttled, Progress::Begun(call), problem).with_source(Held { wait })
    }

    pub(crate) fn no_response(call: Call, source: reqwest::Error) -> Self {
        let failure = Failure::of(&source);
        let kind = match failure {
            Failure::Unsendable => {
                return Self::invalid_request(&call.operation, source.without_url());
            }
            Failure::Timeout => ErrorKind::Timeout,
            Failure::Malformed => ErrorKind::InvalidResponse,
            _ => ErrorKind::Connection,
        };
        Self::new(kind, Progress::Begun(call), failure.problem()).with_source(source.without_url())
    }

    pub(crate) fn incomplete_response(response: Response, source: Incomplete) -> Self {
        let size = response.body.len();
        let (kind, problem) = match &source {
            Incomplete::TooLong { .. } => (
                ErrorKind::InvalidResponse,
                format!(
                    "gave up reading the body after {size} bytes; if the body is valid, raise `max_response_bytes`"
                ),
            ),
            Incomplete::BrokenOff(error) => match Failure::of(error) {
                Failure::Timeout => {
                    (ErrorKind::Timeout, format!("received only {size} bytes in the time allowed"))
                }
                Failure::Malformed => (
                    ErrorKind::InvalidResponse,
                    format!("the body is malformed after {size} bytes"),
                ),
                _ => (
                    ErrorKind::IncompleteResponse,
                    format!("the body was cut off after {size} bytes"),
                ),
            },
        };
        Self::of_response(kind, response, problem).with_source(source)
    }

    /// Creates the error for a response without a success status. If the body is incomplete, the reason is the source.
    pub(crate) fn error_response(response: Response, incomplete: Option<Incomplete>) -> Self {
        let fault = Fault::parse(&response.text());
        let said = fault.as_ref().and_then(said);
        let problem = said.unwrap_or_else(|| explained(&response));
        let mut error = Self::of_response(ErrorKind::ErrorResponse, response, problem);
        error.inner.fault = fault;
        error.inner.source = incomplete.map(Into::into);
        error
    }

    pub(crate) fn invalid_response(response: Response, source: serde_json::Error) -> Self {
        let problem = encoding::unread(&response.head.headers, &response.body);
        let problem = problem.unwrap_or_else(|| {
            let size = excerpt::size(response.head.content_type(), &response.body);
            format!("the body does not match the document ({size})")
        });
        Self::of_response(ErrorKind::InvalidResponse, response, problem).with_source(source)
    }

    pub(crate) fn not_confirmed(response: Response, unconfirmed: &Unconfirmed) -> Self {
        Self::of_response(ErrorKind::NotConfirmed, response, unconfirmed.problem())
    }

    /// Creates the error for a link to the next page, with the response that contains it.
    pub(crate) fn invalid_link(head: Box<Head>, problem: &InvalidLink) -> Self {
        let problem = format!("the link to the next page {problem}; it was not followed");
        Self::new(ErrorKind::InvalidLink, Progress::Received(head), problem)
    }

    /// Ends a call whose response has a success status that the document does not declare.
    pub(crate) fn unexpected_response(mut response: Response) -> Self {
        let report = std::mem::take(&mut response.report);
        let problem = "the document does not declare this status";
        let error = Self::of_response(ErrorKind::UnexpectedResponse, response, problem);
        report.end(Err(&error));
        error
    }

    /// Creates the error for a [`wait_until`](crate::wait_until), with the last response if there was one.
    pub(crate) fn not_settled(last: Option<Box<Head>>, time: Duration) -> Self {
        let problem = format!("the expected value was not reached within {} s", time.as_secs_f64());
        let progress = last.map_or(Progress::NotCalled, Progress::Received);
        Self::new(ErrorKind::NotSettled, progress, problem)
    }

    /// Adds the reason why the client does not renew the rejected token, and for how long.
    pub(crate) fn explain_kept_token(&mut self, kept: Kept) {
        let reason = match kept {
            Kept::Only => {
                "the client has only this token; build a client with another token, or with a \
                credential that renews it"
                    .to_owned()
            }
            Kept::For(left) => format!(
                "the token is new, so the client requests no other token for {} s",
                left.as_millis().div_ceil(1000)
            ),
        };
        self.inner.problem.push_str(&format!("; {reason}"));
    }

    pub(crate) fn with_source(mut self, source: impl Into<Source>) -> Self {
        self.inner.source = Some(source.into());
        self
    }

    pub(super) fn of_response(
        kind: ErrorKind,
        response: Response,
        problem: impl Into<String>,
    ) -> Self {
        let mut error = Self::new(kind, Progress::Received(response.head), problem);
        error.inner.body = Some(response.body);
        error
    }

    pub(super) fn new(kind: ErrorKind, progress: Progress, problem: impl Into<String>) -> Self {
        let (problem, body, fault, source) = (problem.into(), None, None, None);
        Self { inner: Box::new(Inner { kind, progress, problem, body, fault, source }) }
    }
}

/// Returns the summary of a fault, with a remedy if one is known.
fn said(fault: &Fault) -> Option<String> {
    let summary = fault.summary()?;
    match fault.code_text().as_deref().and_then(remedy::of_fault) {
        Some(remedy) => Some(format!("{}; {remedy}", summary.trim_end_matches('.'))),
        None => Some(summary),
    }
}

/// Returns the explanation in a response without a fault, with a remedy if one is known for its reason phrase.
fn explained(response: &Response) -> String {
    let explanation = explanation(response);
    match response.head.reason.as_deref().and_then(remedy::of_reason) {
        Some(remedy) => format!("{explanation}; {remedy}"),
        None => explanation,
    }
}

/// Returns the explanation in a response without a fault: a redirect, a challenge, or the text of the body.
fn explanation(response: &Response) -> String {
    let Response { head, body, .. } = response;
    if head.status.is_redirection() {
        return redirect(head);
    }
    match head.text(&WWW_AUTHENTICATE).filter(|_| body.is_empty()) {
        Some(challenge) => excerpt::one_line(challenge, 200),
        None => encoding::unread(&head.headers, body)
            .unwrap_or_else(|| excerpt::of_body(head.content_type(), &response.text())),
    }
}

/// Describes a redirect by its host only, because the rest of the URL may contain the customer's tenant ID.
fn redirect(head: &Head) -> String {
    let location = head.text(&LOCATION).and_then(|it| Url::parse(it).ok());
    match location.as_ref().and_then(Url::host_str) {
        Some(host) => {
            format!(
                "a redirect to {host}, which is not followed",
                host = excerpt::one_line(host, 100)
            )
        }
        None => "a redirect, which is not followed".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use std::error::Error as _;

    use super::*;

    /// No arguments of the document's operations produce an impossible request, so no call can test this.
    #[test]
    fn an_impossible_request_names_its_operation() {
        let operation = OperationInfo {
            operation_id: "get_overage",
            method: "GET",
            path: "/v1/overage",
            tokens: &[],
        };
        let error = Error::invalid_request(&operation, "no such host");
        let expected = "get_overage: GET /v1/overage: these arguments do not form a valid request";
        assert_eq!(error.to_string(), expected);
        assert_eq!(error.source().map(ToString::to_string).as_deref(), Some("no such host"));
        assert_eq!((error.operation_id(), error.request_id()), (Some("get_overage"), None));
        assert_eq!((error.attempts(), error.elapsed()), (0, Duration::ZERO));
    }
}
