//! The schemas of the models for `utoipa`, converted from their `schemars` schemas.

use schemars::{JsonSchema, generate::SchemaSettings};
use serde_json::Value;
use utoipa::openapi::{RefOr, Schema};

/// Returns the schema of a model, with the schemas of nested models inlined.
pub(crate) fn of<T: JsonSchema>() -> RefOr<Schema> {
    let settings =
        SchemaSettings::draft2020_12().with(|settings| settings.inline_subschemas = true);
    let mut schema = settings.into_generator().into_root_schema_for::<T>().to_value();
    write_out_true(&mut schema);
    if let Some(members) = schema.as_object_mut() {
        members.remove("$schema");
    }
    serde_json::from_value(schema).unwrap_or_default()
}

/// Replaces the schema `true`, for which utoipa has no type, with the equivalent empty schema. Flags such as
/// `deprecated` are kept.
fn write_out_true(schema: &mut Value) {
    if *schema == Value::Bool(true) {
        *schema = Value::Object(Default::default());
    }
    for (keyword, value) in schema.as_object_mut().into_iter().flatten() {
        match (keyword.as_str(), value) {
            ("properties", Value::Object(schemas)) => schemas.values_mut().for_each(write_out_true),
            ("allOf" | "anyOf" | "oneOf", Value::Array(schemas)) => {
                schemas.iter_mut().for_each(write_out_true);
            }
            ("items" | "not", schema) | ("additionalProperties", schema @ Value::Object(_)) => {
                write_out_true(schema);
            }
            _ => {}
        }
    }
}

/// Implements `utoipa::ToSchema` for the models of the document.
macro_rules! to_schema {
    ($($model:ident),* $(,)?) => {
        $(impl utoipa::PartialSchema for $model {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
                crate::schema::of::<Self>()
            }
        }

        impl utoipa::ToSchema for $model {})*
    };
}

pub(crate) use to_schema;
