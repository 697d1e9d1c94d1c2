//! Classifies the keys of `responses`.

/// Returns true for a status code such as `404`, a range such as `4XX`, or `default`.
pub fn is_status(key: &str) -> bool {
    let is_range = matches!(key.as_bytes(), [b'1'..=b'5', b'X', b'X']);
    let is_code = matches!(key.as_bytes(), [b'1'..=b'5', b'0'..=b'9', b'0'..=b'9']);
    key == "default" || is_range || is_code
}

/// Returns true if a status is a code, or a range such as `4XX` that includes it.
pub fn includes(status: &str, code: &str) -> bool {
    let is_in_range = || match (status.as_bytes(), code.as_bytes()) {
        ([class, b'X', b'X'], [first, _, _]) => class == first,
        _ => false,
    };
    status == code || is_in_range()
}

/// Returns true for a status code, or a range of codes, that means success.
pub fn is_success(key: &str) -> bool {
    is_status(key) && key.starts_with('2')
}
