//! Exact decimal numbers. As binary floating-point numbers, some amounts of money would compare incorrectly.

use std::cmp::Ordering;

use crate::tree::split_radix;

/// A number: `digits` times ten to the power of `exponent`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Number {
    is_negative: bool,
    /// The digits without zeros at either end; empty for zero.
    digits: String,
    exponent: i64,
}

impl Number {
    /// Parses a YAML or JSON number. Returns `None` for infinity and for text that is not a number.
    pub fn parse(text: &str) -> Option<Self> {
        let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
        let is_negative = text.starts_with('-');
        if let Some((digits, radix)) = split_radix(unsigned) {
            let value = u128::from_str_radix(digits, radix).ok()?;
            return Some(Self::of(is_negative, &value.to_string(), 0));
        }
        let (mantissa, exponent) = unsigned.split_once(['e', 'E']).unwrap_or((unsigned, "0"));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let digits = format!("{whole}{fraction}");
        let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        let exponent: i64 = exponent.parse().ok()?;
        let exponent = exponent.checked_sub(i64::try_from(fraction.len()).ok()?)?;
        is_number.then(|| Self::of(is_negative, &digits, exponent))
    }

    fn of(is_negative: bool, digits: &str, exponent: i64) -> Self {
        let short = digits.trim_end_matches('0');
        let zeros = i64::try_from(digits.len() - short.len()).unwrap_or(i64::MAX);
        let digits = short.trim_start_matches('0').to_owned();
        match digits.is_empty() {
            true => Self { is_negative: false, digits, exponent: 0 },
            false => Self { is_negative, digits, exponent: exponent.saturating_add(zeros) },
        }
    }

    /// Returns true if the number is a multiple of a factor; `None` if the numbers are too large to decide.
    pub(crate) fn is_multiple_of(&self, factor: &Self) -> Option<bool> {
        const MAX_ZEROS: i64 = 1000;
        let zeros = self.exponent.checked_sub(factor.exponent)?;
        let modulus: u128 =
            factor.digits.parse().ok().filter(|modulus| *modulus < u128::MAX / 16)?;
        if self.digits.is_empty() {
            return Some(true);
        }
        if zeros < 0 {
            // The last digit is not zero, so the digits are not divisible by ten.
            return Some(false);
        }
        let zeros = usize::try_from(zeros).ok().filter(|_| zeros <= MAX_ZEROS)?;
        let digits =
            self.digits.bytes().map(|byte| byte - b'0').chain(std::iter::repeat_n(0, zeros));
        let rest = digits.fold(0, |rest, digit| (rest * 10 + u128::from(digit)) % modulus);
        Some(rest == 0)
    }

    fn magnitude(&self) -> (i64, &str) {
        let length = i64::try_from(self.digits.len()).unwrap_or(i64::MAX);
        (self.exponent.saturating_add(length), &self.digits)
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Self) -> Ordering {
        let sign = |number: &Self| match (number.digits.is_empty(), number.is_negative) {
            (true, _) => 0,
            (false, true) => -1,
            (false, false) => 1,
        };
        let by_magnitude = || match self.is_negative {
            true => other.magnitude().cmp(&self.magnitude()),
            false => self.magnitude().cmp(&other.magnitude()),
        };
        sign(self).cmp(&sign(other)).then_with(by_magnitude)
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
