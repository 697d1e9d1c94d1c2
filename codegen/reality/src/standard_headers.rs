//! The headers that standards define. Every service may send them, so an OpenAPI document need not declare them.
//!
//! Sources: the permanent entries of <https://www.iana.org/assignments/http-fields>, the Fetch standard, and headers
//! that proxies commonly use.

/// The names in lowercase, one per line.
const STANDARD: &str = include_str!("standard_headers.txt");

/// Returns true for a standard header, in any letter case.
pub(crate) fn contains(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    // Only browsers can set headers with this prefix.
    name.starts_with("sec-") || STANDARD.lines().any(|standard| standard == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_letter_case_is_found() {
        assert!(contains("Content-Type") && contains("SEC-CH-UA") && contains("via"));
        assert!(!contains("MS-RequestId") && !contains("x-ms-region"));
    }
}
