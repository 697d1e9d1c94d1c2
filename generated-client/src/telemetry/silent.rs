//! Replaces the telemetry if the feature `tracing` is disabled: emits nothing.

use std::time::Duration;

use reqwest::Url;

use crate::{call::Call, credential::CredentialError, error::Error, head::Head};

pub(crate) struct Span;

pub(crate) fn span(_: &Call, _: &Url) -> Span {
    Span
}

pub(crate) fn within<F>(_: &Span, call: F) -> F {
    call
}

pub(crate) fn attempted(_: &Call, _: Result<&Head, &Error>, _: Option<Duration>) {}

pub(crate) fn received(_: &Span, _: Result<&Head, &Error>) {}

pub(crate) fn ended(_: &Span, _: Result<&Head, &Error>) {}

pub(crate) fn token_failed(_: &CredentialError) {}

#[cfg(feature = "oauth2")]
pub(crate) fn not_stored(_: &CredentialError) {}
