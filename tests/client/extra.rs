//! How does a consumer access members that the document does not declare?

use partner_center_client::{Amount, Extra, serde_json, serde_json::json};
use serde::{Deserialize, Serialize};

/// A model as the generator writes it.
#[derive(Default, Deserialize, Serialize)]
struct Budget {
    #[serde(skip_serializing_if = "Option::is_none")]
    amount: Option<Amount>,
    #[serde(flatten)]
    extra: Extra,
}

fn budget(json: &str) -> Budget {
    serde_json::from_str(json).unwrap()
}

#[test]
fn undeclared_members_are_accessible_by_name() {
    let budget = budget(r#"{"amount":100.10,"currency":"EUR","limits":{"soft":true}}"#);
    assert_eq!(budget.extra.len(), 2);
    assert_eq!(budget.extra["currency"], "EUR");
    assert_eq!(budget.extra["limits"], json!({ "soft": true }));
    assert_eq!(budget.extra.get("amount"), None);
}

#[test]
fn the_map_is_empty_if_all_members_are_declared() {
    let budget = budget(r#"{"amount":100.10}"#);
    assert!(budget.extra.is_empty());
    assert_eq!(budget.extra, Extra::default());
}

#[test]
fn inserted_members_are_written() {
    let mut budget = Budget::default();
    budget.extra.insert("new".to_owned(), json!([1, null]));
    assert_eq!(serde_json::to_string(&budget).unwrap(), r#"{"new":[1,null]}"#);
}

#[test]
fn a_cleared_map_equals_a_new_one() {
    let mut extra = Extra::default();
    extra.insert("new".to_owned(), json!(1));
    assert_ne!(extra, Extra::default());
    extra.clear();
    assert_eq!(extra, Extra::default());
}

#[test]
fn debug_shows_a_map() {
    let mut extra = Extra::default();
    assert_eq!(format!("{extra:?}"), "{}");
    extra.insert("new".to_owned(), json!(1));
    assert_eq!(format!("{extra:?}"), r#"{"new": Number(1)}"#);
}

#[test]
fn a_value_that_is_not_an_object_is_rejected() {
    let error = serde_json::from_str::<Extra>("1").unwrap_err();
    let expected =
        "invalid type: integer `1`, expected the members of an object at line 1 column 1";
    assert_eq!(error.to_string(), expected);
}

#[test]
fn the_map_is_no_larger_than_a_pointer() {
    assert_eq!(size_of::<Extra>(), size_of::<usize>());
}
