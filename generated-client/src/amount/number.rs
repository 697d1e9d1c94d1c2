//! Compares and hashes JSON numbers.

use std::{
    cmp::Ordering,
    hash::{Hash, Hasher},
};

/// The parts of a JSON number: 0.`integer``fraction` × 10^`magnitude`, without leading or trailing zeros.
///
/// It borrows its digits and never writes out zeros, so `1e1000000000` costs no more than `1`.
pub(super) struct Number<'a> {
    pub(super) negative: bool,
    pub(super) magnitude: i128,
    integer: &'a str,
    fraction: &'a str,
}

impl<'a> Number<'a> {
    /// Splits a literal into its parts. The literal must be a JSON number.
    pub(super) fn new(literal: &'a str) -> Self {
        let unsigned = literal.strip_prefix('-').unwrap_or(literal);
        let (mantissa, exponent) = unsigned.split_once(['e', 'E']).unwrap_or((unsigned, "0"));
        let (integer, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let (exponent, fraction) = (parse_exponent(exponent), fraction.trim_end_matches('0'));
        let magnitude = exponent.saturating_add(integer.len() as i128);
        let (magnitude, integer, fraction) = match (integer, fraction) {
            ("0", "") => return Self { negative: false, magnitude: 0, integer: "", fraction: "" },
            ("0", _) => {
                let digits = fraction.trim_start_matches('0');
                (exponent.saturating_sub((fraction.len() - digits.len()) as i128), "", digits)
            }
            (_, "") => (magnitude, integer.trim_end_matches('0'), ""),
            _ => (magnitude, integer, fraction),
        };
        Self { negative: unsigned.len() < literal.len(), magnitude, integer, fraction }
    }

    pub(super) fn digits(&self) -> impl Iterator<Item = u8> {
        self.integer.bytes().chain(self.fraction.bytes())
    }

    pub(super) fn is_zero(&self) -> bool {
        self.digits().next().is_none()
    }

    /// Compares the absolute values. Zero has no digits, so its magnitude is meaningless.
    fn cmp_unsigned(&self, other: &Self) -> Ordering {
        let by_size =
            || self.magnitude.cmp(&other.magnitude).then(self.digits().cmp(other.digits()));
        other.is_zero().cmp(&self.is_zero()).then_with(by_size)
    }

    pub(super) fn cmp(&self, other: &Self) -> Ordering {
        match (self.negative, other.negative) {
            (false, false) => self.cmp_unsigned(other),
            (false, true) => Ordering::Greater,
            (true, false) => Ordering::Less,
            (true, true) => other.cmp_unsigned(self),
        }
    }
}

impl Hash for Number<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.negative.hash(state);
        self.magnitude.hash(state);
        self.digits().for_each(|digit| digit.hash(state));
        // A terminator separates the digits from whatever is hashed next.
        state.write_u8(0xff);
    }
}

fn parse_exponent(text: &str) -> i128 {
    let digits = text.trim_start_matches(['+', '-']).bytes();
    let size = digits.fold(0i128, |size, digit| {
        size.saturating_mul(10).saturating_add(i128::from(digit - b'0'))
    });
    if text.starts_with('-') { -size } else { size }
}
