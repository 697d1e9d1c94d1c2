//! Does the JSON Schema of each model agree with the document?

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use support::{document, generated};

/// The shape of a schema without a type.
const ANYTHING: &str = "anything";

#[test]
fn the_schema_of_each_model() {
    for name in generated::MODELS {
        let mut schema = generated::json_schema(name).to_value();
        schema.as_object_mut().unwrap().remove("$defs");
        strip_prose(&mut schema);
        let page = document::component_page(name);
        insta::with_settings!({ description => page, omit_expression => true }, {
            insta::assert_snapshot!(*name, lines(&schema));
        });
    }
}

/// Formats a schema with one line per keyword and per property.
fn lines(schema: &Value) -> String {
    let members = schema.as_object().unwrap().iter().map(|(keyword, value)| match value {
        Value::Object(properties) if keyword == "properties" => {
            let properties =
                properties.iter().map(|(name, schema)| format!("\n  {name}: {schema}"));
            format!("properties:{}", properties.collect::<String>())
        }
        _ => format!("{keyword}: {value}"),
    });
    members.collect::<Vec<_>>().join("\n")
}

fn strip_prose(schema: &mut Value) {
    match schema {
        Value::Object(members) => {
            members.retain(|name, value| {
                !(value.is_string() && (name == "description" || name == "$schema"))
            });
            members.values_mut().for_each(strip_prose);
        }
        Value::Array(items) => items.iter_mut().for_each(strip_prose),
        _ => {}
    }
}

#[test]
fn each_model_agrees_with_its_component() {
    let document: Value = serde_yaml::from_str(&document::TEXT).unwrap();
    let components = generated::MODELS.iter().filter(|name| document::component(name).is_some());
    let differences: Vec<String> = components
        .flat_map(|name| {
            let component = json_schema(&document["components"]["schemas"][*name]);
            differences(name, &component, &generated::json_schema(name).to_value())
        })
        .collect();
    assert!(differences.is_empty(), "\n{}", differences.join("\n"));
}

/// Translates the references and the nullable types of a component to JSON Schema.
fn json_schema(schema: &Value) -> Value {
    match schema {
        Value::Object(members) => {
            let members = members.iter().map(|(name, value)| (name.clone(), json_schema(value)));
            let mut members: Map<String, Value> = members.collect();
            if let Some(Value::String(reference)) = members.get_mut("$ref") {
                *reference = reference.replace("#/components/schemas/", "#/$defs/");
            }
            let is_nullable = members.get("nullable") == Some(&true.into());
            match members.get_mut("type") {
                _ if !is_nullable => members.into(),
                Some(kind) => {
                    *kind = json!([kind, "null"]);
                    members.into()
                }
                None => json!({ "anyOf": [members, { "type": "null" }] }),
            }
        }
        Value::Array(items) => items.iter().map(json_schema).collect(),
        scalar => scalar.clone(),
    }
}

/// Returns the differences between a model and its component, one line per member.
fn differences(name: &str, component: &Value, model: &Value) -> Vec<String> {
    let (component, model) = (members(component), members(model));
    let names: BTreeSet<&String> = component.keys().chain(model.keys()).collect();
    let shape = |members: &BTreeMap<String, String>, member: &String| {
        members.get(member).cloned().unwrap_or_else(|| "no member".to_owned())
    };
    names
        .into_iter()
        .map(|member| (member, shape(&component, member), shape(&model, member)))
        .filter(|(_, component, model)| component != model)
        .map(|(member, component, model)| {
            format!("{name}{member}: {component} in the document, {model} in the model")
        })
        .collect()
}

/// Returns the shape of each member, with its name after a period as the key. If the schema declares no members, the
/// only shape is that of the schema itself, with an empty key.
fn members(schema: &Value) -> BTreeMap<String, String> {
    match schema["properties"].as_object() {
        Some(properties) => properties
            .keys()
            .map(|name| (format!(".{name}"), member(name, schema, schema)))
            .collect(),
        None => BTreeMap::from([(String::new(), alternatives(schema, schema))]),
    }
}

/// Returns the shape of a member, with a question mark if the member can be absent.
fn member(name: &str, object: &Value, root: &Value) -> String {
    let mut shape = shape(&object["properties"][name], root);
    let mut required = object["required"].as_array().into_iter().flatten();
    if required.any(|required| required == name) {
        return joined(&shape);
    }
    // A model reads null as an absent member.
    shape.remove("null");
    format!("{}?", joined(&shape))
}

fn alternatives(schema: &Value, root: &Value) -> String {
    joined(&shape(schema, root))
}

fn joined(alternatives: &BTreeSet<String>) -> String {
    alternatives.iter().map(String::as_str).collect::<Vec<_>>().join(" or ")
}

/// Returns the set of alternatives that a schema allows, regardless of how it is written.
fn shape(schema: &Value, root: &Value) -> BTreeSet<String> {
    for union in ["allOf", "anyOf", "oneOf"] {
        if let Some(alternatives) = schema[union].as_array() {
            return alternatives.iter().flat_map(|alternative| shape(alternative, root)).collect();
        }
    }
    if let Some(name) =
        schema["$ref"].as_str().and_then(|reference| reference.strip_prefix("#/$defs/"))
    {
        return match document::component(name) {
            Some(_) => BTreeSet::from([name.to_owned()]),
            // The model of an inline schema.
            None => shape(&root["$defs"][name], root),
        };
    }
    match &schema["type"] {
        Value::Array(types) => types.iter().flat_map(|ty| shape_of(ty, schema, root)).collect(),
        Value::String(_) => shape_of(&schema["type"], schema, root),
        _ => BTreeSet::from([ANYTHING.to_owned()]),
    }
}

fn shape_of(ty: &Value, schema: &Value, root: &Value) -> BTreeSet<String> {
    let format = schema["format"].as_str();
    let shape = match (ty.as_str().unwrap(), format) {
        ("object", _) => object(schema, root),
        ("array", _) => format!("[{}]", alternatives(&schema["items"], root)),
        // The only string formats that become Rust types.
        ("string", Some(format @ ("uuid" | "date-time"))) => format!("string {format}"),
        ("string" | "null", _) => ty.as_str().unwrap().to_owned(),
        // An integer without a format has 64 bits.
        ("integer", _) => format!("integer {}", format.unwrap_or("int64")),
        (scalar, Some(format)) => format!("{scalar} {format}"),
        (scalar, None) => scalar.to_owned(),
    };
    BTreeSet::from([shape])
}

fn object(schema: &Value, root: &Value) -> String {
    let Some(properties) = schema["properties"].as_object() else {
        let values = &schema["additionalProperties"];
        let values =
            if values.is_object() { alternatives(values, root) } else { ANYTHING.to_owned() };
        return format!("{{ each: {values} }}");
    };
    let members = properties.keys().map(|name| format!("{name}: {}", member(name, schema, root)));
    format!("{{ {} }}", members.collect::<Vec<_>>().join(", "))
}

/// Returns the JSON Schema of a model with the models that it references inlined.
fn inlined(model: &str) -> Value {
    let mut schema = generated::json_schema(model).to_value();
    let models = schema.as_object_mut().unwrap().remove("$defs").unwrap_or_default();
    inline(&mut schema, &models);
    schema.as_object_mut().unwrap().remove("$schema");
    schema
}

fn inline(schema: &mut Value, models: &Value) {
    if let Some(name) = schema["$ref"].as_str() {
        *schema = models[name.trim_start_matches("#/$defs/")].clone();
    }
    match schema {
        Value::Object(members) => members.values_mut().for_each(|it| inline(it, models)),
        Value::Array(items) => items.iter_mut().for_each(|item| inline(item, models)),
        _ => {}
    }
}

#[test]
fn each_model_has_the_same_schema_in_utoipa() {
    for name in generated::MODELS {
        let found = generated::openapi_schema(name);
        assert_eq!(differences(name, &inlined(name), &found), Vec::<String>::new());
    }
}

#[test]
fn differences_are_reported_by_member() {
    let component = json!({ "type": "object", "required": ["amount"], "properties": {
        "amount": { "type": ["number", "null"], "format": "decimal" },
        "since": { "type": "string", "format": "date-time" },
        "id": { "type": "string", "format": "uuid" },
        "gone": { "type": "array", "items": { "type": "integer" } },
    } });
    let model = json!({ "type": "object", "properties": {
        "amount": { "type": ["number", "null"], "format": "decimal" },
        "since": { "type": ["string", "null"] },
        "id": { "type": ["string", "null"] },
        "new": { "type": "object", "additionalProperties": { "type": "string" } },
    } });
    insta::assert_snapshot!(differences("Budget", &component, &model).join("\n"), @"
    Budget.amount: null or number decimal in the document, number decimal? in the model
    Budget.gone: [integer int64]? in the document, no member in the model
    Budget.id: string uuid? in the document, string? in the model
    Budget.new: no member in the document, { each: string }? in the model
    Budget.since: string date-time? in the document, string? in the model
    ");
}
