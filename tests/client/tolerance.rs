//! Can a response be read if the service adds, omits or changes members?

use ::document::exact;
use serde_json::{Map, Value, json};

use support::{
    document::{self, Example},
    generated,
};

/// Returns the example responses.
fn responses() -> impl Iterator<Item = Example> {
    document::examples().into_iter().filter(|example| example.part != "request")
}

fn rewritten(example: &Example, json: &str) -> Value {
    let decoded = generated::decode(example.model, json);
    let decoded = decoded.unwrap_or_else(|error| panic!("{}: {error}: {json}", example.title()));
    serde_json::from_str(&decoded.rewritten).unwrap()
}

/// Asserts that a value is written back as it was read, except for optional members that are null.
fn assert_kept(example: &Example, value: &Value) {
    let written = rewritten(example, &value.to_string());
    let mut value = value.clone();
    document::drop_nulls(&mut value, &written);
    assert_eq!(written, value, "{}", example.title());
}

/// Returns the JSON pointers of a value and of all values in it.
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

/// Returns a variant of the example for each value in it for which `change` returns another value.
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
    for example in responses() {
        let variants = variants(&example, |value| {
            let mut members: Map<String, Value> = value.as_object()?.clone();
            members.insert("unknownMember".to_owned(), json!({ "nested": [1, null, "text"] }));
            Some(members.into())
        });
        for variant in variants {
            assert_kept(&example, &variant);
        }
    }
}

#[test]
fn an_unknown_string_anywhere_is_kept() {
    for example in responses() {
        for variant in
            variants(&example, |value| value.is_string().then(|| json!("an unknown text")))
        {
            assert_kept(&example, &variant);
        }
    }
}

#[test]
fn an_empty_string_anywhere_is_kept() {
    for example in responses() {
        for variant in variants(&example, |value| value.is_string().then(|| json!(""))) {
            assert_kept(&example, &variant);
        }
    }
}

#[test]
fn null_in_an_optional_member_is_read() {
    for example in responses() {
        for (without, nulled) in members(&serde_json::from_str(&example.json).unwrap()) {
            // A member is optional if the value can be read without it.
            if generated::decode(example.model, &without.to_string()).is_ok() {
                rewritten(&example, &nulled.to_string());
            }
        }
    }
}

/// Returns, for each member in the value, the value without that member and the value with that member set to null.
fn members(value: &Value) -> Vec<(Value, Value)> {
    let mut variants = Vec::new();
    for pointer in pointers(value) {
        let Some((parent, name)) = pointer.rsplit_once('/') else { continue };
        let (mut without, mut nulled) = (value.clone(), value.clone());
        if let Some(object) = without.pointer_mut(parent).unwrap().as_object_mut() {
            object.remove(name);
            *nulled.pointer_mut(&pointer).unwrap() = Value::Null;
            variants.push((without, nulled));
        }
    }
    variants
}

#[test]
fn a_response_without_a_required_member_is_rejected() {
    for example in responses() {
        let Some(component) = document::component(example.model) else { continue };
        for name in component["required"].as_array().into_iter().flatten() {
            let mut value: Value = serde_json::from_str(&example.json).unwrap();
            value.as_object_mut().unwrap().remove(name.as_str().unwrap());
            let decoded = generated::decode(example.model, &value.to_string());
            assert!(decoded.is_err(), "{}: {name}", example.title());
        }
    }
}

/// Returns the members of this type, with the names of their models, for all models that can be empty objects.
fn optional_members(ty: &'static str) -> impl Iterator<Item = (&'static str, String)> {
    let is_empty = |model: &&str| generated::decode(model, "{}").is_ok();
    let models = generated::MODELS.iter().copied().filter(is_empty);
    models.flat_map(move |model| {
        let members = document::component(model).and_then(|it| it["properties"].as_object());
        let members = members.into_iter().flatten().filter(move |(_, it)| it["type"] == ty);
        // An object with declared members is a model, not a map.
        let members = members.filter(|(_, member)| member.get("properties").is_none());
        members.map(move |(name, _)| (model, name.clone()))
    })
}

#[test]
fn an_optional_array_can_be_absent_null_or_empty() {
    for (model, name) in optional_members("array") {
        for json in ["{}", &format!(r#"{{"{name}":null}}"#), &format!(r#"{{"{name}":[]}}"#)] {
            assert_eq!(generated::decode(model, json).unwrap().rewritten, json, "{model}");
        }
    }
}

#[test]
fn an_optional_map_can_be_absent_null_or_empty() {
    for (model, name) in optional_members("object") {
        for json in ["{}", &format!(r#"{{"{name}":null}}"#), &format!(r#"{{"{name}":{{}}}}"#)] {
            assert_eq!(generated::decode(model, json).unwrap().rewritten, json, "{model}");
        }
    }
}

#[test]
fn carriage_returns_between_tokens_are_accepted() {
    for example in responses() {
        let value: Value = serde_json::from_str(&example.json).unwrap();
        let json = serde_json::to_string_pretty(&value).unwrap().replace('\n', "\r\n");
        assert_eq!(rewritten(&example, &json), rewritten(&example, &value.to_string()));
    }
}

#[test]
fn money_keeps_its_digits_beside_unknown_members() {
    for (model, component) in document::schemas() {
        let members = component["properties"].as_object().into_iter().flatten();
        for (name, _) in members.filter(|(_, member)| member["format"] == "decimal") {
            let json = format!(r#"{{"{name}":28.82860766744404945074,"unknownMember":true}}"#);
            let decoded = generated::decode(model, &json);
            // Models that are only sent do not keep unknown members.
            let kept = decoded.ok().filter(|it| it.rewritten.contains("unknownMember"));
            let Some(decoded) = kept else { continue };
            let (found, written) = (exact::json(&json), exact::json(&decoded.rewritten));
            assert_eq!(exact::differences(&found.unwrap(), &written.unwrap()), [], "{model}");
        }
    }
}
