//! The document as the tests see it.

use std::{fs, path::PathBuf, sync::LazyLock};

use document::{Tree, exact};
use serde_json::{Map, Value};

use crate::generated;

pub const NAME: &str = "spec/partner-center.yaml";

/// The document's text.
pub static TEXT: LazyLock<String> = LazyLock::new(|| read(NAME));

/// The text of a document that only tests read, whatever becomes of the other one.
pub static FIXED: LazyLock<String> =
    LazyLock::new(|| read("tests/documents/fixed/partner-center.yaml"));

/// The document as a value that keeps the digits of its numbers.
static DOCUMENT: LazyLock<Value> =
    LazyLock::new(|| exact::value(Tree::parse(&TEXT).unwrap().unwrap().root()));

/// A file of the workspace.
pub fn path(name: &str) -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "..", name].iter().collect()
}

/// The text of a file of the workspace.
pub fn read(name: &str) -> String {
    fs::read_to_string(path(name)).unwrap()
}

/// An operation of the document.
pub struct Operation {
    pub id: &'static str,
    pub method: String,
    pub path: &'static str,
    pub value: &'static Value,
    pub page: &'static str,
}

impl Operation {
    /// The examples of its request and of its answers.
    pub fn examples(&self) -> Vec<Example> {
        let (id, page) = (self.id, self.page);
        let mut bodies: Vec<(String, &'static Value)> = self.responses().collect();
        bodies.push(("request".to_owned(), resolve(&self.value["requestBody"])));
        bodies
            .into_iter()
            .flat_map(|(place, body)| {
                let media = body["content"].as_object().into_iter().flat_map(Map::values);
                media.map(move |media| (place.clone(), media))
            })
            .flat_map(|(place, media)| {
                let model = model(&media["schema"]);
                let is_shared = place != "request" && !place.starts_with('2');
                let (owner, page) =
                    if is_shared { (model, component_page(model)) } else { (id, page) };
                values(media).into_iter().map(move |(name, value)| Example {
                    owner,
                    place: place.clone(),
                    name,
                    model,
                    json: json(value),
                    page,
                })
            })
            .collect()
    }

    /// Its answers, by their statuses.
    pub fn responses(&self) -> impl Iterator<Item = (String, &'static Value)> {
        let responses = self.value["responses"].as_object().unwrap().iter();
        responses.map(|(status, response)| (status.clone(), resolve(response)))
    }

    /// Its parameters, and those of its path.
    pub fn parameters(&self) -> impl Iterator<Item = &'static Value> {
        let own = self.value["parameters"].as_array();
        let shared = DOCUMENT["paths"][self.path]["parameters"].as_array();
        own.into_iter().chain(shared).flatten().map(resolve)
    }
}

/// Every operation of the document.
pub fn operations() -> Vec<Operation> {
    let paths = DOCUMENT["paths"].as_object().unwrap();
    let items = paths.iter().flat_map(|(path, item)| {
        item.as_object().unwrap().iter().map(move |(method, value)| (path, method, value))
    });
    items
        .filter(|(_, _, value)| value["operationId"].is_string())
        .map(|(path, method, value)| Operation {
            id: value["operationId"].as_str().unwrap(),
            method: method.to_uppercase(),
            path,
            value,
            page: value["externalDocs"]["url"].as_str().unwrap(),
        })
        .collect()
}

/// An inline example of an operation's request or of one of its answers.
pub struct Example {
    /// The operation; the model, for an answer that operations share.
    pub owner: &'static str,
    /// `request`, or a status.
    pub place: String,
    pub name: &'static str,
    pub model: &'static str,
    /// The JSON text, numbers to the digit.
    pub json: String,
    pub page: &'static str,
}

impl Example {
    /// A name of the example, fit for a file.
    pub fn title(&self) -> String {
        format!("{}.{}.{}", self.owner, self.place, self.name)
    }
}

/// The examples of a body by their names; one without a name is called so.
fn values(media: &'static Value) -> Vec<(&'static str, &'static Value)> {
    let named = media["examples"].as_object().into_iter().flatten();
    let named = named.filter_map(|(name, it)| Some((name.as_str(), resolve(it).get("value")?)));
    media.get("example").map(|value| ("example", value)).into_iter().chain(named).collect()
}

/// Every example of a model among the requests and answers, those that operations share once.
pub fn examples() -> Vec<Example> {
    let mut examples: Vec<Example> = operations().iter().flat_map(Operation::examples).collect();
    examples.retain(|example| generated::MODELS.contains(&example.model));
    examples.sort_by_key(Example::title);
    examples.dedup_by_key(|example| example.title());
    examples
}

/// The JSON text of a value that keeps the digits of its numbers.
pub fn json(value: &Value) -> String {
    let joined = |texts: Vec<String>| texts.join(",");
    match (value, value["$number"].as_str()) {
        (_, Some(number)) => number.to_owned(),
        (Value::Array(items), _) => format!("[{}]", joined(items.iter().map(json).collect())),
        (Value::Object(members), _) => {
            let members = members
                .iter()
                .map(|(name, value)| format!("{}:{}", Value::from(name.as_str()), json(value)));
            format!("{{{}}}", joined(members.collect()))
        }
        _ => value.to_string(),
    }
}

/// Asserts that two JSON texts say the same, whether they write a member that is null or leave it out.
pub fn assert_same(found: &str, expected: &str) {
    let (found, mut expected) = (exact::json(found).unwrap(), exact::json(expected).unwrap());
    drop_nulls(&mut expected, &found);
    assert_eq!(exact::difference(&found, &expected), None);
}

/// Removes the members that are null and that a model leaves out when it writes the value.
pub fn drop_nulls(value: &mut Value, written: &Value) {
    match value {
        Value::Object(members) => {
            members.retain(|name, value| !value.is_null() || written.get(name).is_some());
            for (name, value) in members {
                drop_nulls(value, &written[name.as_str()]);
            }
        }
        Value::Array(items) => {
            let items = items.iter_mut().enumerate();
            items.for_each(|(index, item)| drop_nulls(item, &written[index]));
        }
        _ => {}
    }
}

/// The page that describes a model; a model that is none of the document's components has none.
pub fn component_page(name: &str) -> &'static str {
    let schema = component(name);
    schema
        .and_then(|schema| schema["externalDocs"]["url"].as_str())
        .unwrap_or("part of another model")
}

/// The component schema of a body; nothing for none.
fn model(schema: &'static Value) -> &'static str {
    let reference = &schema["$ref"];
    let reference = if reference.is_null() { &schema["allOf"][0]["$ref"] } else { reference };
    reference.as_str().and_then(|reference| reference.rsplit('/').next()).unwrap_or_default()
}

/// What a reference refers to, or the value itself.
pub fn resolve(value: &'static Value) -> &'static Value {
    match value["$ref"].as_str() {
        Some(reference) => DOCUMENT.pointer(reference.trim_start_matches('#')).unwrap(),
        None => value,
    }
}

/// The component schemas, by name.
pub fn schemas() -> impl Iterator<Item = (&'static String, &'static Value)> {
    DOCUMENT["components"]["schemas"].as_object().unwrap().iter()
}

/// The known values of every extensible enum.
pub fn listed_values() -> Vec<&'static Value> {
    fn collect(value: &'static Value, listed: &mut Vec<&'static Value>) {
        match value {
            Value::Object(members) => {
                listed.extend(value["x-extensible-enum"].as_array().into_iter().flatten());
                members.values().for_each(|value| collect(value, listed));
            }
            Value::Array(items) => items.iter().for_each(|item| collect(item, listed)),
            _ => {}
        }
    }
    let mut listed = Vec::new();
    collect(&DOCUMENT, &mut listed);
    listed
}

/// A component schema.
pub fn component(name: &str) -> Option<&'static Value> {
    DOCUMENT["components"]["schemas"].get(name)
}
