//! Does each serde format keep the digits of an amount, or fail with a reason?

use std::fmt::Debug;

use partner_center_client::{Amount, amount};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use super::{Budget, NUMBERS};

fn digits(budget: Budget) -> String {
    budget.amount.unwrap().to_string()
}

fn budget(number: &str) -> Budget {
    Budget { amount: Some(super::amount(number)) }
}

#[test]
fn postcard_keeps_the_digits() {
    for number in NUMBERS {
        let bytes = postcard::to_allocvec(&budget(number)).unwrap();
        assert_eq!(digits(postcard::from_bytes(&bytes).unwrap()), number);
    }
}

#[test]
fn toml_keeps_the_digits() {
    for number in NUMBERS {
        let text = toml::to_string(&budget(number)).unwrap();
        assert_eq!(text, format!("amount = \"{number}\"\n"));
        assert_eq!(digits(toml::from_str(&text).unwrap()), number);
    }
}

#[test]
fn yaml_keeps_the_digits() {
    for number in NUMBERS {
        let text = serde_yaml::to_string(&budget(number)).unwrap();
        assert_eq!(digits(serde_yaml::from_str(&text).unwrap()), number, "{text}");
    }
}

#[test]
fn csv_keeps_the_digits() {
    for number in NUMBERS {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.serialize(budget(number)).unwrap();
        let text = writer.into_inner().unwrap();
        assert_eq!(text, format!("amount\n{number}\n").as_bytes());
        let mut reader = csv::Reader::from_reader(text.as_slice());
        assert_eq!(digits(reader.deserialize().next().unwrap().unwrap()), number);
    }
}

#[test]
fn an_integer_in_another_format_is_read() {
    assert_eq!(digits(toml::from_str("amount = 250").unwrap()), "250");
    assert_eq!(digits(serde_yaml::from_str("amount: -250").unwrap()), "-250");
}

#[test]
fn a_float_in_another_format_is_rejected() {
    let error = toml::from_str::<Budget>("amount = 250.10").unwrap_err().to_string();
    assert!(
        error.contains("amount `250.1`: read as a float, which may have been rounded"),
        "{error}"
    );
    let error = serde_yaml::from_str::<Budget>("amount: 250.10").unwrap_err().to_string();
    assert!(error.contains("write it as a string, with `amount::text`"), "{error}");
}

#[test]
fn text_that_is_not_a_number_is_rejected_in_each_format() {
    for text in ["", "1 ", "1}", "\\\"", "x"] {
        assert!(toml::from_str::<Budget>(&format!("amount = \"{text}\"")).is_err(), "{text}");
        assert!(csv_budget(&format!("amount,other\n{text},1\n")).is_err() || text.is_empty());
    }
    let raw = "amount: {$serde_json::private::RawValue: '1}'}";
    assert!(serde_yaml::from_str::<Budget>(raw).is_err());
}

fn csv_budget(text: &str) -> Result<Budget, csv::Error> {
    csv::Reader::from_reader(text.as_bytes()).deserialize().next().unwrap()
}

#[derive(Debug, Deserialize, Serialize)]
struct Flattened<T> {
    #[serde(flatten)]
    inner: T,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(tag = "kind")]
enum Tagged<T> {
    Set { amount: T },
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(untagged)]
enum Untagged<T> {
    Set { amount: T },
}

/// An amount in a struct.
#[derive(Debug, Deserialize, Serialize)]
struct Inner {
    amount: Amount,
}

/// An amount as text.
#[derive(Debug, Deserialize, Serialize)]
#[serde(transparent)]
struct AsText(#[serde(with = "amount::text")] Amount);

/// An optional amount as text, in a struct.
#[derive(Debug, Default, Deserialize, Serialize)]
struct Texts {
    #[serde(default, with = "amount::text::option")]
    amount: Option<Amount>,
}

fn rewritten<T: DeserializeOwned + Serialize>(json: &str) -> serde_json::Result<String> {
    serde_json::to_string(&serde_json::from_str::<T>(json)?)
}

#[test]
fn integers_can_be_read_where_serde_buffers() {
    for number in ["250", "-1", "0"] {
        let json = format!(r#"{{"amount":{number}}}"#);
        assert_eq!(rewritten::<Flattened<Inner>>(&json).unwrap(), json);
        assert_eq!(rewritten::<Untagged<Amount>>(&json).unwrap(), json);
        let json = format!(r#"{{"kind":"Set","amount":{number}}}"#);
        assert_eq!(rewritten::<Tagged<Amount>>(&json).unwrap(), json);
    }
}

#[test]
fn a_fraction_is_not_rounded_where_serde_buffers() {
    fn problem<T: DeserializeOwned + Debug>(json: &str) -> String {
        serde_json::from_str::<T>(json).unwrap_err().to_string()
    }
    let json = r#"{"kind":"Set","amount":28.82860766744404945074}"#;
    let remedy = "write it as a string, with `amount::text`";
    for problem in [problem::<Flattened<Inner>>(json), problem::<Tagged<Amount>>(json)] {
        assert!(problem.contains(remedy), "{problem}");
    }
    // serde does not show why no variant of an untagged enum matches.
    assert!(!problem::<Untagged<Amount>>(json).is_empty());
}

#[test]
fn text_keeps_the_digits_where_serde_buffers() {
    for number in NUMBERS {
        let json = format!(r#"{{"amount":"{number}"}}"#);
        assert_eq!(rewritten::<Flattened<Texts>>(&json).unwrap(), json);
        assert_eq!(rewritten::<Untagged<AsText>>(&json).unwrap(), json);
        let json = format!(r#"{{"kind":"Set","amount":"{number}"}}"#);
        assert_eq!(rewritten::<Tagged<AsText>>(&json).unwrap(), json);
    }
}

#[test]
fn text_in_a_json_value_keeps_the_digits() {
    let number = "28.82860766744404945074";
    let value = serde_json::json!({ "amount": AsText(super::amount(number)) });
    assert_eq!(value["amount"], number);
    let texts: Texts = serde_json::from_value(value).unwrap();
    assert_eq!(texts.amount, Some(super::amount(number)));
}

#[test]
fn optional_text_can_be_null_or_missing() {
    assert_eq!(rewritten::<Texts>(r#"{"amount":null}"#).unwrap(), r#"{"amount":null}"#);
    assert_eq!(serde_json::from_str::<Texts>("{}").unwrap().amount, None);
    for json in [r#"{"amount":1}"#, r#"{"amount":"x"}"#] {
        assert!(serde_json::from_str::<Texts>(json).is_err(), "{json}");
    }
}

#[test]
fn each_serializer_of_serde_json_writes_a_number() {
    let budget = budget("100.10");
    assert_eq!(serde_json::to_string(&budget).unwrap(), r#"{"amount":100.10}"#);
    assert_eq!(serde_json::to_vec(&budget).unwrap(), br#"{"amount":100.10}"#);
    assert_eq!(serde_json::to_string_pretty(&budget).unwrap(), "{\n  \"amount\": 100.10\n}");
    assert_eq!(serde_json::to_value(&budget).unwrap()["amount"], serde_json::json!(100.1));
}
