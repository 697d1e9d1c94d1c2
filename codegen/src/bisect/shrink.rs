//! Narrows a failure down to the smallest part of a component or an operation.

use document::pointer;
use serde_json::{Map, Value, json};

use super::parts::Parts;

type Failure<'f> = dyn Fn(&Value) -> Option<String> + 'f;

/// Returns the pointer of the smallest failing part of a component or an operation, and the reason, or `None` if the
/// generator was not run.
pub(super) fn smallest(
    parts: &Parts<'_>,
    part: &str,
    failure: &Failure<'_>,
) -> (String, Option<String>) {
    let Some(reason) = failure(&parts.document(&[part])) else { return (part.to_owned(), None) };
    let whole = (part.to_owned(), reason);
    let shrink = Shrink { parts, failure };
    let (pointer, reason) = match part.starts_with("/paths/") {
        true => shrink.operation(whole),
        false => shrink.schema(whole),
    };
    (pointer, Some(reason))
}

struct Shrink<'s> {
    parts: &'s Parts<'s>,
    failure: &'s Failure<'s>,
}

impl Shrink<'_> {
    /// Returns the smallest schema inside a schema that fails alone.
    fn schema(&self, whole: (String, String)) -> (String, String) {
        let mut smallest = whole;
        while let Some(smaller) = self.failing_schema(&smallest.0) {
            smallest = smaller;
        }
        smallest
    }

    fn failing_schema(&self, schema: &str) -> Option<(String, String)> {
        children(schema, self.parts.value(schema)?).into_iter().find_map(|child| {
            let value = self.parts.value(&child).filter(|value| value.get("$ref").is_none())?;
            let reason = (self.failure)(&self.parts.document_with(value))?;
            Some((child, reason))
        })
    }

    /// Returns the parameter, body or response of an operation that fails without the others.
    fn operation(&self, whole: (String, String)) -> (String, String) {
        let Some(operation) = self.parts.value(&whole.0).and_then(Value::as_object) else {
            return whole;
        };
        let base = without_members(operation);
        if (self.failure)(&self.parts.document_of(&whole.0, Value::Object(base.clone()))).is_some()
        {
            return whole;
        }
        let members = members(operation).into_iter().find_map(|(pointer, name, value)| {
            let mut alone = base.clone();
            add(&mut alone, name, value);
            let reason = (self.failure)(&self.parts.document_of(&whole.0, Value::Object(alone)))?;
            Some((format!("{}/{pointer}", whole.0), reason))
        });
        match members {
            Some(member) => self.schema_of(member),
            None => whole,
        }
    }

    /// Returns the schema of a member if the schema fails alone, or else the member.
    fn schema_of(&self, member: (String, String)) -> (String, String) {
        let value = self.parts.value(&member.0);
        let content = value.and_then(|value| value.get("content")).and_then(Value::as_object);
        let media = content
            .into_iter()
            .flatten()
            .map(|(name, _)| format!("{}/content/{}/schema", member.0, pointer::escape(name)));
        let failing = media.chain([format!("{}/schema", member.0)]).find_map(|pointer| {
            let reason = (self.failure)(&self.parts.document_with(self.parts.value(&pointer)?))?;
            Some((pointer, reason))
        });
        failing.map_or(member, |schema| self.schema(schema))
    }
}

/// Returns the pointers of the schemas directly inside a schema.
fn children(pointer: &str, schema: &Value) -> Vec<String> {
    let direct = ["items", "additionalProperties", "not"].into_iter();
    let direct = direct.filter(|name| schema.get(name).is_some_and(Value::is_object));
    let properties = schema.get("properties").and_then(Value::as_object).into_iter().flatten();
    let properties = properties.map(|(name, _)| format!("properties/{}", pointer::escape(name)));
    let lists = ["allOf", "anyOf", "oneOf"].into_iter().flat_map(|name| {
        let members = schema.get(name).and_then(Value::as_array).map_or(0, Vec::len);
        (0..members).map(move |index| format!("{name}/{index}"))
    });
    let steps = direct.map(ToOwned::to_owned).chain(properties).chain(lists);
    steps.map(|step| format!("{pointer}/{step}")).collect()
}

/// Returns the parts of an operation that can be omitted: the pointer of each, and the name and value of its member.
fn members(operation: &Map<String, Value>) -> Vec<(String, &'static str, Value)> {
    let list = |name: &str| operation.get(name).and_then(Value::as_array).into_iter().flatten();
    let parameters = list("parameters").enumerate();
    let parameters = parameters
        .map(|(index, value)| (format!("parameters/{index}"), "parameters", json!([value])));
    let body = operation.get("requestBody");
    let body = body.map(|body| ("requestBody".to_owned(), "requestBody", body.clone()));
    let responses = operation.get("responses").and_then(Value::as_object).into_iter().flatten();
    let responses = responses.map(|(status, response)| {
        (format!("responses/{}", pointer::escape(status)), "responses", json!({ status: response }))
    });
    parameters.chain(body).chain(responses).collect()
}

/// Returns an operation with only its path parameters and with a response without content.
fn without_members(operation: &Map<String, Value>) -> Map<String, Value> {
    let mut base = operation.clone();
    base.remove("requestBody");
    base.insert("responses".to_owned(), json!({ "204": { "description": "Done." } }));
    if let Some(Value::Array(parameters)) = base.get_mut("parameters") {
        let is_needed =
            |parameter: &Value| parameter["in"] == "path" || parameter.get("$ref").is_some();
        parameters.retain(is_needed);
    }
    base
}

fn add(operation: &mut Map<String, Value>, name: &str, value: Value) {
    match (operation.get_mut(name), value) {
        (Some(Value::Array(there)), Value::Array(more)) => {
            let new: Vec<Value> = more.into_iter().filter(|item| !there.contains(item)).collect();
            there.extend(new);
        }
        (_, value) => {
            operation.insert(name.to_owned(), value);
        }
    }
}
