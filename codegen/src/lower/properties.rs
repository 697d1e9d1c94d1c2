//! Schemas: constraints, money, optional collections, extensible enums, undeclared members, order.

use document::integers::Width;
use indexmap::IndexSet;
use openapiv3::{
    AdditionalProperties, AnySchema, ArrayType, IntegerType, NumberType, ObjectType, OpenAPI,
    ReferenceOr, Schema, SchemaData, SchemaKind, StringType, Type, VariantOrUnknownOrEmpty,
};
use serde_json::Value;

use super::{
    kinds,
    places::{self, Place, Travels},
};
use crate::{annotation::Annotation, schemas};

/// The extension that lists the known values of a string that may have others.
const EXTENSIBLE_ENUM: &str = "x-extensible-enum";

/// Applies the rules to every schema of the document.
pub(crate) fn lower(document: &mut OpenAPI) {
    let components = document.components.iter_mut();
    components.flat_map(|components| components.schemas.values_mut()).for_each(write_out);
    for Place { schema, travels, .. } in places::schemas(document) {
        lower_item(schema, travels);
    }
}

/// A component that refers to another has no place for an annotation.
fn write_out(component: &mut ReferenceOr<Schema>) {
    if let ReferenceOr::Reference { reference } = component {
        *component = ReferenceOr::Item(only_member(reference));
    }
}

fn lower_item(schema: &mut ReferenceOr<Schema>, travels: Travels) {
    if let ReferenceOr::Item(schema) = schema {
        lower_schema(schema, travels);
    }
}

fn lower_schema(schema: &mut Schema, travels: Travels) {
    kinds::settle(schema);
    // What the service takes for an absent value is not for the client to send.
    schema.schema_data.default = None;
    drop_constraints(&mut schema.schema_kind);
    list_known_values(schema);
    bare_number(schema);
    if let SchemaKind::Type(Type::Object(object)) = &mut schema.schema_kind
        && !object.properties.is_empty()
    {
        declare_required(object);
        annotate_properties(object);
        if travels.received {
            admit_undeclared_members(object);
        }
    }
    if travels.sent || travels.received {
        Annotation::write(&mut schema.schema_data.description, |annotation| {
            (annotation.sent, annotation.received) = (travels.sent, travels.received);
        });
    }
    for (_, child) in schemas::children_mut(schema) {
        lower_schema(child, travels);
    }
}

/// The service enforces its constraints: an answer that breaks one must be read all the same. And of the
/// formats the client has types for identifiers, money and the widths of integers alone.
fn drop_constraints(kind: &mut SchemaKind) {
    let SchemaKind::Type(kind) = kind else { return };
    match kind {
        Type::String(string) => {
            let format = unknown_only("uuid", &string.format);
            let enumeration = distinct(std::mem::take(&mut string.enumeration));
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

/// A format that OpenAPI does not know, if it is the one that the client does; otherwise none.
fn unknown_only<T: Clone>(
    name: &str,
    format: &VariantOrUnknownOrEmpty<T>,
) -> VariantOrUnknownOrEmpty<T> {
    match format {
        VariantOrUnknownOrEmpty::Unknown(other) if other == name => format.clone(),
        _ => VariantOrUnknownOrEmpty::Empty,
    }
}

/// The generator takes a number for one of another type, quietly, where anything but a format is said of it.
fn bare_number(schema: &mut Schema) {
    if let SchemaKind::Type(Type::Number(_) | Type::Integer(_)) = &schema.schema_kind {
        schema.schema_data.extensions.clear();
    }
}

/// The generator stops at a value that stands twice.
fn distinct(values: impl IntoIterator<Item = Option<String>>) -> Vec<Option<String>> {
    values.into_iter().collect::<IndexSet<_>>().into_iter().collect()
}

/// An extensible enum becomes an enum of its known values; polish adds the variant for the others.
fn list_known_values(schema: &mut Schema) {
    let Some(Value::Array(values)) = schema.schema_data.extensions.get(EXTENSIBLE_ENUM) else {
        return;
    };
    let values = values.iter().filter_map(Value::as_str).map(|value| Some(value.to_owned()));
    let values = distinct(values);
    if let SchemaKind::Type(Type::String(string)) = &mut schema.schema_kind {
        string.enumeration = values;
        Annotation::write(&mut schema.schema_data.description, |annotation| {
            annotation.extensible = true
        });
    }
}

/// An answer may gain members.
fn admit_undeclared_members(object: &mut ObjectType) {
    if object.additional_properties == Some(AdditionalProperties::Any(false)) {
        object.additional_properties = None;
    }
}

/// What is required and not declared may have any value; the generator stops at it among alternatives.
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

fn annotate_properties(object: &mut ObjectType) {
    let required = &object.required;
    for (position, (name, property)) in object.properties.iter_mut().enumerate() {
        let property = describable(property);
        let optional_collection = !required.contains(name) && is_collection(property);
        // Otherwise the generator takes an absent or null collection for an empty one.
        property.schema_data.nullable |= optional_collection;
        Annotation::write(&mut property.schema_data.description, |annotation| {
            annotation.position = Some(position);
            annotation.optional_collection = optional_collection;
        });
    }
}

/// The schema of a property, with a place for a description.
fn describable(property: &mut ReferenceOr<Box<Schema>>) -> &mut Schema {
    if let ReferenceOr::Reference { reference } = property {
        *property = ReferenceOr::boxed_item(only_member(reference));
    }
    match property {
        ReferenceOr::Item(schema) => schema,
        ReferenceOr::Reference { .. } => unreachable!("a reference was replaced above"),
    }
}

/// A reference has no description of its own; the only member of an `allOf` means the same and has.
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
