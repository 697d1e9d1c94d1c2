//! Do timestamps keep their text, and compare and convert as points in time?

use std::{
    collections::BTreeSet,
    hash::{DefaultHasher, Hash, Hasher},
};

use partner_center_client::{
    Timestamp,
    chrono::{DateTime, FixedOffset, TimeZone as _, Utc},
    jiff,
};
use proptest::{
    prelude::*,
    test_runner::{Config, RngSeed},
};

/// Valid timestamps, each with its Unix time in nanoseconds and its offset in seconds.
const VALID: [(&str, i128, i32); 17] = [
    ("1970-01-01T00:00:00Z", 0, 0),
    ("1970-01-01T00:00:00.000000001Z", 1, 0),
    ("1969-12-31T23:59:59.9Z", -100_000_000, 0),
    ("2026-01-31T12:00:00+00:00", 1_769_860_800_000_000_000, 0),
    ("2026-01-31T12:00:00-00:00", 1_769_860_800_000_000_000, 0),
    ("2026-01-31t12:00:00z", 1_769_860_800_000_000_000, 0),
    ("2026-01-31T14:00:00.1234567+02:00", 1_769_860_800_123_456_700, 7200),
    ("2026-01-31T06:30:00.1234567-05:30", 1_769_860_800_123_456_700, -19_800),
    ("2026-01-31T12:00:00.1000000Z", 1_769_860_800_100_000_000, 0),
    ("2026-01-31T12:00:00.12345678901234567890Z", 1_769_860_800_123_456_789, 0),
    ("2024-02-29T23:59:59+23:59", 1_709_164_859_000_000_000, 86_340),
    ("2000-02-29T00:00:00Z", 951_782_400_000_000_000, 0),
    ("2000-03-01T00:00:00Z", 951_868_800_000_000_000, 0),
    ("2016-12-31T23:59:60Z", 1_483_228_800_000_000_000, 0),
    ("2016-12-31T15:59:60.5-08:00", 1_483_228_800_500_000_000, -28_800),
    ("0000-01-01T00:00:00Z", -62_167_219_200_000_000_000, 0),
    ("9999-12-31T23:59:59.9999999Z", 253_402_300_799_999_999_900, 0),
];

const INVALID: [&str; 29] = [
    "",
    "soon",
    "2026-01-31",
    "2026-01-31T12:00Z",
    "2026-01-31T12:00:00",
    "2026-01-31T12:00:00.1234567",
    "2026-01-31 12:00:00Z",
    "2026-01-31T12:00:00 Z",
    " 2026-01-31T12:00:00Z",
    "2026-01-31T12:00:00Z ",
    "2026-01-31T12:00:00.Z",
    "2026-01-31T12:00:00,5Z",
    "2026-01-31T12:00:00+0200",
    "2026-01-31T12:00:00+02",
    "2026-01-31T12:00:00+24:00",
    "2026-01-31T12:00:00+02:60",
    "2026-01-31T24:00:00Z",
    "2026-01-31T12:60:00Z",
    "2026-01-31T12:00:61Z",
    "2026-01-31T12:00:60Z",
    "2026-01-31T23:59:60+01:00",
    "2026-00-31T12:00:00Z",
    "2026-13-31T12:00:00Z",
    "2026-01-00T12:00:00Z",
    "2026-04-31T12:00:00Z",
    "2023-02-29T12:00:00Z",
    "1900-02-29T12:00:00Z",
    "+026-01-31T12:00:00Z",
    "２026-01-31T12:00:00Z",
];

fn timestamp(text: &str) -> Timestamp {
    text.parse().unwrap_or_else(|error| panic!("{error}"))
}

/// Returns a timestamp with this text, which can be invalid, as a response can contain it.
fn received(text: &str) -> Timestamp {
    serde_json::from_value(text.into()).unwrap()
}

fn hash(timestamp: &Timestamp) -> u64 {
    let mut hasher = DefaultHasher::new();
    timestamp.hash(&mut hasher);
    hasher.finish()
}

#[test]
fn a_timestamp_prints_as_it_was_written() {
    for (text, ..) in VALID {
        assert_eq!(timestamp(text).to_string(), text);
    }
}

#[test]
fn json_keeps_the_text() {
    for text in VALID.map(|(text, ..)| text).into_iter().chain(INVALID) {
        let json = serde_json::to_string(text).unwrap();
        let timestamp: Timestamp = serde_json::from_str(&json).unwrap();
        assert_eq!(serde_json::to_string(&timestamp).unwrap(), json);
    }
}

#[test]
fn escapes_in_json_are_decoded() {
    let timestamp: Timestamp = serde_json::from_str(r#""2026-01-31\u005412:00:00Z""#).unwrap();
    assert_eq!(timestamp.as_str(), "2026-01-31T12:00:00Z");
}

#[test]
fn json_of_another_type_is_not_a_timestamp() {
    for json in ["1769860800", "null", "{}", "[]", "true"] {
        assert!(serde_json::from_str::<Timestamp>(json).is_err(), "{json} was read");
    }
}

#[test]
fn the_unix_time_is_exact_to_the_nanosecond() {
    for (text, nanos, _) in VALID {
        assert_eq!(timestamp(text).unix_nanos(), Some(nanos), "{text}");
    }
}

#[test]
fn the_offset_comes_from_the_text() {
    for (text, _, offset) in VALID {
        assert_eq!(timestamp(text).offset_seconds(), Some(offset), "{text}");
    }
}

#[test]
fn invalid_text_does_not_parse() {
    for text in INVALID {
        assert!(text.parse::<Timestamp>().is_err(), "{text} was parsed");
    }
}

#[test]
fn a_received_invalid_timestamp_has_its_text_but_no_instant() {
    for text in INVALID {
        let timestamp = received(text);
        assert_eq!(timestamp.as_str(), text);
        assert!(!timestamp.is_valid(), "{text} is valid");
        assert_eq!((timestamp.unix_nanos(), timestamp.offset_seconds()), (None, None), "{text}");
    }
}

#[test]
fn the_error_shows_the_text_and_the_expected_form() {
    let error = "2026-01-31T12:00:00".parse::<Timestamp>().unwrap_err();
    insta::assert_snapshot!(error, @"timestamp `2026-01-31T12:00:00`: not a date and time with an offset; write it like 2026-01-31T12:00:00Z (RFC 3339)");
}

#[test]
fn equal_instants_are_equal_regardless_of_offsets_and_digits() {
    let texts = [
        "2026-01-31T12:00:00Z",
        "2026-01-31T12:00:00.000Z",
        "2026-01-31T14:00:00+02:00",
        "2026-01-31t06:30:00.0-05:30",
    ];
    for (one, other) in texts.iter().flat_map(|one| texts.map(|other| (*one, other))) {
        assert_eq!(timestamp(one), timestamp(other));
        assert_eq!(hash(&timestamp(one)), hash(&timestamp(other)));
    }
}

#[test]
fn instants_can_differ_in_the_twentieth_digit() {
    let (one, other) =
        ("2026-01-31T12:00:00.12345678901234567890", "2026-01-31T12:00:00.12345678901234567891");
    assert!(timestamp(&format!("{one}Z")) < timestamp(&format!("{other}Z")));
}

#[test]
fn fractions_compare_as_numbers() {
    let texts =
        ["00.05Z", "00.5Z", "00.51Z", "00.6Z", "01Z"].map(|end| format!("2026-01-31T12:00:{end}"));
    assert!(texts.iter().map(|text| timestamp(text)).is_sorted_by(|one, other| one < other));
}

#[test]
fn invalid_timestamps_come_last_in_the_order_of_their_text() {
    let texts = ["9999-12-31T23:59:59Z", "0001-01-01", "0001-01-02", "soon"];
    assert!(texts.map(received).is_sorted_by(|one, other| one < other));
    assert!(received("soon") > received("0000-01-01T00:00:00Z"));
}

#[test]
fn a_set_has_one_element_per_instant_and_per_invalid_text() {
    let texts = ["2026-01-31T12:00:00Z", "2026-01-31T13:00:00+01:00", "soon", "soon", "later"];
    assert_eq!(BTreeSet::from(texts.map(received)).len(), 3);
}

#[test]
fn debug_output_is_one_line() {
    let debug = format!("{:#?}", Some(received("so\"on\n")));
    assert_eq!(debug, "Some(\n    Timestamp(\"so\\\"on\\n\"),\n)");
}

#[test]
fn width_and_alignment_apply() {
    assert_eq!(format!("{:>22}", timestamp("2026-01-31T12:00:00Z")), "  2026-01-31T12:00:00Z");
}

#[test]
fn the_json_schema_matches_the_document() {
    let schema = schemars::schema_for!(Vec<Timestamp>);
    let expected = serde_json::json!({ "type": "string", "format": "date-time" });
    assert_eq!(schema.get("items"), Some(&expected));
}

#[test]
fn chrono_has_the_same_instant_and_offset() {
    for (text, nanos, offset) in VALID {
        let time = DateTime::<FixedOffset>::try_from(timestamp(text)).unwrap();
        let seconds = i128::from(time.timestamp()) * 1_000_000_000;
        assert_eq!(seconds + i128::from(time.timestamp_subsec_nanos()), nanos, "{text}");
        assert_eq!(time.offset().local_minus_utc(), offset, "{text}");
    }
}

#[test]
fn a_chrono_time_keeps_its_offset() {
    let time = DateTime::parse_from_rfc3339("2026-01-31T14:00:00.1234567+02:00").unwrap();
    assert_eq!(Timestamp::try_from(time).unwrap().as_str(), "2026-01-31T14:00:00.123456700+02:00");
}

#[test]
fn a_chrono_time_whose_offset_has_seconds_becomes_utc() {
    let amsterdam = FixedOffset::east_opt(19 * 60 + 32).unwrap();
    let time = amsterdam.with_ymd_and_hms(1920, 1, 1, 0, 19, 32).unwrap();
    assert_eq!(Timestamp::try_from(time).unwrap().as_str(), "1920-01-01T00:00:00+00:00");
}

#[test]
fn a_chrono_time_outside_the_years_0_to_9999_is_not_a_timestamp() {
    for time in [DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC] {
        assert!(Timestamp::try_from(time).is_err(), "{time} was converted");
    }
}

#[test]
fn jiff_has_the_same_instant() {
    for (text, nanos, _) in VALID.into_iter().filter(|(text, ..)| !text.starts_with("9999")) {
        let time = jiff::Timestamp::try_from(timestamp(text)).unwrap();
        assert_eq!(time.as_nanosecond(), nanos, "{text}");
    }
}

#[test]
fn jiff_cannot_represent_the_end_of_the_year_9999() {
    let error = jiff::Timestamp::try_from(timestamp("9999-12-31T23:59:59Z")).unwrap_err();
    insta::assert_snapshot!(error, @"timestamp `9999-12-31T23:59:59Z`: outside the range of `jiff::Timestamp`");
}

#[test]
fn a_jiff_time_becomes_utc() {
    let time: jiff::Timestamp = "2026-01-31T14:00:00.1234567+02:00".parse().unwrap();
    assert_eq!(Timestamp::try_from(time).unwrap().as_str(), "2026-01-31T12:00:00.1234567Z");
}

#[test]
fn a_jiff_time_before_the_year_0_is_not_a_timestamp() {
    assert!(Timestamp::try_from(jiff::Timestamp::MIN).is_err());
}

#[test]
fn invalid_text_does_not_convert() {
    for text in INVALID {
        assert!(DateTime::<FixedOffset>::try_from(received(text)).is_err(), "{text}");
        assert!(jiff::Timestamp::try_from(received(text)).is_err(), "{text}");
    }
}

/// Generates strings that resemble timestamps, and arbitrary strings.
fn texts() -> impl Strategy<Value = String> {
    prop_oneof![
        "[0-9]{4}-[01][0-9]-[0-3][0-9][Tt][0-2][0-9](:[0-6][0-9]){2}(\\.[0-9]{1,12})?(Z|[+-][0-2][0-9]:[0-6][0-9])",
        ".{0,40}",
    ]
}

proptest! {
    // Every run generates the same strings.
    #![proptest_config(Config { rng_seed: RngSeed::Fixed(1), failure_persistence: None, ..Config::default() })]

    #[test]
    fn any_text_survives_json(text in texts()) {
        let json = serde_json::to_string(&text).unwrap();
        let timestamp: Timestamp = serde_json::from_str(&json).unwrap();
        prop_assert_eq!(timestamp.as_str(), &text);
        prop_assert_eq!(serde_json::to_string(&timestamp).unwrap(), json);
    }

    #[test]
    fn order_equality_and_hash_agree(one in texts(), other in texts()) {
        let (one, other) = (received(&one), received(&other));
        prop_assert_eq!(one == other, one.cmp(&other).is_eq());
        prop_assert_eq!(one.cmp(&other), other.cmp(&one).reverse());
        prop_assert!(one != other || hash(&one) == hash(&other));
    }

    /// Leap seconds are skipped: chrono keeps them, but the conversion returns the second that follows.
    #[test]
    fn chrono_reads_the_same_instant(text in texts()) {
        if let Ok(timestamp) = text.parse::<Timestamp>() && !text.contains(":60") {
            let time = DateTime::parse_from_rfc3339(&text).unwrap();
            prop_assert_eq!(DateTime::try_from(&timestamp).unwrap(), time);
        }
    }

    #[test]
    fn an_instant_survives_chrono(text in texts()) {
        if let Ok(time) = DateTime::<FixedOffset>::try_from(received(&text)) {
            let back = Timestamp::try_from(time).unwrap();
            prop_assert_eq!(back.unix_nanos(), received(&text).unix_nanos());
            prop_assert_eq!(back.offset_seconds(), received(&text).offset_seconds());
        }
    }
}
