//! Does each model say of itself in JSON Schema what the document says of it?

use std::collections::BTreeSet;

use codegen::conform::schema;
use serde_json::{Value, json};

use crate::{document, generated};

#[test]
fn each_model_states_its_schema() {
    for name in generated::MODELS {
        let mut schema = generated::json_schema(name).to_value();
        schema.as_object_mut().unwrap().remove("$defs");
        strip_prose(&mut schema);
        insta::with_settings!({ omit_expression => true }, {
            insta::assert_snapshot!(*name, lines(&schema));
        });
    }
}

/// A schema with a line for each keyword, and for each property.
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
    for name in generated::MODELS.iter().filter(|name| document::component(name).is_some()) {
        let component = schema::json_schema(&document, name, false);
        let model = generated::json_schema(name).to_value();
        assert_eq!(shape(&component, &component), shape(&model, &model), "{name}");
    }
}

/// What a schema admits, however it is written: the set of its alternatives.
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
            // A model of its own for what the document writes in place.
            None => shape(&root["$defs"][name], root),
        };
    }
    match &schema["type"] {
        Value::Array(types) => types.iter().flat_map(|ty| shape_of(ty, schema, root)).collect(),
        Value::String(_) => shape_of(&schema["type"], schema, root),
        _ => BTreeSet::from(["anything".to_owned()]),
    }
}

fn shape_of(ty: &Value, schema: &Value, root: &Value) -> BTreeSet<String> {
    let shape = match ty.as_str().unwrap() {
        "object" => object(schema, root),
        "array" => json!({ "items": shape(&schema["items"], root) }).to_string(),
        "null" => "null".to_owned(),
        // An integer of no format is one of 64 bits.
        "integer" => format!("integer {}", schema["format"].as_str().unwrap_or("int64")),
        scalar => format!("{scalar} {}", schema["format"].as_str().unwrap_or_default()),
    };
    BTreeSet::from([shape])
}

fn object(schema: &Value, root: &Value) -> String {
    let required = schema["required"].as_array().cloned().unwrap_or_default();
    let Some(properties) = schema["properties"].as_object() else {
        let values = &schema["additionalProperties"];
        let values = if values.is_object() { shape(values, root) } else { shape(&json!({}), root) };
        return json!({ "values": values }).to_string();
    };
    let members = properties.iter().map(|(name, property)| {
        let mut shape = shape(property, root);
        let is_required = required.contains(&json!(name));
        // A model takes null for an absent member.
        if !is_required {
            shape.remove("null");
        }
        (name.clone(), json!({ "is": shape, "required": is_required }))
    });
    Value::Object(members.collect()).to_string()
}
