//! Remedies for the faults that an access token causes.
//!
//! <https://learn.microsoft.com/partner-center/developer/error-codes>

const APP_ONLY: &str = "the operation does not accept app-only tokens; \
    use an app+user credential, such as `AppUserCredential`";

/// Returns the remedy for a reason phrase, which is the only explanation for some rejected requests.
pub(super) fn of_reason(reason: &str) -> Option<&'static str> {
    reason.contains("accessed by application credentials").then_some(APP_ONLY)
}

/// Returns the remedy for a service error code that a new token of the same kind would cause again.
pub(super) fn of_fault(code: &str) -> Option<&'static str> {
    match code {
        "900420" => Some(
            "the token is for another audience; \
             obtain it for https://api.partnercenter.microsoft.com",
        ),
        "900421" => Some(
            "the token was obtained without multi-factor authentication; \
             let the user sign in or consent again with it",
        ),
        "900308" | "900309" => Some(
            "a conditional access policy applies to the token; \
             ask the administrator of the partner's tenant about it",
        ),
        "900329" => Some(APP_ONLY),
        _ => None,
    }
}
