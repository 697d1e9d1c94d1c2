//! Gives each schema a single kind, because progenitor fails on keywords that do not belong to the type of a schema,
//! even though they have no effect.

use document::integers::Width;
use openapiv3::{
    AnySchema, ArrayType, BooleanType, IntegerType, NumberType, ObjectType, ReferenceOr, Schema,
    SchemaData, SchemaKind, StringType, Type,
};
use serde_json::Value;

/// Keeps only the keywords that belong to a schema's type, which can be explicit or implied, or to its composition.
///
/// Drops `not`, because no Rust type expresses it and typify panics on most of its forms.
pub(super) fn settle(schema: &mut Schema) {
    if let SchemaKind::Not { .. } = schema.schema_kind {
        schema.schema_kind = SchemaKind::Any(AnySchema::default());
    }
    if let SchemaKind::AllOf { all_of } = &mut schema.schema_kind {
        drop_conditions(all_of);
    }
    let SchemaKind::Any(any) = &mut schema.schema_kind else { return };
    any.not = None;
    drop_conditions(&mut any.all_of);
    if !any.properties.is_empty() || !any.all_of.is_empty() {
        for alternatives in [&mut any.any_of, &mut any.one_of] {
            if only_require(alternatives) {
                alternatives.clear();
            }
        }
    }
    // Without a type, null is an allowed value if the enum lists it.
    schema.schema_data.nullable |= any.typ.is_none() && any.enumeration.contains(&Value::Null);
    let is_bare = any.properties.is_empty() && any.items.is_none() && any.enumeration.is_empty();
    let settled = match (&*any.all_of, &*any.any_of, &*any.one_of) {
        ([], [], []) => Some(plain(any).map_or_else(|| any_value(any), SchemaKind::Type)),
        ([_, ..], [], []) => Some(all_of(std::mem::take(any))),
        ([], [_, ..], []) if is_bare => {
            Some(SchemaKind::AnyOf { any_of: std::mem::take(&mut any.any_of) })
        }
        ([], [], [_, ..]) if is_bare => {
            Some(SchemaKind::OneOf { one_of: std::mem::take(&mut any.one_of) })
        }
        _ => None,
    };
    if let Some(settled) = settled {
        schema.schema_kind = settled;
    }
}

/// Drops the parts of an `allOf` that only say which members an object must have, unless there is no other part.
///
/// They are only a constraint, but typify would turn each alternative into a form of the object that lacks the members
/// of the other parts.
fn drop_conditions(parts: &mut Vec<ReferenceOr<Schema>>) {
    let is_condition = |part: &ReferenceOr<Schema>| match kind_of(part) {
        Some(
            SchemaKind::AnyOf { any_of: alternatives } | SchemaKind::OneOf { one_of: alternatives },
        ) => only_require(alternatives),
        _ => false,
    };
    if !parts.iter().all(is_condition) {
        parts.retain(|part| !is_condition(part));
    }
}

/// Returns true if there are alternatives and all of them only require members.
fn only_require(alternatives: &[ReferenceOr<Schema>]) -> bool {
    let only_requires = |alternative: &ReferenceOr<Schema>| match kind_of(alternative) {
        Some(SchemaKind::Any(any)) => {
            let (typ, required) = (any.typ.clone(), any.required.clone());
            !required.is_empty() && *any == AnySchema { typ, required, ..AnySchema::default() }
        }
        Some(SchemaKind::Type(Type::Object(object))) => {
            let required = object.required.clone();
            !required.is_empty() && *object == ObjectType { required, ..ObjectType::default() }
        }
        _ => false,
    };
    !alternatives.is_empty() && alternatives.iter().all(only_requires)
}

fn kind_of(schema: &ReferenceOr<Schema>) -> Option<&SchemaKind> {
    schema.as_item().map(|schema| &schema.schema_kind)
}

/// Returns a schema that allows any value, or only null.
fn any_value(any: &AnySchema) -> SchemaKind {
    let is_null = any.enumeration.first().is_some_and(Value::is_null) && any.enumeration.len() == 1;
    let enumeration = if is_null { vec![Value::Null] } else { Vec::new() };
    SchemaKind::Any(AnySchema { enumeration, ..AnySchema::default() })
}

/// Returns the explicit or implied type of a schema, or `None` if it has none.
fn plain(any: &mut AnySchema) -> Option<Type> {
    let name = any.typ.take().or_else(|| implied(any).map(str::to_owned))?;
    let AnySchema {
        format, enumeration, properties, required, additional_properties, items, ..
    } = std::mem::take(any);
    Some(match name.as_str() {
        "string" => Type::String(StringType {
            format: format.into(),
            enumeration: listed(&enumeration, |value| value.as_str().map(str::to_owned)),
            ..StringType::default()
        }),
        "number" => Type::Number(NumberType {
            format: format.into(),
            enumeration: listed(&enumeration, Value::as_f64),
            ..NumberType::default()
        }),
        "integer" => Type::Integer(IntegerType {
            format: format.into(),
            enumeration: listed(&enumeration, Value::as_i64),
            ..IntegerType::default()
        }),
        "boolean" => Type::Boolean(BooleanType::default()),
        "array" => {
            Type::Array(ArrayType { items, min_items: None, max_items: None, unique_items: false })
        }
        "object" => Type::Object(ObjectType {
            properties,
            required,
            additional_properties,
            ..ObjectType::default()
        }),
        _ => return None,
    })
}

/// Returns the type that a schema's keywords or values imply.
fn implied(any: &AnySchema) -> Option<&'static str> {
    let has_members = !any.properties.is_empty() || !any.required.is_empty();
    if has_members || any.additional_properties.is_some() {
        return Some("object");
    }
    if any.items.is_some() {
        return Some("array");
    }
    if let Some(first) = any.enumeration.iter().find_map(type_of) {
        let mut types = any.enumeration.iter().filter_map(type_of);
        return types.all(|other| other == first).then_some(first);
    }
    match any.format.as_deref() {
        Some(format) if Width::of_format(format).is_some() => Some("integer"),
        Some("float" | "double" | "decimal") => Some("number"),
        Some(_) => Some("string"),
        None if any.pattern.is_some() || any.min_length.or(any.max_length).is_some() => {
            Some("string")
        }
        None => any.minimum.or(any.maximum).or(any.multiple_of).map(|_| "number"),
    }
}

fn type_of(value: &Value) -> Option<&'static str> {
    match value {
        Value::String(_) => Some("string"),
        Value::Number(number) if number.is_f64() => Some("number"),
        Value::Number(_) => Some("integer"),
        Value::Bool(_) => Some("boolean"),
        Value::Array(_) => Some("array"),
        Value::Object(_) => Some("object"),
        Value::Null => None,
    }
}

/// Returns the enum values that have the type of the enum or are null.
fn listed<T>(values: &[Value], read: impl Fn(&Value) -> Option<T>) -> Vec<Option<T>> {
    let fits = values.iter().map(|value| (value.is_null(), read(value)));
    fits.filter(|(is_null, value)| *is_null || value.is_some()).map(|(_, value)| value).collect()
}

/// Moves the keywords next to an `allOf` into another part of it, unless they only repeat the type.
fn all_of(mut any: AnySchema) -> SchemaKind {
    let parts = std::mem::take(&mut any.all_of);
    let says_more = implied(&any).is_some();
    let own = plain(&mut any).filter(|_| says_more).map(|kind| {
        ReferenceOr::Item(Schema {
            schema_data: SchemaData::default(),
            schema_kind: SchemaKind::Type(kind),
        })
    });
    SchemaKind::AllOf { all_of: own.into_iter().chain(parts).collect() }
}
