//! Edits JSON text. Everything else stays unchanged, including the digits of numbers.

use std::collections::BTreeMap;

use serde_json::{Result, Value, value::RawValue};

use super::examples::LISTED_VALUES;

/// Adds an undeclared member to each object.
pub(super) fn with_unknown_members(json: &str) -> Result<String> {
    edit(json, &|value| match value.strip_prefix('{')? {
        "}" => Some(r#"{"unknownMember":true}"#.to_owned()),
        members => Some(format!(r#"{{"unknownMember":true,{members}"#)),
    })
}

/// Replaces each known value of an extensible enum with a value that the document does not list.
pub(super) fn with_unknown_values(json: &str) -> Result<String> {
    without_values(json, LISTED_VALUES)
}

fn without_values(json: &str, listed: &[&str]) -> Result<String> {
    edit(json, &|value| {
        let text: String = serde_json::from_str(value).ok()?;
        listed.contains(&text.as_str()).then(|| r#""UnknownValue""#.to_owned())
    })
}

/// Applies a change to each value, innermost first.
fn edit(json: &str, change: &dyn Fn(&str) -> Option<String>) -> Result<String> {
    let edited = match json.trim_start().as_bytes().first() {
        Some(b'{') => {
            let members: BTreeMap<String, &RawValue> = serde_json::from_str(json)?;
            let members = members.into_iter().map(|(name, value)| {
                Ok(format!("{}:{}", Value::from(name), edit(value.get(), change)?))
            });
            format!("{{{}}}", members.collect::<Result<Vec<_>>>()?.join(","))
        }
        Some(b'[') => {
            let items: Vec<&RawValue> = serde_json::from_str(json)?;
            let items = items.into_iter().map(|item| edit(item.get(), change));
            format!("[{}]", items.collect::<Result<Vec<_>>>()?.join(","))
        }
        _ => json.to_owned(),
    };
    Ok(change(&edited).unwrap_or(edited))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_object_gains_a_member() {
        let json = r#"[{}, {"a": 1.50, "b": {"c": "{}"}}]"#;
        let expected = concat!(
            r#"[{"unknownMember":true},"#,
            r#"{"unknownMember":true,"a":1.50,"b":{"unknownMember":true,"c":"{}"}}]"#
        );
        assert_eq!(with_unknown_members(json).ok().as_deref(), Some(expected));
    }

    #[test]
    fn the_name_of_a_member_is_not_replaced() {
        let edited = without_values(r#"{"small":"small","size":"large"}"#, &["small"]);
        assert_eq!(edited.ok().as_deref(), Some(r#"{"size":"large","small":"UnknownValue"}"#));
    }
}
