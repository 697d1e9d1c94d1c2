//! Converts numerals in several notations to decimals that every YAML parser reads the same way.

/// Returns true for a decimal without a plus sign, leading zeros or an exponent.
pub(super) fn is_plain(text: &str) -> bool {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    is_digits(whole) && is_digits(fraction) && (whole == "0" || !whole.starts_with('0'))
}

/// Removes underscores, leading zeros, the plus sign and a short exponent from a decimal numeral.
pub(super) fn decimal(text: &str) -> Option<String> {
    let text = text.replace('_', "");
    let (sign, unsigned) = signed(&text);
    let (mantissa, exponent) = unsigned.split_once(['e', 'E']).unwrap_or((unsigned, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.len() + fraction.len() == 0 || !is_digits(whole) || !is_digits(fraction) {
        return None;
    }
    Some(format!("{sign}{}", shifted(whole, fraction, exponent.parse().ok()?)))
}

/// Moves the decimal point by the exponent, or keeps the exponent if it is large.
fn shifted(whole: &str, fraction: &str, exponent: i64) -> String {
    const FARTHEST: usize = 20;
    let by = usize::try_from(exponent.unsigned_abs()).unwrap_or(usize::MAX);
    if by > FARTHEST {
        let sign = if exponent < 0 { '-' } else { '+' };
        let fraction = if fraction.is_empty() { "0" } else { fraction };
        return format!("{}.{fraction}e{sign}{by}", without_zeros(whole));
    }
    let zeros = "0".repeat(by);
    let digits = match exponent < 0 {
        true => format!("{zeros}{whole}{fraction}"),
        false => format!("{whole}{fraction}{zeros}"),
    };
    let point = if exponent < 0 { whole.len() } else { whole.len() + by };
    let (whole, fraction) = digits.split_at(point);
    let fraction = match exponent {
        0 => fraction,
        _ => fraction.trim_end_matches('0'),
    };
    match fraction {
        "" => without_zeros(whole).to_owned(),
        _ => format!("{}.{fraction}", without_zeros(whole)),
    }
}

/// Converts an integer with the prefix `0b`, `0o` or `0x`, or `0` for base 8.
pub(super) fn in_radix(text: &str) -> Option<String> {
    let text = text.replace('_', "").to_ascii_lowercase();
    let (sign, unsigned) = signed(&text);
    let prefixes = [("0b", 2), ("0o", 8), ("0x", 16), ("0", 8)];
    let (digits, radix) = prefixes
        .into_iter()
        .find_map(|(prefix, radix)| Some((unsigned.strip_prefix(prefix)?, radix)))?;
    let value = match digits {
        // The numeral is `0` or `0_`.
        "" if radix == 8 => 0,
        _ => u128::from_str_radix(digits, radix).ok()?,
    };
    Some(format!("{sign}{value}"))
}

/// Converts a number in base 60, such as `12:30:45.5`.
pub(super) fn sexagesimal(text: &str) -> Option<String> {
    let text = text.replace('_', "");
    let (sign, unsigned) = signed(&text);
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    let value = whole
        .split(':')
        .try_fold(0_u128, |value, group| value.checked_mul(60)?.checked_add(group.parse().ok()?))?;
    match fraction {
        "" => Some(format!("{sign}{value}")),
        _ => Some(format!("{sign}{value}.{fraction}")),
    }
}

fn signed(text: &str) -> (&str, &str) {
    match text.strip_prefix('-') {
        Some(unsigned) => ("-", unsigned),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    }
}

fn without_zeros(digits: &str) -> &str {
    match digits.trim_start_matches('0') {
        "" => "0",
        digits => digits,
    }
}
