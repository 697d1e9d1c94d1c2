//! Does an answer stay readable when the service adds to it, leaves out, or changes its mind?

use ::document::exact;
use serde_json::{Map, Value, json};

use crate::{
    document::{self, Example},
    generated,
};

/// The examples of what the service sends.
fn answers() -> impl Iterator<Item = Example> {
    document::examples().into_iter().filter(|example| example.place != "request")
}

fn rewritten(example: &Example, json: &str) -> Value {
    let decoded = generated::decode(example.model, json);
    let decoded = decoded.unwrap_or_else(|error| panic!("{}: {error}: {json}", example.title()));
    serde_json::from_str(&decoded.rewritten).unwrap()
}

/// Every value below a value, and itself, by its JSON pointer.
fn pointers(value: &Value) -> Vec<String> {
    let below = |step: String, value: &Value| {
        pointers(value).into_iter().map(move |rest| format!("/{step}{rest}")).collect::<Vec<_>>()
    };
    let inner: Vec<String> = match value {
        Value::Object(members) => {
            members.iter().flat_map(|(name, value)| below(name.clone(), value)).collect()
        }
        Value::Array(items) => items
            .iter()
            .enumerate()
            .flat_map(|(index, item)| below(index.to_string(), item))
            .collect(),
        _ => Vec::new(),
    };
    std::iter::once(String::new()).chain(inner).collect()
}

/// The example with each of its values changed in turn.
fn variants(example: &Example, change: impl Fn(&Value) -> Option<Value>) -> Vec<Value> {
    let value: Value = serde_json::from_str(&example.json).unwrap();
    let changed = pointers(&value).into_iter().filter_map(|pointer| {
        let mut variant = value.clone();
        let place = variant.pointer_mut(&pointer).unwrap();
        *place = change(place)?;
        Some(variant)
    });
    changed.collect()
}

#[test]
fn an_unknown_member_anywhere_is_kept() {
    for example in answers() {
        let variants = variants(&example, |value| {
            let mut members: Map<String, Value> = value.as_object()?.clone();
            members.insert("unknownMember".to_owned(), json!({ "nested": [1, null, "text"] }));
            Some(members.into())
        });
        for variant in variants {
            assert_eq!(rewritten(&example, &variant.to_string()), variant, "{}", example.title());
        }
    }
}

#[test]
fn an_unknown_text_anywhere_is_kept() {
    for example in answers() {
        for variant in
            variants(&example, |value| value.is_string().then(|| json!("an unknown text")))
        {
            assert_eq!(rewritten(&example, &variant.to_string()), variant, "{}", example.title());
        }
    }
}

#[test]
fn an_empty_text_anywhere_is_kept() {
    for example in answers() {
        for variant in variants(&example, |value| value.is_string().then(|| json!(""))) {
            assert_eq!(rewritten(&example, &variant.to_string()), variant, "{}", example.title());
        }
    }
}

#[test]
fn null_in_an_optional_member_is_read() {
    for example in answers() {
        for variant in nulled(&serde_json::from_str(&example.json).unwrap()) {
            rewritten(&example, &variant.to_string());
        }
    }
}

/// The value with each member of an object set to null in turn, but for the one that must be there.
fn nulled(value: &Value) -> Vec<Value> {
    let mut variants = Vec::new();
    for pointer in pointers(value) {
        let Some((parent, name)) = pointer.rsplit_once('/') else { continue };
        let is_member = value.pointer(parent).unwrap().is_object();
        if is_member && name != "items" {
            let mut variant = value.clone();
            *variant.pointer_mut(&pointer).unwrap() = Value::Null;
            variants.push(variant);
        }
    }
    variants
}

#[test]
fn an_optional_array_is_absent_null_or_empty() {
    for json in ["{}", r#"{"headers":null}"#, r#"{"headers":[]}"#, r#"{"headers":[{"key":"a"}]}"#] {
        let decoded = generated::decode("Link", json).unwrap();
        assert_eq!(decoded.rewritten, json);
    }
}

#[test]
fn an_optional_map_is_absent_null_or_empty() {
    for json in ["{}", r#"{"tags":null}"#, r#"{"tags":{}}"#, r#"{"tags":{"a":"b"}}"#] {
        let decoded = generated::decode("AzureResourceGroup", json).unwrap();
        assert_eq!(decoded.rewritten, json);
    }
}

#[test]
fn carriage_returns_between_tokens_are_read() {
    for example in answers() {
        let value: Value = serde_json::from_str(&example.json).unwrap();
        let json = serde_json::to_string_pretty(&value).unwrap().replace('\n', "\r\n");
        assert_eq!(rewritten(&example, &json), value, "{}", example.title());
    }
}

#[test]
fn a_collection_without_items_is_not_taken_for_an_empty_one() {
    generated::decode("OverageCollection", r#"{"totalCount":0}"#).err().unwrap();
}

#[test]
fn money_keeps_its_digits_beside_unknown_members() {
    let json = r#"{"amount":28.82860766744404945074,"unknownMember":true}"#;
    let decoded = generated::decode("SpendingBudget", json).unwrap();
    let (found, written) = (exact::json(json).unwrap(), exact::json(&decoded.rewritten).unwrap());
    assert_eq!(exact::difference(&found, &written), None);
}
