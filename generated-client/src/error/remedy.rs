//! Remedies for the faults that an access token causes.
//!
//! <https://learn.microsoft.com/partner-center/developer/error-codes>

/// Returns the remedy for a code of the service that a new token of the same kind would cause again.
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
        "900329" => Some("app-only tokens are not accepted here; use an app+user credential"),
        _ => None,
    }
}
