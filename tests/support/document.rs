//! The document, its operations and their examples.

use std::{collections::BTreeSet, fs, path::PathBuf, sync::LazyLock};

use document::{Kind, Tree, exact};
use serde_json::{Map, Value};

use crate::generated;

pub const NAME: &str = "spec/partner-center.yaml";

/// The text of the document.
pub static TEXT: LazyLock<String> = LazyLock::new(|| read(NAME));

/// The text of a document that only tests use, so that edits to the real document do not affect them.
pub static FIXED: LazyLock<String> =
    LazyLock::new(|| read("tests/documents/fixed/partner-center.yaml"));

/// The document as a JSON value that keeps all digits of numbers.
static DOCUMENT: LazyLock<Value> =
    LazyLock::new(|| exact::value(Tree::parse(&TEXT).unwrap().unwrap().root()));

/// Returns the path of a file in the workspace.
pub fn path(name: &str) -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "..", name].iter().collect()
}

/// Reads a file in the workspace.
pub fn read(name: &str) -> String {
    fs::read_to_string(path(name)).unwrap()
}

/// An operation in the document.
pub struct Operation {
    pub id: &'static str,
    pub method: String,
    pub path: &'static str,
    pub value: &'static Value,
    pub page: &'static str,
}

impl Operation {
    /// Returns its example requests and responses.
    pub fn examples(&self) -> Vec<Example> {
        let (id, page) = (self.id, self.page);
        let mut bodies: Vec<(String, &'static Value)> = self.responses().collect();
        bodies.push(("request".to_owned(), resolve(&self.value["requestBody"])));
        bodies
            .into_iter()
            .flat_map(|(part, body)| {
                let media = body["content"].as_object().into_iter().flat_map(Map::values);
                media.map(move |media| (part.clone(), media))
            })
            .flat_map(|(part, media)| {
                let model = model(&media["schema"]);
                let is_shared = part != "request" && !part.starts_with('2');
                let (owner, page) =
                    if is_shared { (model, component_page(model)) } else { (id, page) };
                values(media).into_iter().map(move |(name, value)| Example {
                    owner,
                    part: part.clone(),
                    name,
                    model,
                    json: json(value),
                    page,
                })
            })
            .collect()
    }

    /// Returns its responses with their statuses.
    pub fn responses(&self) -> impl Iterator<Item = (String, &'static Value)> {
        let responses = self.value["responses"].as_object().unwrap().iter();
        responses.map(|(status, response)| (status.clone(), resolve(response)))
    }

    /// Returns the OAuth flows of its security schemes in alphabetical order.
    pub fn flows(&self) -> Vec<&'static str> {
        let own = self.value.get("security").unwrap_or(&DOCUMENT["security"]);
        let schemes = own.as_array().into_iter().flatten().filter_map(Value::as_object);
        let names = schemes.flat_map(Map::keys);
        let schemes = names.map(|name| resolve(&DOCUMENT["components"]["securitySchemes"][name]));
        let flows = schemes.filter_map(|scheme| scheme["flows"].as_object()).flat_map(Map::keys);
        let flows: BTreeSet<&str> = flows.map(String::as_str).collect();
        flows.into_iter().collect()
    }

    /// Returns its own parameters and the parameters of its path.
    pub fn parameters(&self) -> impl Iterator<Item = &'static Value> {
        let own = self.value["parameters"].as_array();
        let shared = DOCUMENT["paths"][self.path]["parameters"].as_array();
        own.into_iter().chain(shared).flatten().map(resolve)
    }
}

/// Returns all operations in the document.
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

/// An example request or response body.
pub struct Example {
    /// The ID of the operation, or the name of the model for error responses, which operations share.
    pub owner: &'static str,
    /// `request` or a status.
    pub part: String,
    pub name: &'static str,
    pub model: &'static str,
    /// The body as JSON, with all digits of its numbers.
    pub json: String,
    pub page: &'static str,
}

impl Example {
    /// Returns a unique title that is valid in a file name.
    pub fn title(&self) -> String {
        format!("{}.{}.{}", self.owner, self.part, self.name)
    }
}

/// Returns the examples of a body with their names. The value of the keyword `example` is named `example`.
fn values(media: &'static Value) -> Vec<(&'static str, &'static Value)> {
    let named = media["examples"].as_object().into_iter().flatten();
    let named = named.filter_map(|(name, it)| Some((name.as_str(), resolve(it).get("value")?)));
    media.get("example").map(|value| ("example", value)).into_iter().chain(named).collect()
}

/// Returns every example of a model, with each shared example only once.
pub fn examples() -> Vec<Example> {
    let mut examples: Vec<Example> = operations().iter().flat_map(Operation::examples).collect();
    examples.retain(|example| generated::MODELS.contains(&example.model));
    examples.sort_by_key(Example::title);
    examples.dedup_by_key(|example| example.title());
    examples
}

/// Converts a value to JSON with all digits of its numbers.
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

/// Asserts that two JSON texts are equal. A member that is null in `expected` can be missing from `found`.
pub fn assert_same(found: &str, expected: &str) {
    let (found, mut expected) = (exact::json(found).unwrap(), exact::json(expected).unwrap());
    drop_nulls(&mut expected, &found);
    assert_eq!(exact::differences(&found, &expected), []);
}

/// Removes the null members that are missing from `written`, because models omit them when they are serialized.
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

/// Returns the URL of the page that describes a model, or a note if the model is not a component.
pub fn component_page(name: &str) -> &'static str {
    let schema = component(name);
    schema
        .and_then(|schema| schema["externalDocs"]["url"].as_str())
        .unwrap_or("part of another model")
}

/// Returns the name of the component that a body schema references, or an empty string.
fn model(schema: &'static Value) -> &'static str {
    let reference = &schema["$ref"];
    let reference = if reference.is_null() { &schema["allOf"][0]["$ref"] } else { reference };
    reference.as_str().and_then(|reference| reference.rsplit('/').next()).unwrap_or_default()
}

/// Returns the target of a reference, or the value itself if it is not a reference.
pub fn resolve(value: &'static Value) -> &'static Value {
    match value["$ref"].as_str() {
        Some(reference) => DOCUMENT.pointer(reference.trim_start_matches('#')).unwrap(),
        None => value,
    }
}

/// Returns the component schemas with their names.
pub fn schemas() -> impl Iterator<Item = (&'static String, &'static Value)> {
    DOCUMENT["components"]["schemas"].as_object().unwrap().iter()
}

/// Returns the known values of all extensible enums.
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

/// Returns a component schema.
pub fn component(name: &str) -> Option<&'static Value> {
    DOCUMENT["components"]["schemas"].get(name)
}

/// Turns the example of a rule into a complete document by adding the required members that it omits.
///
/// An example that is not part of a document is returned unchanged.
pub fn complete(example: &str) -> String {
    const REQUIRED: [(&str, &str); 3] = [
        ("openapi", "openapi: 3.0.3\n"),
        ("info", "info: { title: Orders, version: 1.0.0 }\n"),
        ("paths", "paths: {}\n"),
    ];
    let lines = || example.trim_start_matches('\u{feff}').lines();
    let has = |name: &str| lines().any(|line| line.starts_with(&format!("{name}:")));
    let fields = Kind::Document.object().fields;
    let is_part = example.starts_with("x-") || fields.iter().any(|field| has(field.name));
    let missing = REQUIRED.iter().filter(|(name, _)| is_part && !has(name));
    example.to_owned() + &missing.map(|(_, member)| *member).collect::<String>()
}
