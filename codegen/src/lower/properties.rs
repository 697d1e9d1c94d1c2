//! Schemas: constraints, money, optional collections, extensible enums, undeclared members, order.

use openapiv3::{
    AdditionalProperties, AnySchema, ArrayType, IntegerType, NumberType, ObjectType, OpenAPI,
    ReferenceOr, Schema, SchemaData, SchemaKind, StringType, Type, VariantOrUnknownOrEmpty,
};
use serde_json::Value;

use super::places::{self, Travels};
use crate::{annotation::Annotation, schemas};

/// The extension that lists the known values of a string that may have others.
const EXTENSIBLE_ENUM: &str = "x-extensible-enum";

/// Applies the rules to every schema of the document.
pub(crate) fn lower(document: &mut OpenAPI) {
    for (schema, travels) in places::schemas(document) {
        lower_item(schema, travels);
    }
}

fn lower_item(schema: &mut ReferenceOr<Schema>, travels: Travels) {
    if let ReferenceOr::Item(schema) = schema {
        lower_schema(schema, travels);
    }
}

fn lower_schema(schema: &mut Schema, travels: Travels) {
    compose(&mut schema.schema_kind);
    drop_constraints(&mut schema.schema_kind);
    list_known_values(schema);
    bare_decimal(schema);
    if let SchemaKind::Type(Type::Object(object)) = &mut schema.schema_kind
        && !object.properties.is_empty()
    {
        annotate_properties(object);
        if travels.received {
            admit_undeclared_members(object);
        }
    }
    if travels.sent || travels.received {
        Annotation::write(&mut schema.schema_data.description, |annotation| {
            let Travels { sent, received, answers } = travels;
            (annotation.sent, annotation.received, annotation.answer) = (sent, received, answers);
        });
    }
    for child in schemas::children_mut(schema) {
        lower_schema(child, Travels { answers: false, ..travels });
    }
}

/// Properties beside an `allOf` are another member of it.
fn compose(kind: &mut SchemaKind) {
    let SchemaKind::Any(any) = kind else { return };
    if any.all_of.is_empty()
        || !any.one_of.is_empty()
        || !any.any_of.is_empty()
        || any.not.is_some()
    {
        return;
    }
    let AnySchema { properties, required, additional_properties, all_of, .. } = std::mem::take(any);
    let object =
        ObjectType { properties, required, additional_properties, ..ObjectType::default() };
    let object = Schema {
        schema_data: SchemaData::default(),
        schema_kind: SchemaKind::Type(Type::Object(object)),
    };
    *kind = SchemaKind::AllOf {
        all_of: [ReferenceOr::Item(object)].into_iter().chain(all_of).collect(),
    };
}

/// The service enforces its constraints: an answer that breaks one must be read all the same. And of the
/// formats of a string, the client has types for identifiers alone.
fn drop_constraints(kind: &mut SchemaKind) {
    let SchemaKind::Type(kind) = kind else { return };
    match kind {
        Type::String(string) => {
            let is_uuid = string.format == VariantOrUnknownOrEmpty::Unknown("uuid".to_owned());
            let format =
                if is_uuid { string.format.clone() } else { VariantOrUnknownOrEmpty::Empty };
            let enumeration = std::mem::take(&mut string.enumeration);
            *string = StringType { format, enumeration, ..StringType::default() };
        }
        Type::Number(number) => {
            *number = NumberType { format: number.format.clone(), ..NumberType::default() };
        }
        Type::Integer(integer) => {
            *integer = IntegerType { format: integer.format.clone(), ..IntegerType::default() };
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

/// The generator takes a decimal for a float, quietly, where anything else is said of the number.
fn bare_decimal(schema: &mut Schema) {
    let decimal = VariantOrUnknownOrEmpty::Unknown("decimal".to_owned());
    if let SchemaKind::Type(Type::Number(number)) = &schema.schema_kind
        && number.format == decimal
    {
        schema.schema_data.extensions.clear();
    }
}

/// An extensible enum becomes an enum of its known values; polish adds the variant for the others.
fn list_known_values(schema: &mut Schema) {
    let Some(Value::Array(values)) = schema.schema_data.extensions.get(EXTENSIBLE_ENUM) else {
        return;
    };
    let values = values.iter().map(|value| value.as_str().map(str::to_owned)).collect();
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

/// A reference has no description of its own; the only member of an `allOf` means the same and has.
fn describable(property: &mut ReferenceOr<Box<Schema>>) -> &mut Schema {
    if let ReferenceOr::Reference { reference } = property {
        let reference = ReferenceOr::Reference { reference: std::mem::take(reference) };
        *property = ReferenceOr::boxed_item(Schema {
            schema_data: SchemaData::default(),
            schema_kind: SchemaKind::AllOf { all_of: vec![reference] },
        });
    }
    match property {
        ReferenceOr::Item(schema) => schema,
        ReferenceOr::Reference { .. } => unreachable!("a reference was replaced above"),
    }
}

fn is_collection(schema: &Schema) -> bool {
    match &schema.schema_kind {
        SchemaKind::Type(Type::Array(_)) => true,
        SchemaKind::Type(Type::Object(object)) => object.properties.is_empty(),
        _ => false,
    }
}
