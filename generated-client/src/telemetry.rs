//! Emits a [`tracing`] span for each call, an event for each attempt, and an event for each failed token request.
//!
//! The HTTP fields have OpenTelemetry's names. Only the URL template is recorded, because the URL itself contains the
//! customer's tenant ID.
//!
//! <https://opentelemetry.io/docs/specs/semconv/http/http-spans/#http-client-span>

use std::time::Duration;

use reqwest::Url;
pub(crate) use tracing::Span;
use tracing::{Instrument as _, Level, field::Empty, info_span, instrument::Instrumented};

use crate::{
    call::Call,
    credential::CredentialError,
    error::{Error, ErrorKind},
    head::Head,
};

/// The target of all spans and events, for subscribers to filter by.
const TARGET: &str = "partner_center_client";

/// Creates the span of a call, with the fields that are known before its first attempt.
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

/// Runs a call inside its span.
pub(crate) fn within<F>(span: &Span, call: F) -> Instrumented<F> {
    call.instrument(span.clone())
}

/// Emits the event for an attempt that has ended; `wait` is the wait before the next attempt, if there is one.
pub(crate) fn attempted(call: &Call, result: Result<&Head, &Error>, wait: Option<Duration>) {
    // The IDs in a response may differ from the IDs that were sent, which are in the span.
    let (request_id, correlation_id) = match result {
        Ok(head) => (Some(head.request_id()), Some(head.correlation_id())),
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
                error.type = result.err().map(kind),
                partner_center.operation_id = call.operation.operation_id,
                partner_center.request_id = request_id,
                partner_center.correlation_id = correlation_id,
                partner_center.wait_seconds = wait.map(|wait| wait.as_secs_f64()),
                $message
            )
        };
    }
    match (result, wait) {
        (Ok(_), _) => event!(Level::DEBUG, "succeeded"),
        (Err(_), Some(_)) => event!(Level::WARN, "failed, will be retried"),
        (Err(_), None) => event!(Level::WARN, "failed"),
    }
}

/// Emits the event for the last attempt of a call that got a response, and records the result of the call.
pub(crate) fn received(span: &Span, result: Result<&Head, &Error>) {
    let call = result.map_or_else(Error::call, |head| Some(&head.call));
    if let Some(call) = call {
        span.in_scope(|| attempted(call, result, None));
    }
    ended(span, result);
}

/// Records the result of a call in its span.
pub(crate) fn ended(span: &Span, result: Result<&Head, &Error>) {
    let attempts = match result {
        Ok(head) => head.call.attempts,
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

/// Emits the event for a failed token request. While the old token is still valid, no call fails, and this event is the
/// only sign of the failure. It omits the error message, which repeats the body of the authority's response.
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

/// Emits the event for a hook that could not store a refresh token. It omits the hook's error, which may repeat the
/// token.
#[cfg(feature = "oauth2")]
pub(crate) fn not_stored(error: &CredentialError) {
    tracing::event!(
        target: TARGET,
        Level::WARN,
        error.type = ?error.kind(),
        "refresh token not stored"
    );
}

fn status(result: Result<&Head, &Error>) -> Option<u16> {
    let status = result.map_or_else(Error::status, |head| Some(head.status));
    status.map(|status| status.as_u16())
}

/// Returns the `error.type`. For an error response, OpenTelemetry requires its status.
fn kind(error: &Error) -> String {
    match (error.kind(), error.status()) {
        (ErrorKind::ErrorResponse, Some(status)) => status.as_u16().to_string(),
        (kind, _) => format!("{kind:?}"),
    }
}
