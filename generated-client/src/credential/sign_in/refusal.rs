//! The error for a response in which the authority refuses to issue a token.

use memchr::memmem::Finder;
use oauth2::{
    HttpResponse,
    http::{HeaderMap, StatusCode, header::CONTENT_TYPE},
};
use secrecy::{ExposeSecret, SecretString};
use serde::de::IgnoredAny;
use serde_json::{Map, Value};

use crate::{
    credential::{CredentialError, CredentialErrorKind, error::AuthorityResponse},
    encoding, excerpt, headers,
    redact::{End, SHORTEST, redact},
    retry_after,
};

/// The secrets of a request, which the response might repeat.
pub(super) struct Secrets(pub(super) Vec<SecretString>);

/// Creates the error for a response whose status is not a success.
pub(super) fn error(response: &HttpResponse, secrets: &Secrets) -> CredentialError {
    let (status, headers) = (response.status(), response.headers());
    let members = serde_json::from_slice(response.body()).unwrap_or_default();
    let refusal = Refusal { members, secrets };
    let message = refusal.summary().unwrap_or_else(|| explanation(response, secrets));
    let problem = format!("sign-in: {status}: {message}");
    CredentialError::new(CredentialErrorKind::ErrorResponse, problem)
        .with_response(refusal.response(status, headers))
}

/// The members of a response. Each is read separately, so that one with an unusual type does not hide the others.
struct Refusal<'a> {
    members: Map<String, Value>,
    secrets: &'a Secrets,
}

impl Refusal<'_> {
    fn response(&self, status: StatusCode, headers: &HeaderMap) -> AuthorityResponse {
        AuthorityResponse {
            status: Some(status),
            retry_after: retry_after::parse(headers),
            error: self.text("error"),
            codes: self.codes(),
            trace_id: self.text("trace_id"),
            correlation_id: self.text("correlation_id"),
        }
    }

    /// Returns a line such as `invalid_client: AADSTS7000215: Invalid client secret provided.`
    fn summary(&self) -> Option<String> {
        let error = self.text("error").map(|error| excerpt::one_line(&error, 64));
        let description = self.text("error_description");
        let description = description.map(|text| excerpt::one_line(without_ids(&text), 1024));
        let parts: Vec<String> = [error, description].into_iter().flatten().collect();
        (!parts.is_empty()).then(|| parts.join(": "))
    }

    fn codes(&self) -> Vec<u32> {
        let codes = self.members.get("error_codes").and_then(Value::as_array);
        let codes = codes.into_iter().flatten().filter_map(Value::as_u64);
        let codes: Vec<u32> = codes.filter_map(|code| code.try_into().ok()).collect();
        if codes.is_empty() { self.code_of_description().into_iter().collect() } else { codes }
    }

    /// Returns 7000215 for `AADSTS7000215: Invalid client secret provided.`
    fn code_of_description(&self) -> Option<u32> {
        let description = self.text("error_description")?;
        let (_, code) = description.split_once("AADSTS")?;
        let end = code.find(|character: char| !character.is_ascii_digit());
        code[..end.unwrap_or(code.len())].parse().ok()
    }

    fn text(&self, member: &str) -> Option<String> {
        let text = self.members.get(member)?.as_str()?.trim();
        (!text.is_empty()).then(|| self.secrets.hidden_in(text))
    }
}

/// Removes the end of a description: the time, and the IDs, which the response also has as members.
fn without_ids(description: &str) -> &str {
    description.split("Trace ID:").next().unwrap_or(description).trim()
}

/// Describes a response that is not an OAuth error response.
fn explanation(response: &HttpResponse, secrets: &Secrets) -> String {
    if response.status().is_redirection() {
        return "a redirect, which is not followed".to_owned();
    }
    let content_type = headers::text(response.headers(), &CONTENT_TYPE);
    if serde_json::from_slice::<IgnoredAny>(response.body()).is_ok() {
        // Other JSON might contain a token.
        return excerpt::size(content_type, response.body());
    }
    if let Some(problem) = encoding::unread(response.headers(), response.body()) {
        return problem;
    }
    let body = secrets.hidden_in(&String::from_utf8_lossy(response.body()));
    excerpt::of_body(content_type, body.as_bytes())
}

impl Secrets {
    /// Replaces each secret in the text with `<secret>`.
    pub(super) fn hidden_in(&self, text: &str) -> String {
        let secrets = self.0.iter().map(|secret| secret.expose_secret());
        let secrets = secrets.filter(|secret| secret.len() >= SHORTEST);
        secrets.fold(text.to_owned(), |text, secret| {
            match redact(text.as_bytes(), End::Whole, &Finder::new(secret), b"<secret>") {
                Some(redacted) => String::from_utf8_lossy(&redacted).into_owned(),
                None => text,
            }
        })
    }
}
