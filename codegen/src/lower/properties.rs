//! Rewrites schemas: constraints, money, timestamps, optional collections, extensible enums, undeclared members, order.

use document::integers::Width;
use indexmap::IndexSet;
use openapiv3::{
    AdditionalProperties, AnySchema, ArrayType, IntegerType, NumberType, ObjectType, ReferenceOr,
    Schema, SchemaData, SchemaKind, StringFormat, StringType, Type, VariantOrUnknownOrEmpty,
};
use serde_json::Value;

use super::{directions::Directions, kinds};
use crate::{annotation::Annotations, schemas};

/// Replaces a component that only refers to another one with a schema that can have an annotation.
pub(super) fn expand_reference(component: &mut ReferenceOr<Schema>) {
    if let ReferenceOr::Reference { reference } = component {
        *component = ReferenceOr::Item(only_member(reference));
    }
}

/// Lowers a schema and its nested schemas.
pub(super) fn lower(schema: &mut Schema, directions: Directions, annotations: &mut Annotations) {
    kinds::settle(schema);
    // progenitor would make the client send the default, but the service is responsible for applying it.
    schema.schema_data.default = None;
    drop_constraints(&mut schema.schema_kind);
    list_known_values(schema, annotations);
    bare(schema);
    if let SchemaKind::Type(Type::Object(object)) = &mut schema.schema_kind
        && !object.properties.is_empty()
    {
        declare_required(object);
        annotate_properties(object, annotations);
        if directions.received {
            admit_undeclared_members(object);
        }
    }
    if directions.sent || directions.received {
        annotations.annotate(&mut schema.schema_data.description, |annotation| {
            (annotation.sent, annotation.received) = (directions.sent, directions.received);
        });
    }
    for (_, child) in schemas::children_mut(schema) {
        lower(child, directions, annotations);
    }
}

/// Removes constraints, because the client must read a response even if it violates one, and the service validates
/// requests. Keeps only the formats that have a Rust type: identifiers, timestamps, money and integer widths.
fn drop_constraints(kind: &mut SchemaKind) {
    let SchemaKind::Type(kind) = kind else { return };
    match kind {
        Type::String(string) => {
            let enumeration = distinct(std::mem::take(&mut string.enumeration));
            // An enum becomes a separate type.
            let format = match is_timestamp(&string.format) && enumeration.is_empty() {
                true => string.format.clone(),
                false => unknown_only("uuid", &string.format),
            };
            *string = StringType { format, enumeration, ..StringType::default() };
        }
        Type::Number(number) => {
            let format = unknown_only("decimal", &number.format);
            *number = NumberType { format, ..NumberType::default() };
        }
        Type::Integer(integer) => {
            let format = match &integer.format {
                VariantOrUnknownOrEmpty::Unknown(format) if Width::of_format(format).is_none() => {
                    VariantOrUnknownOrEmpty::Empty
                }
                known => known.clone(),
            };
            *integer = IntegerType { format, ..IntegerType::default() };
        }
        Type::Array(array) => {
            *array = ArrayType {
                items: array.items.take(),
                min_items: None,
                max_items: None,
                unique_items: false,
            };
        }
        Type::Object(object) => (object.min_properties, object.max_properties) = (None, None),
        Type::Boolean(_) => {}
    }
}

/// Returns the format if it has the given name, which OpenAPI does not define, or else no format.
fn unknown_only<T: Clone>(
    name: &str,
    format: &VariantOrUnknownOrEmpty<T>,
) -> VariantOrUnknownOrEmpty<T> {
    match format {
        VariantOrUnknownOrEmpty::Unknown(other) if other == name => format.clone(),
        _ => VariantOrUnknownOrEmpty::Empty,
    }
}

/// Removes the extensions of a number or timestamp. With any extension, progenitor ignores the conversion of its format
/// and generates a different type without a warning.
fn bare(schema: &mut Schema) {
    let is_converted = match &schema.schema_kind {
        SchemaKind::Type(Type::Number(_) | Type::Integer(_)) => true,
        SchemaKind::Type(Type::String(string)) => is_timestamp(&string.format),
        _ => false,
    };
    if is_converted {
        schema.schema_data.extensions.clear();
    }
}

fn is_timestamp(format: &VariantOrUnknownOrEmpty<StringFormat>) -> bool {
    *format == VariantOrUnknownOrEmpty::Item(StringFormat::DateTime)
}

/// Removes repeated values, which make typify panic.
fn distinct(values: impl IntoIterator<Item = Option<String>>) -> Vec<Option<String>> {
    values.into_iter().collect::<IndexSet<_>>().into_iter().collect()
}

/// Turns an extensible enum into an enum of its known values. `polish` adds the variant for other values.
fn list_known_values(schema: &mut Schema, annotations: &mut Annotations) {
    let Some(Value::Array(values)) = schema.schema_data.extensions.get(schemas::EXTENSIBLE_ENUM)
    else {
        return;
    };
    let values = values.iter().filter_map(Value::as_str).map(|value| Some(value.to_owned()));
    let values = distinct(values);
    if let SchemaKind::Type(Type::String(string)) = &mut schema.schema_kind {
        string.enumeration = values;
        string.format = VariantOrUnknownOrEmpty::Empty;
        annotations.annotate(&mut schema.schema_data.description, |it| it.extensible = true);
    }
}

/// Allows undeclared members, because the service may add members to a response.
fn admit_undeclared_members(object: &mut ObjectType) {
    if object.additional_properties == Some(AdditionalProperties::Any(false)) {
        object.additional_properties = None;
    }
}

/// Declares properties that are only listed in `required`: they accept any value, and progenitor fails on them inside
/// `oneOf`.
fn declare_required(object: &mut ObjectType) {
    for name in &object.required {
        object.properties.entry(name.clone()).or_insert_with(|| {
            ReferenceOr::boxed_item(Schema {
                schema_data: SchemaData::default(),
                schema_kind: SchemaKind::Any(AnySchema::default()),
            })
        });
    }
}

fn annotate_properties(object: &mut ObjectType, annotations: &mut Annotations) {
    let required = &object.required;
    for (position, (name, property)) in object.properties.iter_mut().enumerate() {
        let property = describable(property);
        let optional_collection = !required.contains(name) && is_collection(property);
        // Without this, typify generates a plain `Vec` or map, which does not distinguish absent, null and empty.
        property.schema_data.nullable |= optional_collection;
        annotations.annotate(&mut property.schema_data.description, |annotation| {
            annotation.position = Some(position);
            annotation.optional_collection = optional_collection;
        });
    }
}

/// Returns the schema of a property. Replaces a reference with a schema that can have a description.
fn describable(property: &mut ReferenceOr<Box<Schema>>) -> &mut Schema {
    if let ReferenceOr::Reference { reference } = property {
        *property = ReferenceOr::boxed_item(only_member(reference));
    }
    match property {
        ReferenceOr::Item(schema) => schema,
        ReferenceOr::Reference { .. } => unreachable!("a reference was replaced above"),
    }
}

/// Returns an `allOf` with the reference as its only part, which means the same but can have a description.
fn only_member(reference: &mut String) -> Schema {
    let reference = ReferenceOr::Reference { reference: std::mem::take(reference) };
    Schema {
        schema_data: SchemaData::default(),
        schema_kind: SchemaKind::AllOf { all_of: vec![reference] },
    }
}

fn is_collection(schema: &Schema) -> bool {
    match &schema.schema_kind {
        SchemaKind::Type(Type::Array(_)) => true,
        SchemaKind::Type(Type::Object(object)) => object.properties.is_empty(),
        _ => false,
    }
}
