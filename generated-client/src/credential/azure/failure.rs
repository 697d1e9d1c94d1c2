//! Determines why an `azure_core` credential failed, from its error and that error's sources.

use std::{error::Error as StdError, io};

use azure_core::error::ErrorKind;
use reqwest::{
    StatusCode,
    header::{HeaderMap, HeaderName, HeaderValue},
};

use crate::{
    credential::{CredentialError, CredentialErrorKind, error::AuthorityResponse},
    failure::Failure,
    retry_after,
};

/// Converts an `azure_core` error, which becomes the source.
///
/// `azure_identity` wraps a request error in an error of the kind `Credential`, so the first more specific
/// error in the chain decides.
pub(super) fn error(error: azure_core::Error) -> CredentialError {
    let cause = chain(&error).find_map(cause).unwrap_or(Cause::Unknown);
    let converted = match cause {
        Cause::Response(response) => {
            let status = response.status.map(|status| format!(": {status}")).unwrap_or_default();
            let problem = format!("the credential failed{status}");
            CredentialError::new(CredentialErrorKind::ErrorResponse, problem)
                .with_response(response)
        }
        Cause::Request => of_request(&error),
        Cause::Unknown => CredentialError::new(CredentialErrorKind::Other, "the credential failed"),
    };
    converted.with_source(error)
}

/// The cause that an error in the chain indicates.
enum Cause {
    Response(AuthorityResponse),
    /// A request got no complete response.
    Request,
    Unknown,
}

fn cause(error: &(dyn StdError + 'static)) -> Option<Cause> {
    if let Some(error) = error.downcast_ref::<azure_core::Error>() {
        return match error.kind() {
            ErrorKind::HttpResponse { .. } => Some(Cause::Response(response(error.kind()))),
            ErrorKind::Connection => Some(Cause::Request),
            ErrorKind::Io => chain(error).all(may_be_of_network).then_some(Cause::Request),
            _ => None,
        };
    }
    let is_of_request = error.is::<reqwest::Error>() || error.is::<io::Error>();
    (is_of_request && may_be_of_network(error)).then_some(Cause::Request)
}

fn may_be_of_network(error: &(dyn StdError + 'static)) -> bool {
    error.downcast_ref().is_none_or(|error: &io::Error| is_of_network(error.kind()))
}

/// Returns whether an I/O error concerns a connection rather than a file or a program, such as a missing Azure CLI.
fn is_of_network(kind: io::ErrorKind) -> bool {
    matches!(
        kind,
        io::ErrorKind::AddrNotAvailable
            | io::ErrorKind::BrokenPipe
            | io::ErrorKind::ConnectionAborted
            | io::ErrorKind::ConnectionRefused
            | io::ErrorKind::ConnectionReset
            | io::ErrorKind::HostUnreachable
            | io::ErrorKind::NetworkDown
            | io::ErrorKind::NetworkUnreachable
            | io::ErrorKind::NotConnected
            | io::ErrorKind::TimedOut
            | io::ErrorKind::UnexpectedEof
    )
}

fn of_request(error: &azure_core::Error) -> CredentialError {
    let failure = chain(error).find_map(|error| error.downcast_ref()).map(Failure::of);
    let timed_out = chain(error).filter_map(|error| error.downcast_ref::<io::Error>());
    let kind = match failure {
        Some(Failure::Timeout) => CredentialErrorKind::Timeout,
        Some(Failure::Malformed) => CredentialErrorKind::InvalidResponse,
        Some(Failure::Unsendable) => CredentialErrorKind::Configuration,
        Some(_) => CredentialErrorKind::Connection,
        None if timed_out.map(io::Error::kind).any(|kind| kind == io::ErrorKind::TimedOut) => {
            CredentialErrorKind::Timeout
        }
        None => CredentialErrorKind::Connection,
    };
    let problem = failure.map_or("the connection failed", Failure::problem);
    CredentialError::new(kind, format!("the credential failed: {problem}"))
}

fn response(kind: &ErrorKind) -> AuthorityResponse {
    let ErrorKind::HttpResponse { status, raw_response, .. } = kind else {
        return AuthorityResponse::default();
    };
    let headers = raw_response.as_deref().map(|response| headers(response.headers()));
    AuthorityResponse {
        status: StatusCode::from_u16((*status).into()).ok(),
        retry_after: headers.as_ref().and_then(retry_after::parse),
        ..AuthorityResponse::default()
    }
}

fn headers(headers: &azure_core::http::headers::Headers) -> HeaderMap {
    let header = |name: &str, value: &str| {
        Some((HeaderName::try_from(name).ok()?, HeaderValue::try_from(value).ok()?))
    };
    headers.iter().filter_map(|(name, value)| header(name.as_str(), value.as_str())).collect()
}

fn chain<'a>(
    error: &'a (dyn StdError + 'static),
) -> impl Iterator<Item = &'a (dyn StdError + 'static)> {
    std::iter::successors(Some(error), |&error| error.source())
}
