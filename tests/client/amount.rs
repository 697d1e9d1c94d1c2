//! Is money exact when it is read, compared, printed and converted?

mod formats;

use std::{
    collections::HashSet,
    hash::{DefaultHasher, Hash, Hasher},
};

use partner_center_client::{Amount, rust_decimal::Decimal};
use serde::{Deserialize, Serialize};

/// A model with an amount, as the generator writes it.
#[derive(Debug, Deserialize, Serialize)]
struct Budget {
    amount: Option<Amount>,
}

/// Numbers from Partner Center's pages, and edge cases of the JSON grammar.
const NUMBERS: [&str; 17] = [
    "0",
    "-0",
    "100",
    "100.10",
    "300.000000",
    "0.0",
    "0.10",
    "28.82860766744404945074",
    "35.23000000000000362337",
    "120.5682999999995904716",
    "-12.39999999999999985235",
    "1e2",
    "1E+2",
    "1.50e-3",
    "99999999999999999999999999999999999999999999.99",
    "1e1000000000",
    "-1e-1000000000",
];

fn amount(text: &str) -> Amount {
    text.parse().unwrap_or_else(|error| panic!("{error}"))
}

fn hash(amount: &Amount) -> u64 {
    let mut hasher = DefaultHasher::new();
    amount.hash(&mut hasher);
    hasher.finish()
}

#[test]
fn a_number_prints_as_it_was_written() {
    for number in NUMBERS {
        assert_eq!(amount(number).to_string(), number);
    }
}

#[test]
fn a_format_precision_does_not_change_the_digits() {
    for number in NUMBERS {
        assert_eq!(format!("{:.2}", amount(number)), number);
        assert_eq!(format!("{:.0}", amount(number)), number);
    }
}

#[test]
fn width_and_sign_apply_as_for_a_number() {
    let (budget, credit) = (amount("250"), amount("-12.50"));
    assert_eq!(format!("{budget:8}|{credit:8}"), "     250|  -12.50");
    assert_eq!(format!("{budget:08}|{credit:08}"), "00000250|-0012.50");
    assert_eq!(format!("{budget:+}|{credit:+}"), "+250|-12.50");
    assert_eq!(format!("{budget:<8}|{credit:*^10.1}"), "250     |**-12.50**");
    assert_eq!(format!("{budget:2}|{credit:2}"), "250|-12.50");
}

#[test]
fn json_keeps_the_digits() {
    for number in NUMBERS {
        let json = format!(r#"{{"amount":{number}}}"#);
        let budget: Budget = serde_json::from_str(&json).unwrap();
        assert_eq!(serde_json::to_string(&budget).unwrap(), json);
    }
}

#[test]
fn whitespace_around_a_json_number_is_dropped() {
    let budget: Budget = serde_json::from_str("{\"amount\" : \r\n\t1.50 \n}").unwrap();
    assert_eq!(serde_json::to_string(&budget).unwrap(), r#"{"amount":1.50}"#);
}

#[test]
fn text_that_is_not_a_json_number_is_rejected() {
    let texts = [
        "", " ", "-", "+1", "01", "-01", "00", "1.", ".5", "1.e2", "1e", "1e+", "1e1.5", "1 ",
        " 1", "1,5", "1_000", "0x10", "--1", "1e2e3", "1.2.3", "NaN", "inf", "null", "\"1\"", "١",
        "€5", "1\n",
    ];
    for text in texts {
        assert!(text.parse::<Amount>().is_err(), "{text:?} was accepted");
    }
}

#[test]
fn json_that_is_not_a_number_is_rejected() {
    for value in [r#""100.10""#, "true", "{}", "[1]", "null"] {
        let json = format!("[{value}]");
        assert!(serde_json::from_str::<Vec<Amount>>(&json).is_err(), "{value} was accepted");
    }
}

#[test]
fn an_error_shows_the_text_and_the_remedy() {
    let error = "12,50".parse::<Amount>().unwrap_err();
    let expected =
        "amount `12,50`: not a number; write digits with a decimal point, such as 250.00";
    assert_eq!(error.to_string(), expected);
}

#[test]
fn an_error_makes_whitespace_visible() {
    let cases = [(" 1", "` 1`"), ("1\n", r"`1\n`"), ("1\u{a0}000", r"`1\u{a0}000`"), ("", "``")];
    for (text, shown) in cases {
        let error = text.parse::<Amount>().unwrap_err();
        assert!(error.to_string().starts_with(&format!("amount {shown}: ")), "{error}");
    }
}

#[test]
fn an_error_shortens_the_text_and_keeps_it_on_one_line() {
    let error = format!("1\n{}", "x".repeat(1000)).parse::<Amount>().unwrap_err();
    assert!(error.to_string().starts_with(r"amount `1\nxxxxx"), "{error}");
    assert!(error.to_string().chars().count() < 120, "{error}");
}

#[test]
fn different_spellings_of_a_number_are_equal() {
    let groups: [&[&str]; 6] = [
        &["100", "100.00", "1e2", "1E2", "1e+02", "10.0e1", "0.001e5", "1000e-1"],
        &["0", "-0", "0.00", "0e5", "-0.0e-7", "0e99999999999999999999"],
        &["-0.5", "-5e-1", "-0.50", "-50e-2"],
        &["1e1000000000", "10e999999999", "0.1e1000000001"],
        &["12.034", "12034e-3", "0.0120340e3"],
        &["1e-99999999999999999999999999", "0.1e-99999999999999999999999998"],
    ];
    for group in groups {
        for (left, right) in
            group.iter().flat_map(|left| group.iter().map(move |right| (left, right)))
        {
            assert_eq!(amount(left), amount(right), "{left} and {right}");
            assert_eq!(hash(&amount(left)), hash(&amount(right)), "{left} and {right}");
        }
    }
    let distinct: HashSet<Amount> = groups.concat().into_iter().map(amount).collect();
    assert_eq!(distinct.len(), groups.len());
}

#[test]
fn amounts_are_ordered_by_value() {
    let ascending = [
        "-1e99999999999999999999999999999999999999999999999999",
        "-1e1000000000",
        "-100.01",
        "-100",
        "-99.9999999999999999999999",
        "-0.5",
        "-1e-1000000000",
        "0",
        "1e-99999999999999999999999999999999999999999999999999",
        "1e-1000000000",
        "0.09",
        "0.1",
        "0.11",
        "9",
        "10",
        "28.82860766744404945074",
        "28.82860766744404945075",
        "100.1",
        "1e99999999999999999999",
        "1e100000000000000000000",
        "1e99999999999999999999999999999999999999999999999999",
    ];
    for (index, left) in ascending.iter().enumerate() {
        for (other, right) in ascending.iter().enumerate() {
            assert_eq!(amount(left).cmp(&amount(right)), index.cmp(&other), "{left} and {right}");
        }
    }
}

#[test]
fn amounts_compare_like_floats_that_are_exact() {
    let quarters: Vec<f64> = (-80..80).map(|quarter| f64::from(quarter) / 4.0).collect();
    for left in &quarters {
        for right in &quarters {
            let amounts = (amount(&left.to_string()), amount(&format!("{right:e}")));
            assert_eq!(
                amounts.0.partial_cmp(&amounts.1),
                left.partial_cmp(right),
                "{left} {right}"
            );
        }
    }
}

#[test]
fn integers_convert_exactly() {
    assert_eq!(Amount::from(-250).to_string(), "-250");
    assert_eq!(Amount::from(u64::MAX).to_string(), "18446744073709551615");
    assert_eq!(Amount::from(i128::MIN).to_string(), i128::MIN.to_string());
}

#[test]
fn a_decimal_keeps_its_scale_in_both_directions() {
    for text in
        ["100.10", "0.00", "-12.5", "79228162514264337593543950335", "28.82860766744404945074"]
    {
        let decimal = Decimal::try_from(&amount(text)).unwrap();
        assert_eq!(decimal.to_string(), text);
        assert_eq!(Decimal::try_from(amount(text)), Ok(decimal));
        assert_eq!(Amount::from(decimal).to_string(), text);
    }
}

#[test]
fn a_decimal_accepts_an_exponent_and_any_number_of_trailing_zeros() {
    let cases = [
        ("1.50e2", "150"),
        ("-125e-2", "-1.25"),
        ("1e28", "10000000000000000000000000000"),
        ("1e-28", "0.0000000000000000000000000001"),
        ("0e1000000000", "0"),
        ("0.50000000000000000000000000000000000000000", "0.5"),
    ];
    for (text, decimal) in cases {
        assert_eq!(Decimal::try_from(&amount(text)).unwrap().to_string(), decimal);
    }
}

#[test]
fn conversion_to_a_decimal_fails_rather_than_rounds() {
    let texts = [
        "79228162514264337593543950336",
        "79228162514264337593543950335.5",
        "-79228162514264337593543950336",
        "1.00000000000000000000000000001",
        "0.00000000000000000000000000001",
        "1e29",
        "1e-29",
        "1e1000000000",
        "1e-99999999999999999999999999999999999999999999",
    ];
    for text in texts {
        assert!(Decimal::try_from(&amount(text)).is_err(), "{text} was rounded");
    }
}

#[test]
fn each_number_is_positive_zero_or_negative() {
    let positive = ["1", "0.01", "1e-1000000000"];
    let zero = ["0", "-0", "0.00", "-0e5"];
    let signs = |text: &str| {
        let amount = amount(text);
        (amount.is_positive(), amount.is_zero(), amount.is_negative())
    };
    for text in positive {
        assert_eq!(signs(text), (true, false, false), "{text}");
        assert_eq!(signs(&format!("-{text}")), (false, false, true), "-{text}");
    }
    for text in zero {
        assert_eq!(signs(text), (false, true, false), "{text}");
    }
}

#[test]
fn a_serde_json_value_rounds() {
    let value = serde_json::to_value(amount("28.82860766744404945074")).unwrap();
    assert_eq!(value.to_string(), "28.82860766744405");
    assert_eq!(serde_json::from_value::<Amount>(value).unwrap().to_string(), "28.82860766744405");
}

#[test]
fn the_json_schema_is_a_decimal_number() {
    let schema = schemars::schema_for!(Vec<Amount>);
    let expected = serde_json::json!({ "type": "number", "format": "decimal" });
    assert_eq!(schema.get("items"), Some(&expected));
}
