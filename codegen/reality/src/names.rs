//! Hides names of undeclared members and headers that may be secrets. For example, a map can have the email addresses
//! of users as keys.

/// The text that replaces a hidden name.
const WITHHELD: &str = "(name withheld)";

/// The limits for a name to be shown. Tokens are longer, and IDs have more digits.
const MAX_LENGTH: usize = 40;
const MAX_DIGITS: usize = 3;

/// The minimum length at which a name of hexadecimal digits may be an ID.
const ID_LENGTH: usize = 8;

/// Returns a name, or a placeholder if it does not look like an identifier.
pub(crate) fn shown(name: &str) -> &str {
    if is_identifier(name) { name } else { WITHHELD }
}

/// Returns true for a name of ASCII letters, a few digits, `_` and `-`. It may begin with `@`, `$` or `_` and with the
/// prefix of an OData annotation.
fn is_identifier(name: &str) -> bool {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identifier_is_shown() {
        for name in ["items", "usageV2", "total_count", "X-Region", "@odata.nextLink", "$id"] {
            assert_eq!(shown(name), name);
        }
    }

    #[test]
    fn any_other_name_is_withheld() {
        let names = [
            "",
            "alice@contoso.com",
            "Contoso Ltd",
            "ea1c26b7-8c99-42bb-ba7d-c535831fae8e",
            "aaaaaaaa-aaaa-aaaa-aaaa-aaaaaaaaaaaa",
            "eyJ0eXAi.eyJhdWQi.c2lnbmF0",
            "5357563",
            "name\u{202e}",
            "aVeryLongNameThatNoMemberOfAnyServiceWillHave",
        ];
        for name in names {
            assert_eq!(shown(name), WITHHELD, "{name}");
        }
    }
}
