//! Walks the schemas and operations of a document.

use document::pointer::step;
use indexmap::IndexMap;
use openapiv3::{
    AdditionalProperties, AnySchema, Components, OpenAPI, Operation, Parameter, PathItem,
    ReferenceOr, Response, Schema, SchemaKind, StatusCode, Type,
};

/// The extension that lists the known values of a string that can have other values.
pub(crate) const EXTENSIBLE_ENUM: &str = "x-extensible-enum";

/// Returns the name in a reference such as `#/components/schemas/Overage`.
pub(crate) fn component_name(reference: &str) -> &str {
    reference.rsplit('/').next().unwrap_or(reference)
}

/// Returns the inline schemas directly inside a schema, each with its JSON pointer relative to the outer schema.
pub(crate) fn children_mut(schema: &mut Schema) -> Vec<(String, &mut Schema)> {
    match &mut schema.schema_kind {
        SchemaKind::Type(Type::Object(object)) => properties_mut(&mut object.properties)
            .chain(additional_mut(&mut object.additional_properties))
            .collect(),
        SchemaKind::Type(Type::Array(array)) => items_mut(&mut array.items).collect(),
        SchemaKind::OneOf { one_of } => members_mut("oneOf", one_of).collect(),
        SchemaKind::AllOf { all_of } => members_mut("allOf", all_of).collect(),
        SchemaKind::AnyOf { any_of } => members_mut("anyOf", any_of).collect(),
        SchemaKind::Not { not } => not_mut(not).collect(),
        SchemaKind::Any(any) => children_of_any_mut(any),
        SchemaKind::Type(_) => Vec::new(),
    }
}

fn children_of_any_mut(any: &mut AnySchema) -> Vec<(String, &mut Schema)> {
    let AnySchema { properties, items, additional_properties, all_of, any_of, one_of, not, .. } =
        any;
    properties_mut(properties)
        .chain(items_mut(items))
        .chain(members_mut("allOf", all_of))
        .chain(members_mut("anyOf", any_of))
        .chain(members_mut("oneOf", one_of))
        .chain(additional_mut(additional_properties))
        .chain(not.iter_mut().flat_map(|not| not_mut(not)))
        .collect()
}

type Child<'s> = (String, &'s mut Schema);

fn properties_mut(
    properties: &mut IndexMap<String, ReferenceOr<Box<Schema>>>,
) -> impl Iterator<Item = Child<'_>> {
    properties.iter_mut().filter_map(|(name, schema)| {
        Some((format!("/properties{}", step(name)), &mut **item_mut(schema)?))
    })
}

fn items_mut(items: &mut Option<ReferenceOr<Box<Schema>>>) -> impl Iterator<Item = Child<'_>> {
    items.iter_mut().filter_map(|items| Some(("/items".to_owned(), &mut **item_mut(items)?)))
}

fn additional_mut(
    additional: &mut Option<AdditionalProperties>,
) -> impl Iterator<Item = Child<'_>> {
    additional.iter_mut().filter_map(|additional| match additional {
        AdditionalProperties::Schema(schema) => {
            Some(("/additionalProperties".to_owned(), item_mut(schema)?))
        }
        AdditionalProperties::Any(_) => None,
    })
}

fn members_mut<'s>(
    keyword: &str,
    members: &'s mut [ReferenceOr<Schema>],
) -> impl Iterator<Item = Child<'s>> {
    members
        .iter_mut()
        .enumerate()
        .filter_map(move |(index, schema)| Some((format!("/{keyword}/{index}"), item_mut(schema)?)))
}

fn not_mut(not: &mut ReferenceOr<Schema>) -> impl Iterator<Item = Child<'_>> {
    item_mut(not).into_iter().map(|schema| ("/not".to_owned(), schema))
}

/// Returns the item if it is inline.
pub(crate) fn item_mut<T>(item: &mut ReferenceOr<T>) -> Option<&mut T> {
    match item {
        ReferenceOr::Item(item) => Some(item),
        ReferenceOr::Reference { .. } => None,
    }
}

/// Returns the parameters of a path item, and its operations with their methods in lower case.
pub(crate) fn parts_mut(
    item: &mut PathItem,
) -> (&mut [ReferenceOr<Parameter>], impl Iterator<Item = (&'static str, &mut Operation)>) {
    let PathItem { get, put, post, delete, options, head, patch, trace, parameters, .. } = item;
    let operations = [
        ("get", get),
        ("put", put),
        ("post", post),
        ("delete", delete),
        ("options", options),
        ("head", head),
        ("patch", patch),
        ("trace", trace),
    ];
    let operations = operations.into_iter();
    (parameters, operations.filter_map(|(method, operation)| Some((method, operation.as_mut()?))))
}

/// Returns every operation of the document, with its method in upper case and its path.
pub(crate) fn operations(document: &OpenAPI) -> impl Iterator<Item = (String, &str, &Operation)> {
    document.paths.iter().flat_map(|(path, item)| {
        item.as_item().into_iter().flat_map(move |item| {
            item.iter()
                .map(move |(method, operation)| (method.to_uppercase(), path.as_str(), operation))
        })
    })
}

/// Returns true if a status, or a range of statuses, means success.
pub(crate) fn is_success(status: &StatusCode) -> bool {
    document::status::is_success(&status.to_string())
}

/// Returns a response, whether it is inline or referenced.
pub(crate) fn resolve_response<'a>(
    response: &'a ReferenceOr<Response>,
    components: Option<&'a Components>,
) -> Option<&'a Response> {
    resolve(response, components, |components, name| components.responses.get(name))
}

/// Returns an inline item, or the component that a chain of references resolves to.
pub(crate) fn resolve<'a, T>(
    item: &'a ReferenceOr<T>,
    components: Option<&'a Components>,
    find: impl Fn(&'a Components, &str) -> Option<&'a ReferenceOr<T>>,
) -> Option<&'a T> {
    // A longer chain is a cycle.
    const LONGEST: usize = 100;
    let mut item = item;
    for _ in 0..LONGEST {
        match item {
            ReferenceOr::Item(item) => return Some(item),
            ReferenceOr::Reference { reference } => {
                item = find(components?, component_name(reference))?;
            }
        }
    }
    None
}
