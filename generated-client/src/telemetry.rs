//! What a client tells to [`tracing`]: a span for each call, an event for each attempt, and one for
//! each token that could not be had, which a call that has another one would not tell.
//!
//! The names of HTTP are OpenTelemetry's; the URL is there as its template only, as the URL itself
//! holds the customer's tenant ID.
//! <https://opentelemetry.io/docs/specs/semconv/http/http-spans/#http-client-span>

use std::time::Duration;

use reqwest::Url;
use tracing::{Instrument as _, Level, Span, field::Empty, info_span, instrument::Instrumented};

use crate::{
    call::Call,
    credential::CredentialError,
    error::{Error, ErrorKind},
    response::Response,
};

/// By which a subscriber tells the client from others.
const TARGET: &str = "partner_center_client";

/// The span of a call, with what is known before its first attempt.
pub(crate) fn span(call: &Call, url: &Url) -> Span {
    info_span!(
        target: TARGET,
        "partner_center",
        otel.name = format!("{} {}", call.operation.method, call.operation.path),
        otel.kind = "client",
        otel.status_code = Empty,
        http.request.method = call.operation.method,
        http.request.resend_count = Empty,
        http.response.status_code = Empty,
        server.address = url.host_str(),
        server.port = url.port_or_known_default(),
        url.scheme = url.scheme(),
        url.template = call.operation.path,
        error.type = Empty,
        partner_center.operation_id = call.operation.operation_id,
        partner_center.request_id = call.request_id(),
        partner_center.correlation_id = call.correlation_id(),
    )
}

/// The call, with all that happens in it within its span.
pub(crate) fn within<F>(span: &Span, call: F) -> Instrumented<F> {
    call.instrument(span.clone())
}

/// An attempt has ended; `wait` is how long the call waits for the next one, if there is to be one.
pub(crate) fn attempted(call: &Call, result: &Result<Response, Error>, wait: Option<Duration>) {
    // An answer may have IDs of its own.
    let (request_id, correlation_id) = match result {
        Ok(Response { head, .. }) => (Some(head.request_id()), Some(head.correlation_id())),
        Err(error) => (error.request_id(), error.correlation_id()),
    };
    macro_rules! event {
        ($level:expr, $message:literal) => {
            tracing::event!(
                target: TARGET,
                $level,
                http.request.method = call.operation.method,
                http.request.resend_count = call.attempts.saturating_sub(1),
                http.response.status_code = status(result),
                url.template = call.operation.path,
                error.type = result.as_ref().err().map(kind),
                partner_center.operation_id = call.operation.operation_id,
                partner_center.request_id = request_id,
                partner_center.correlation_id = correlation_id,
                partner_center.wait_seconds = wait.map(|wait| wait.as_secs_f64()),
                $message
            )
        };
    }
    match (result, wait) {
        (Ok(_), _) => event!(Level::DEBUG, "answered"),
        (Err(_), Some(_)) => event!(Level::WARN, "failed, to be sent again"),
        (Err(_), None) => event!(Level::WARN, "failed"),
    }
}

/// The call has ended, with what it is to be known by.
pub(crate) fn ended(span: &Span, result: &Result<Response, Error>) {
    let attempts = match result {
        Ok(response) => response.head.call.attempts,
        Err(error) => error.attempts(),
    };
    if attempts > 1 {
        span.record("http.request.resend_count", attempts - 1);
    }
    if let Some(status) = status(result) {
        span.record("http.response.status_code", status);
    }
    if let Err(error) = result {
        span.record("otel.status_code", "ERROR").record("error.type", kind(error));
    }
}

/// The credential gave no token. The call that waits for it, if any does, has events of its own. What
/// the error says is not told, as it repeats the body of the authority's answer.
pub(crate) fn token_failed(error: &CredentialError) {
    let codes = Some(error.codes()).filter(|codes| !codes.is_empty());
    tracing::event!(
        target: TARGET,
        Level::WARN,
        http.response.status_code = error.status().map(|status| status.as_u16()),
        error.type = ?error.kind(),
        partner_center.aadsts_codes = codes.map(|codes| format!("{codes:?}")),
        "no access token"
    );
}

/// The hook stored no refresh token. Its error is not told, as it may repeat the token.
#[cfg(feature = "oauth2")]
pub(crate) fn not_stored(error: &CredentialError) {
    tracing::event!(
        target: TARGET,
        Level::WARN,
        error.type = ?error.kind(),
        "refresh token not stored"
    );
}

fn status(result: &Result<Response, Error>) -> Option<u16> {
    match result {
        Ok(response) => Some(response.status().as_u16()),
        Err(error) => error.status().map(|status| status.as_u16()),
    }
}

/// The status of an error that a server sent, by OpenTelemetry's rule.
fn kind(error: &Error) -> String {
    match (error.kind(), error.status()) {
        (ErrorKind::ErrorResponse, Some(status)) => status.as_u16().to_string(),
        (kind, _) => format!("{kind:?}"),
    }
}
