//! The names of members and headers in a recording.

/// The replacement for a name that is not written.
pub(super) const REDACTED: &str = "[redacted]";

/// The limits for a name that is written. Tokens are longer, and IDs have more digits.
const MAX_LENGTH: usize = 40;
const MAX_DIGITS: usize = 3;

/// The minimum length at which a name of hexadecimal digits may be an ID.
const ID_LENGTH: usize = 8;

/// Returns true for a name that consists of ASCII letters, a few digits, `_` and `-`. It may begin with `@`, `$` or
/// `_`, and then with the prefix of an OData annotation.
pub(super) fn is_identifier(name: &str) -> bool {
    let local = name.strip_prefix(['@', '$', '_']).unwrap_or(name);
    let local = local.strip_prefix("odata.").unwrap_or(local);
    name.len() <= MAX_LENGTH
        && local.starts_with(|first: char| first.is_ascii_alphabetic())
        && local.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
        && name.bytes().filter(u8::is_ascii_digit).count() <= MAX_DIGITS
        && !(name.len() >= ID_LENGTH && is_hexadecimal(name))
}

fn is_hexadecimal(name: &str) -> bool {
    name.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-')
}
