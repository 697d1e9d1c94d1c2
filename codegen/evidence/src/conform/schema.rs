//! Translates OpenAPI 3.0 schemas to JSON Schema 2020-12.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";
const COMPONENTS: &str = "#/components/schemas/";
const DEFINITIONS: &str = "#/$defs/";

/// The keywords that exist only in OpenAPI, besides extensions.
const OPENAPI_ONLY: [&str; 5] = ["discriminator", "example", "externalDocs", "nullable", "xml"];

/// The keywords that constrain values beyond their types, and those that require members.
pub(super) const OF_VALUES_AND_REQUIRED: &[&str] = &[
    "enum",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "format",
    "maxItems",
    "maxLength",
    "maxProperties",
    "maximum",
    "minItems",
    "minLength",
    "minProperties",
    "minimum",
    "multipleOf",
    "not",
    "pattern",
    // The last one, so that the keywords of values are all others.
    "required",
];

/// The keywords that constrain values beyond their types.
pub(super) const OF_VALUES: &[&str] = match OF_VALUES_AND_REQUIRED {
    [values @ .., _required] => values,
    [] => &[],
};

/// The keywords with which a schema declares the members of an object.
const DECLARING: [&str; 6] =
    ["$ref", "additionalProperties", "allOf", "anyOf", "oneOf", "properties"];

/// Translates a component to a JSON Schema, with the components that it refers to under `$defs`.
///
/// `closed` rejects undeclared members at every depth. An object schema without any declared members stays open,
/// because it means that all members are allowed. A component that does not exist becomes `false`, for which no value
/// is valid.
#[must_use]
pub fn json_schema(document: &Value, component: &str, closed: bool) -> Value {
    let translation = Translation { closed, omitted: &[] };
    standalone(document, &document["components"]["schemas"][component], translation)
}

/// Translates a schema of the document, and adds the definitions that it needs.
pub(super) fn standalone(document: &Value, schema: &Value, translation: Translation) -> Value {
    let mut schema = translation.whole(schema);
    let definitions = definitions(document, &schema, translation);
    if let Some(root) = schema.as_object_mut() {
        root.insert("$schema".to_owned(), DIALECT.into());
        if !definitions.is_empty() {
            root.insert("$defs".to_owned(), definitions.into());
        }
    }
    schema
}

fn definitions(document: &Value, schema: &Value, translation: Translation) -> Map<String, Value> {
    let mut definitions = Map::new();
    let mut open = references(schema);
    while let Some(name) = open.pop_first() {
        if !definitions.contains_key(&name) {
            let definition = translation.definition(&document["components"]["schemas"][&name]);
            open.append(&mut references(&definition));
            definitions.insert(name, definition);
        }
    }
    definitions
}

/// Returns the names of the definitions to which a translated schema refers, at any depth.
fn references(schema: &Value) -> BTreeSet<String> {
    match schema {
        Value::Object(members) => {
            let reference = schema["$ref"].as_str();
            let name = reference.and_then(|reference| reference.strip_prefix(DEFINITIONS));
            members.values().flat_map(references).chain(name.map(str::to_owned)).collect()
        }
        Value::Array(items) => items.iter().flat_map(references).collect(),
        _ => BTreeSet::new(),
    }
}

/// The options of the translation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Translation {
    /// Rejects undeclared members.
    pub(super) closed: bool,
    /// Keywords to leave out.
    pub(super) omitted: &'static [&'static str],
}

impl Translation {
    /// Translates the only schema of a value.
    ///
    /// Only such a schema can be closed. A part of an `allOf` would reject the members of the other parts.
    fn whole(self, schema: &Value) -> Value {
        let mut translated = self.part(schema);
        if self.closed && declares(schema) {
            translated["unevaluatedProperties"] = false.into();
        }
        translated
    }

    /// Translates a component. Each schema that refers to the component closes it, unless it allows all members.
    fn definition(self, schema: &Value) -> Value {
        let mut translated = self.part(schema);
        if self.closed && schema["type"] == "object" && !declares(schema) {
            translated["additionalProperties"] = true.into();
        }
        translated
    }

    /// Translates a schema that may be one of several for a value.
    fn part(self, schema: &Value) -> Value {
        let Some(keywords) = schema.as_object() else { return (schema == true).into() };
        if let Some(reference) = schema["$ref"].as_str() {
            return json!({ "$ref": reference.replace(COMPONENTS, DEFINITIONS) });
        }
        let mut translated: Map<String, Value> = keywords
            .iter()
            .filter(|(keyword, _)| !self.omits(keyword))
            .map(|(keyword, value)| (keyword.clone(), self.keyword(keyword, value)))
            .collect();
        exclude(&mut translated, "exclusiveMinimum", "minimum");
        exclude(&mut translated, "exclusiveMaximum", "maximum");
        if schema["nullable"] == true { nullable(translated) } else { translated.into() }
    }

    fn keyword(self, keyword: &str, value: &Value) -> Value {
        match (keyword, value) {
            ("properties", _) => {
                let properties = value.as_object().into_iter().flatten();
                properties.map(|(name, schema)| (name.clone(), self.whole(schema))).collect()
            }
            ("items" | "additionalProperties", _) => self.whole(value),
            ("allOf" | "anyOf" | "oneOf", Value::Array(parts)) => {
                parts.iter().map(|part| self.part(part)).collect()
            }
            ("not", _) => Self { closed: false, ..self }.part(value),
            _ => value.clone(),
        }
    }

    fn omits(self, keyword: &str) -> bool {
        is_unsupported(keyword) || self.omitted.contains(&keyword)
    }
}

fn is_unsupported(keyword: &str) -> bool {
    keyword.starts_with("x-") || OPENAPI_ONLY.contains(&keyword)
}

fn declares(schema: &Value) -> bool {
    DECLARING.iter().any(|keyword| schema.get(keyword).is_some())
}

/// Translates an exclusive limit: a flag in OpenAPI 3.0, a separate number in JSON Schema.
fn exclude(schema: &mut Map<String, Value>, exclusive: &str, limit: &str) {
    if schema.remove(exclusive) == Some(true.into())
        && let Some(value) = schema.remove(limit)
    {
        schema.insert(exclusive.to_owned(), value);
    }
}

/// Allows null in addition to the values of a schema.
///
/// According to OpenAPI 3.0.3, `nullable` has no effect without `type`. It is translated anyway, because authors mean
/// it so, and the client accepts null there.
fn nullable(mut schema: Map<String, Value>) -> Value {
    if let Some(kind) = schema.get_mut("type") {
        *kind = json!([kind, "null"]);
        return schema.into();
    }
    json!({ "anyOf": [schema, { "type": "null" }] })
}
