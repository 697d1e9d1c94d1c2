//! Names of Partner Center's own headers, as Microsoft writes them.
//!
//! <https://learn.microsoft.com/partner-center/developer/headers>

pub(crate) const APPLICATION: &str = "MS-PartnerCenter-Application";
pub(crate) const CORRELATION_ID: &str = "MS-CorrelationId";
pub(crate) const IS_MFA_COMPLIANT: &str = "isMfaCompliant";
pub(crate) const LOCALE: &str = "X-Locale";
pub(crate) const REQUEST_ID: &str = "MS-RequestId";
pub(crate) const VALIDATE_MFA: &str = "ValidateMfa";
