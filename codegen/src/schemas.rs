//! Walking the schemas of a document.

use std::collections::BTreeSet;

use document::pointer::step;
use indexmap::IndexMap;
use openapiv3::{
    AdditionalProperties, AnySchema, Components, MediaType, OpenAPI, Operation, PathItem,
    ReferenceOr, RequestBody, Response, Schema, SchemaKind, StatusCode, Type,
};

/// The name in a reference such as `#/components/schemas/Overage`.
pub(crate) fn component_name(reference: &str) -> &str {
    reference.rsplit('/').next().unwrap_or(reference)
}

/// The schemas written out inside a schema, one level down, each with the JSON pointer that leads to it.
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
        Some((format!("/properties{}", step(name)), boxed_item_mut(schema)?))
    })
}

fn items_mut(items: &mut Option<ReferenceOr<Box<Schema>>>) -> impl Iterator<Item = Child<'_>> {
    items.iter_mut().filter_map(|items| Some(("/items".to_owned(), boxed_item_mut(items)?)))
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

fn item_mut(schema: &mut ReferenceOr<Schema>) -> Option<&mut Schema> {
    match schema {
        ReferenceOr::Item(schema) => Some(schema),
        ReferenceOr::Reference { .. } => None,
    }
}

fn boxed_item_mut(schema: &mut ReferenceOr<Box<Schema>>) -> Option<&mut Schema> {
    match schema {
        ReferenceOr::Item(schema) => Some(schema),
        ReferenceOr::Reference { .. } => None,
    }
}

/// The names of the component schemas that a schema refers to, at any depth within itself.
pub(crate) fn references(schema: &ReferenceOr<Schema>) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    // The serialized form has every kind of nesting in one shape.
    collect(&serde_json::to_value(schema).unwrap_or_default(), &mut names);
    names
}

fn collect(value: &serde_json::Value, names: &mut BTreeSet<String>) {
    match value {
        serde_json::Value::Object(members) => {
            for (key, value) in members {
                match value.as_str() {
                    Some(reference) if key == "$ref" => {
                        names.insert(component_name(reference).to_owned());
                    }
                    _ => collect(value, names),
                }
            }
        }
        serde_json::Value::Array(items) => items.iter().for_each(|item| collect(item, names)),
        _ => {}
    }
}

/// The names, and those that their schemas refer to, at any depth.
pub(crate) fn closure(document: &OpenAPI, mut open: BTreeSet<String>) -> BTreeSet<String> {
    let mut closed = BTreeSet::new();
    while let Some(name) = open.pop_first() {
        let schema =
            document.components.as_ref().and_then(|components| components.schemas.get(&name));
        if let Some(schema) = schema
            && closed.insert(name)
        {
            open.extend(references(schema).difference(&closed).cloned());
        }
    }
    closed
}

/// The component schemas that requests send.
pub(crate) fn sent(document: &OpenAPI) -> BTreeSet<String> {
    let components = document.components.as_ref();
    let bodies = operations(document).filter_map(|(_, _, operation)| {
        Some(&resolve_request_body(operation.request_body.as_ref()?, components)?.content)
    });
    closure(
        document,
        bodies.flat_map(|content| content.values()).flat_map(media_references).collect(),
    )
}

/// The component schemas that answers carry, errors included.
pub(crate) fn received(document: &OpenAPI) -> BTreeSet<String> {
    let answers = operations(document)
        .flat_map(|(_, _, operation)| {
            operation.responses.responses.values().chain(&operation.responses.default)
        })
        .filter_map(|response| resolve_response(response, document.components.as_ref()));
    closure(
        document,
        answers.flat_map(|answer| answer.content.values()).flat_map(media_references).collect(),
    )
}

fn media_references(media: &MediaType) -> BTreeSet<String> {
    media.schema.as_ref().map(references).unwrap_or_default()
}

/// The place of each method's operation in a path item, with the method in capitals.
pub(crate) fn methods_mut(item: &mut PathItem) -> [(&'static str, &mut Option<Operation>); 8] {
    [
        ("GET", &mut item.get),
        ("PUT", &mut item.put),
        ("POST", &mut item.post),
        ("DELETE", &mut item.delete),
        ("OPTIONS", &mut item.options),
        ("HEAD", &mut item.head),
        ("PATCH", &mut item.patch),
        ("TRACE", &mut item.trace),
    ]
}

/// Every operation of the document, with its method in capitals and its path.
pub(crate) fn operations(document: &OpenAPI) -> impl Iterator<Item = (String, &str, &Operation)> {
    document.paths.iter().flat_map(|(path, item)| {
        item.as_item().into_iter().flat_map(move |item| {
            item.iter()
                .map(move |(method, operation)| (method.to_uppercase(), path.as_str(), operation))
        })
    })
}

/// Whether a status, or a range of them, means that the request was done.
pub(crate) fn is_success(status: &StatusCode) -> bool {
    document::status::is_success(&status.to_string())
}

/// A response, whether written in place or referred to.
pub(crate) fn resolve_response<'a>(
    response: &'a ReferenceOr<Response>,
    components: Option<&'a Components>,
) -> Option<&'a Response> {
    resolve(response, components, |components, name| components.responses.get(name))
}

/// A request body, whether written in place or referred to.
pub(crate) fn resolve_request_body<'a>(
    body: &'a ReferenceOr<RequestBody>,
    components: Option<&'a Components>,
) -> Option<&'a RequestBody> {
    resolve(body, components, |components, name| components.request_bodies.get(name))
}

/// The item, or the component at the end of the references that begin with it.
pub(crate) fn resolve<'a, T>(
    item: &'a ReferenceOr<T>,
    components: Option<&'a Components>,
    find: impl Fn(&'a Components, &str) -> Option<&'a ReferenceOr<T>>,
) -> Option<&'a T> {
    // More references than this are a circle.
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
