//! The remedies for the most common sign-in failures.
//!
//! <https://learn.microsoft.com/entra/identity-platform/reference-error-codes>

/// Returns the remedy for an AADSTS code.
pub(super) fn of_sign_in(code: u32) -> Option<&'static str> {
    Some(match code {
        7_000_215 => "use the value of the client secret rather than its ID",
        7_000_222 => "add a new client secret to the app registration",
        700_016 => "check the client ID, and that its app is registered in this tenant and cloud",
        90_002 | 900_023 => "check the tenant, and that it belongs to this cloud",
        500_011 | 65_001 => {
            "grant the app the permissions of Microsoft Partner Center in this tenant"
        }
        50_076 | 50_079 | 50_158 => {
            "let the user consent again with multi-factor authentication, and use the new refresh token"
        }
        50_173 | 70_008 | 70_043 | 700_082 => {
            "let the user consent again, and use the new refresh token"
        }
        53_003 => "ask the tenant's administrator about the conditional access policy",
        _ => return None,
    })
}
