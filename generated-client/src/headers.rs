//! The headers that the client sets, and the names of Partner Center's own headers.
//!
//! | Header | Set on | Here |
//! |---|---|---|
//! | `User-Agent`, `Accept-Encoding` | each request, including sign-in | [`common`] |
//! | `MS-PartnerCenter-Application`, `ValidateMfa` | each request of a client with that setting | [`of_client`] |
//! | `X-Locale`, `Authorization`, `MS-RequestId`, `MS-CorrelationId` | each attempt of a call | [`add_to_attempt`] |
//!
//! The generated operations set `Accept`, `Content-Type` and the headers that are arguments of an operation.
//!
//! Microsoft writes the names as `MS-RequestId`, `X-Locale` and so on; HTTP ignores their case.
//!
//! <https://learn.microsoft.com/partner-center/developer/headers>

use reqwest::header::{
    ACCEPT_ENCODING, AUTHORIZATION, HeaderMap, HeaderName, HeaderValue, USER_AGENT,
};

use crate::{call::Call, token::Token};

pub(crate) static CORRELATION_ID: HeaderName = HeaderName::from_static("ms-correlationid");
pub(crate) static IS_MFA_COMPLIANT: HeaderName = HeaderName::from_static("ismfacompliant");
pub(crate) static REQUEST_ID: HeaderName = HeaderName::from_static("ms-requestid");
static APPLICATION: HeaderName = HeaderName::from_static("ms-partnercenter-application");
static LOCALE: HeaderName = HeaderName::from_static("x-locale");
static VALIDATE_MFA: HeaderName = HeaderName::from_static("validatemfa");

const PRODUCT: &str = concat!("partner-center-client/", env!("CARGO_PKG_VERSION"));

/// Returns the headers of every request, whether to the service or to the authority.
pub(crate) fn common(user_agent: HeaderValue) -> HeaderMap {
    HeaderMap::from_iter([
        (USER_AGENT, user_agent),
        (ACCEPT_ENCODING, HeaderValue::from_static("identity")),
    ])
}

/// Returns the value of `User-Agent`, or the reason why the suffix is invalid.
pub(crate) fn user_agent(suffix: Option<&str>) -> Result<HeaderValue, &'static str> {
    let Some(suffix) = suffix else { return Ok(HeaderValue::from_static(PRODUCT)) };
    let problem = "user agent suffix: empty or not printable ASCII; write it like contoso/2.1";
    if !is_printable(suffix) {
        return Err(problem);
    }
    HeaderValue::try_from(format!("{PRODUCT} {}", suffix.trim())).map_err(|_| problem)
}

/// Returns the headers that the settings of a client add to each of its requests.
pub(crate) fn of_client(application: Option<HeaderValue>, validate_mfa: bool) -> HeaderMap {
    let mut headers = HeaderMap::new();
    if let Some(name) = application {
        headers.insert(&APPLICATION, name);
    }
    if validate_mfa {
        headers.insert(&VALIDATE_MFA, HeaderValue::from_static("true"));
    }
    headers
}

/// Adds the headers of one attempt of a call. The IDs are the same for all attempts of the call.
pub(crate) fn add_to_attempt(
    headers: &mut HeaderMap,
    locale: &HeaderValue,
    token: &Token,
    call: &Call,
) {
    // Reserves room for these headers and the headers that hyper adds, so that the map grows only once.
    headers.reserve(10);
    headers.insert(&LOCALE, locale.clone());
    headers.insert(AUTHORIZATION, token.header());
    headers.insert(&REQUEST_ID, guid(call.request_id()));
    headers.insert(&CORRELATION_ID, guid(call.correlation_id()));
}

fn guid(text: &str) -> HeaderValue {
    HeaderValue::from_str(text).expect("a GUID consists of hexadecimal digits and hyphens")
}

/// Returns the value of `MS-PartnerCenter-Application`, or the reason why the name is invalid.
pub(crate) fn application(name: &str) -> Result<HeaderValue, &'static str> {
    HeaderValue::from_str(name)
        .ok()
        .filter(|_| is_printable(name))
        .ok_or("application name: empty or not printable ASCII; use letters and digits")
}

fn is_printable(text: &str) -> bool {
    text.is_ascii() && !text.trim().is_empty()
}

/// Returns the value of `X-Locale`, or the reason why the locale is invalid.
///
/// Microsoft's budget pages show the locale in quotes, which are not part of it.
pub(crate) fn locale(locale: &str) -> Result<HeaderValue, &'static str> {
    HeaderValue::from_str(locale)
        .ok()
        .filter(|_| is_language_tag(locale))
        .ok_or("locale: not a language tag; write it like en-US")
}

/// Matches the document's pattern for `X-Locale`: `^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$`.
fn is_language_tag(text: &str) -> bool {
    let mut parts = text.split('-').map(str::as_bytes);
    let language = parts.next().unwrap_or_default();
    matches!(language.len(), 2..=3)
        && language.iter().all(u8::is_ascii_alphabetic)
        && parts
            .all(|part| matches!(part.len(), 2..=8) && part.iter().all(u8::is_ascii_alphanumeric))
}

/// Returns the value of a header, if it is text and not empty.
pub(crate) fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    let text = headers.get(name)?.to_str().ok()?.trim();
    (!text.is_empty()).then_some(text)
}
