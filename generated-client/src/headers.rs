//! Headers: the names of Partner Center's own, and what the text of any says.
//!
//! Microsoft writes the names as `MS-RequestId`, `X-Locale` and so on; HTTP takes them in any case.
//!
//! <https://learn.microsoft.com/partner-center/developer/headers>

use reqwest::header::{HeaderMap, HeaderName};

pub(crate) static APPLICATION: HeaderName = HeaderName::from_static("ms-partnercenter-application");
pub(crate) static CORRELATION_ID: HeaderName = HeaderName::from_static("ms-correlationid");
pub(crate) static IS_MFA_COMPLIANT: HeaderName = HeaderName::from_static("ismfacompliant");
pub(crate) static LOCALE: HeaderName = HeaderName::from_static("x-locale");
pub(crate) static REQUEST_ID: HeaderName = HeaderName::from_static("ms-requestid");
pub(crate) static VALIDATE_MFA: HeaderName = HeaderName::from_static("validatemfa");

/// A header's value, if it is text and says something.
pub(crate) fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    let text = headers.get(name)?.to_str().ok()?.trim();
    (!text.is_empty()).then_some(text)
}
