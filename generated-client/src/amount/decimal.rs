//! Conversions to and from `rust_decimal`.

use rust_decimal::Decimal;

use super::{Amount, AmountError, Number};

/// Keeps the scale: the `Decimal` 100.10 becomes `100.10`.
impl From<Decimal> for Amount {
    fn from(decimal: Decimal) -> Self {
        Self::new(&decimal.to_string()).expect("a decimal prints as a JSON number")
    }
}

/// Fails instead of rounding: a `Decimal` holds 28 digits, up to 28 of them after the decimal point.
impl TryFrom<&Amount> for Decimal {
    type Error = AmountError;

    fn try_from(amount: &Amount) -> Result<Self, AmountError> {
        let literal = amount.as_str();
        Self::from_str_exact(literal).ok().or_else(|| amount.number().to_decimal()).ok_or_else(
            || AmountError::new(literal, "more digits than a `Decimal` holds; use `as_str`"),
        )
    }
}

/// Converts in the same way as a `&Amount`.
impl TryFrom<Amount> for Decimal {
    type Error = AmountError;

    fn try_from(amount: Amount) -> Result<Self, AmountError> {
        Self::try_from(&amount)
    }
}

impl Number<'_> {
    /// Converts numbers that `from_str_exact` cannot read: numbers with an exponent, or with more trailing zeros than
    /// the scale of a `Decimal` allows.
    fn to_decimal(&self) -> Option<Decimal> {
        let coefficient = self.digits().try_fold(0i128, |sum, digit| {
            sum.checked_mul(10)?.checked_add(i128::from(digit - b'0'))
        })?;
        let coefficient = if self.negative { -coefficient } else { coefficient };
        let exponent = self.magnitude.checked_sub(self.digits().count() as i128)?;
        match u32::try_from(exponent) {
            Ok(zeros) => {
                let integer = coefficient.checked_mul(10i128.checked_pow(zeros)?)?;
                Decimal::try_from_i128_with_scale(integer, 0).ok()
            }
            Err(_) => {
                let scale = u32::try_from(exponent.unsigned_abs()).ok()?;
                Decimal::try_from_i128_with_scale(coefficient, scale).ok()
            }
        }
    }
}
