//! The integer widths that formats specify or that the bounds of a schema require.

use crate::tree::{Node, split_radix};

/// The range of a Rust integer type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Width {
    /// The format that specifies the type.
    pub format: &'static str,
    pub least: i128,
    /// The maximum of the range; for `uint128`, the maximum of `i128`.
    pub most: i128,
}

const fn width(format: &'static str, least: i128, most: i128) -> Width {
    Width { format, least, most }
}

const SIGNED: [Width; 5] = [
    width("int8", i8::MIN as i128, i8::MAX as i128),
    width("int16", i16::MIN as i128, i16::MAX as i128),
    width("int32", i32::MIN as i128, i32::MAX as i128),
    width("int64", i64::MIN as i128, i64::MAX as i128),
    width("int128", i128::MIN, i128::MAX),
];

const UNSIGNED: [Width; 5] = [
    width("uint8", 0, u8::MAX as i128),
    width("uint16", 0, u16::MAX as i128),
    width("uint32", 0, u32::MAX as i128),
    width("uint64", 0, u64::MAX as i128),
    width("uint128", 0, i128::MAX),
];

const INT64: Width = SIGNED[3];

impl Width {
    /// Returns the narrowest width that contains all integers of a format; `None` if the format is not an integer
    /// format. OpenAPI's format registry also has `int24`, `int63` and `sint32`.
    pub fn of_format(format: &str) -> Option<Self> {
        let (widths, bits) = match format.strip_prefix("uint") {
            Some(bits) => (&UNSIGNED, bits),
            None => (&SIGNED, format.trim_start_matches('s').strip_prefix("int")?),
        };
        // In other languages, an integer type without a stated width has at most 64 bits.
        let bits: u32 = if bits.is_empty() { 64 } else { bits.parse().ok()? };
        let sizes = [8, 16, 32, 64, 128];
        sizes.iter().position(|size| bits <= *size).map(|index| widths[index])
    }

    /// Returns the width that a format specifies exactly, unlike `int24`, which only fits into a width.
    pub fn named(format: &str) -> Option<Self> {
        Self::of_format(format).filter(|width| width.format == format)
    }

    /// Returns true if both ends of a range are within the width.
    pub fn contains(self, least: i128, most: i128) -> bool {
        let range = self.least..=self.most;
        range.contains(&least) && range.contains(&most)
    }
}

/// The format and bounds of an integer schema. The bounds are kept as they are written.
#[derive(Clone, Copy, Debug, Default)]
pub struct Bounds<'a> {
    pub format: Option<&'a str>,
    pub minimum: Option<&'a str>,
    pub maximum: Option<&'a str>,
    pub excludes_minimum: bool,
    pub excludes_maximum: bool,
}

impl<'t> Bounds<'t> {
    /// Returns the format and the bounds of a schema.
    pub fn of(schema: Node<'t>) -> Self {
        Self {
            format: schema.get_str("format"),
            minimum: schema.get("minimum").and_then(Node::as_number),
            maximum: schema.get("maximum").and_then(Node::as_number),
            excludes_minimum: schema.is_true("exclusiveMinimum"),
            excludes_maximum: schema.is_true("exclusiveMaximum"),
        }
    }
}

impl Bounds<'_> {
    /// Returns the width of the format, or a wider one if the bounds exceed it. Returns `None` if there is no format
    /// and 64 bits suffice.
    pub fn width(self) -> Option<Width> {
        let named = self.format.and_then(Width::of_format);
        let width = named.unwrap_or(INT64);
        let (least, most) = self.range();
        let (least, most) = (least.unwrap_or(width.least), most.unwrap_or(width.most));
        if width.contains(least, most) {
            return named;
        }
        let wider = [INT64, UNSIGNED[3], SIGNED[4], UNSIGNED[4]];
        Some(wider.into_iter().find(|wider| wider.contains(least, most)).unwrap_or(SIGNED[4]))
    }

    /// Returns true if the type for these bounds can hold all integers that the other bounds allow.
    pub fn hold(self, others: Bounds<'_>) -> bool {
        let width = |bounds: Bounds<'_>| bounds.width().unwrap_or(INT64);
        let (least, most) = others.range();
        let others = width(others);
        width(self).contains(least.unwrap_or(others.least), most.unwrap_or(others.most))
    }

    /// Returns the least and the greatest integer that the bounds allow.
    pub fn range(self) -> (Option<i128>, Option<i128>) {
        let least = self.minimum.and_then(integer);
        let most = self.maximum.and_then(integer);
        (
            least.map(|least| least.saturating_add(i128::from(self.excludes_minimum))),
            most.map(|most| most.saturating_sub(i128::from(self.excludes_maximum))),
        )
    }
}

/// Parses a YAML or JSON number, and truncates it to an integer.
fn integer(text: &str) -> Option<i128> {
    if let Some((digits, radix)) = split_radix(text.trim_start_matches(['-', '+'])) {
        let size = i128::from_str_radix(digits, radix).ok()?;
        return Some(if text.starts_with('-') { -size } else { size });
    }
    text.parse().ok().or_else(|| text.parse::<f64>().ok().map(|number| number as i128))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn format(bounds: Bounds<'_>) -> Option<&'static str> {
        bounds.width().map(|width| width.format)
    }

    fn between(minimum: &'static str, maximum: &'static str) -> Bounds<'static> {
        Bounds { minimum: Some(minimum), maximum: Some(maximum), ..Bounds::default() }
    }

    #[test]
    fn width_of_a_format() {
        let formats =
            ["int8", "uint16", "int24", "int63", "sint32", "uint", "uint64", "int", "date"];
        let widths = formats.map(|name| format(Bounds { format: Some(name), ..Bounds::default() }));
        let expected = ["int8", "uint16", "int32", "int64", "int32", "uint64", "uint64", "int64"];
        assert_eq!(widths[..8], expected.map(Some));
        assert_eq!(widths[8], None);
    }

    #[test]
    fn bounds_within_64_bits_need_no_width() {
        assert_eq!(format(Bounds::default()), None);
        assert_eq!(format(between("0", "9223372036854775807")), None);
        assert_eq!(format(Bounds { minimum: Some("0.5"), ..Bounds::default() }), None);
    }

    #[test]
    fn bounds_beyond_64_bits_need_a_wider_type() {
        assert_eq!(format(between("0", "18446744073709551615")), Some("uint64"));
        assert_eq!(format(between("0", "1e19")), Some("uint64"));
        assert_eq!(format(between("-1", "18446744073709551615")), Some("int128"));
        assert_eq!(format(between("0", "18446744073709551616")), Some("int128"));
        assert_eq!(format(between("-9223372036854775809", "0")), Some("int128"));
        let most = Some("18446744073709551615");
        assert_eq!(format(Bounds { maximum: most, ..Bounds::default() }), Some("int128"));
    }

    #[test]
    fn integers_within_the_type() {
        let small = Bounds { format: Some("int8"), ..between("0", "10") };
        assert!(small.hold(between("-128", "127")) && !small.hold(between("0", "128")));
        assert!(Bounds::default().hold(small) && !small.hold(Bounds::default()));
        assert!(!Bounds::default().hold(between("0", "18446744073709551615")));
    }

    #[test]
    fn an_exclusive_bound_need_not_fit() {
        let bounds = between("0", "18446744073709551616");
        assert_eq!(format(Bounds { excludes_maximum: true, ..bounds }), Some("uint64"));
    }

    #[test]
    fn bounds_beyond_the_format_need_a_wider_type() {
        let of = |format, bounds| Bounds { format: Some(format), ..bounds };
        assert_eq!(format(of("int32", between("0", "2147483648"))), Some("int64"));
        assert_eq!(format(of("uint64", between("-1", "5"))), Some("int64"));
        assert_eq!(format(of("int32", between("0", "10"))), Some("int32"));
    }
}
