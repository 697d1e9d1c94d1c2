//! Names of Partner Center's own headers. Microsoft writes them `MS-RequestId`, `X-Locale` and so
//! on; HTTP takes them in any case.
//!
//! <https://learn.microsoft.com/partner-center/developer/headers>

use reqwest::header::HeaderName;

pub(crate) static APPLICATION: HeaderName = HeaderName::from_static("ms-partnercenter-application");
pub(crate) static CORRELATION_ID: HeaderName = HeaderName::from_static("ms-correlationid");
pub(crate) static IS_MFA_COMPLIANT: HeaderName = HeaderName::from_static("ismfacompliant");
pub(crate) static LOCALE: HeaderName = HeaderName::from_static("x-locale");
pub(crate) static REQUEST_ID: HeaderName = HeaderName::from_static("ms-requestid");
pub(crate) static VALIDATE_MFA: HeaderName = HeaderName::from_static("validatemfa");
