//! Where operations and schemas stand in a document.

use std::fmt::Display;

use document::pointer::step;
use indexmap::IndexMap;
use openapiv3::{
    Components, MediaType, OpenAPI, Operation, Parameter, ParameterData, ParameterSchemaOrContent,
    PathItem, Paths, ReferenceOr, RequestBody, Response, Schema,
};

use crate::schemas;

/// The directions in which a schema travels.
#[derive(Clone, Copy, Default)]
pub(super) struct Travels {
    /// A request holds it.
    pub(super) sent: bool,
    /// An answer holds it.
    pub(super) received: bool,
}

const SENT: Travels = Travels { sent: true, received: false };
const RECEIVED: Travels = Travels { sent: false, received: true };

/// A schema at a place of its own, not within another.
pub(super) struct Place<'d> {
    pub(super) schema: &'d mut ReferenceOr<Schema>,
    pub(super) travels: Travels,
    /// The JSON pointer to the schema.
    pub(super) pointer: String,
}

/// Every component schema, and every schema that stands in a body or a parameter.
pub(super) fn schemas(document: &mut OpenAPI) -> Vec<Place<'_>> {
    let (sent, received) = (schemas::sent(document), schemas::received(document));
    let mut places = Vec::new();
    if let Some(components) = &mut document.components {
        let Components { schemas, request_bodies, responses, parameters, .. } = components;
        places.extend(below("/components/schemas", schemas).map(|(pointer, name, schema)| {
            let (sent, received) = (sent.contains(name), received.contains(name));
            Place { schema, travels: Travels { sent, received }, pointer }
        }));
        places.extend(
            below("/components/requestBodies", request_bodies)
                .flat_map(|(pointer, _, body)| of_request_body(&pointer, body)),
        );
        places.extend(
            below("/components/responses", responses)
                .flat_map(|(pointer, _, response)| of_response(&pointer, response)),
        );
        places.extend(
            below("/components/parameters", parameters)
                .filter_map(|(pointer, _, parameter)| of_parameter(&pointer, parameter)),
        );
    }
    for (pointer, _, item) in below("/paths", &mut document.paths.paths) {
        places.extend(item_mut(item).into_iter().flat_map(|item| of_path_item(&pointer, item)));
    }
    places
}

/// The members of a map, each with its pointer.
fn below<K: ToString, V>(
    pointer: impl Display,
    members: &mut IndexMap<K, V>,
) -> impl Iterator<Item = (String, &K, &mut V)> {
    members
        .iter_mut()
        .map(move |(name, value)| (format!("{pointer}{}", step(&name.to_string())), name, value))
}

fn of_path_item<'d>(pointer: &str, item: &'d mut PathItem) -> Vec<Place<'d>> {
    let PathItem { get, put, post, delete, options, head, patch, trace, parameters, .. } = item;
    let mut places = of_parameters(pointer, parameters);
    for (method, operation) in [
        ("get", get),
        ("put", put),
        ("post", post),
        ("delete", delete),
        ("options", options),
        ("head", head),
        ("patch", patch),
        ("trace", trace),
    ] {
        let pointer = format!("{pointer}/{method}");
        places.extend(operation.iter_mut().flat_map(|operation| of_operation(&pointer, operation)));
    }
    places
}

fn of_operation<'d>(pointer: &str, operation: &'d mut Operation) -> Vec<Place<'d>> {
    let mut places = of_parameters(pointer, &mut operation.parameters);
    if let Some(body) = &mut operation.request_body {
        places.extend(of_request_body(&format!("{pointer}/requestBody"), body));
    }
    let responses = below(format!("{pointer}/responses"), &mut operation.responses.responses);
    places.extend(responses.flat_map(|(pointer, _, response)| of_response(&pointer, response)));
    places
}

fn of_request_body<'d>(pointer: &str, body: &'d mut ReferenceOr<RequestBody>) -> Vec<Place<'d>> {
    item_mut(body).map(|body| of_content(pointer, &mut body.content, SENT)).unwrap_or_default()
}

fn of_response<'d>(pointer: &str, response: &'d mut ReferenceOr<Response>) -> Vec<Place<'d>> {
    let response = item_mut(response);
    response.map(|it| of_content(pointer, &mut it.content, RECEIVED)).unwrap_or_default()
}

fn of_content<'d>(
    pointer: &str,
    content: &'d mut IndexMap<String, MediaType>,
    travels: Travels,
) -> Vec<Place<'d>> {
    let media = below(format!("{pointer}/content"), content);
    let place = |(pointer, _, media): (String, _, &'d mut MediaType)| {
        let schema = media.schema.as_mut()?;
        Some(Place { schema, travels, pointer: format!("{pointer}/schema") })
    };
    media.filter_map(place).collect()
}

fn of_parameters<'d>(
    pointer: &str,
    parameters: &'d mut [ReferenceOr<Parameter>],
) -> Vec<Place<'d>> {
    let parameters = parameters.iter_mut().enumerate();
    parameters
        .filter_map(|(index, parameter)| {
            of_parameter(&format!("{pointer}/parameters/{index}"), parameter)
        })
        .collect()
}

fn of_parameter<'d>(pointer: &str, parameter: &'d mut ReferenceOr<Parameter>) -> Option<Place<'d>> {
    let ParameterSchemaOrContent::Schema(schema) = &mut parameter_data(item_mut(parameter)?).format
    else {
        return None;
    };
    Some(Place { schema, travels: Travels::default(), pointer: format!("{pointer}/schema") })
}

/// Changes every parameter, given its JSON pointer.
pub(super) fn for_each_parameter(
    document: &mut OpenAPI,
    mut change: impl FnMut(&str, &mut ParameterData),
) {
    let mut change = |pointer: &str, parameter: &mut ReferenceOr<Parameter>| {
        if let Some(parameter) = item_mut(parameter) {
            change(pointer, parameter_data(parameter));
        }
    };
    if let Some(components) = &mut document.components {
        for (pointer, _, parameter) in below("/components/parameters", &mut components.parameters) {
            change(&pointer, parameter);
        }
    }
    for_each_path_item(&mut document.paths, |path, item| {
        let pointer = format!("/paths{}", step(path));
        for (index, parameter) in item.parameters.iter_mut().enumerate() {
            change(&format!("{pointer}/parameters/{index}"), parameter);
        }
        for (method, operation) in schemas::methods_mut(item) {
            let parameters = operation.iter_mut().flat_map(|operation| &mut operation.parameters);
            for (index, parameter) in parameters.enumerate() {
                let method = method.to_lowercase();
                change(&format!("{pointer}/{method}/parameters/{index}"), parameter);
            }
        }
    });
}

pub(super) fn parameter_data(parameter: &mut Parameter) -> &mut ParameterData {
    match parameter {
        Parameter::Query { parameter_data, .. }
        | Parameter::Header { parameter_data, .. }
        | Parameter::Path { parameter_data, .. }
        | Parameter::Cookie { parameter_data, .. } => parameter_data,
    }
}

pub(super) fn item_mut<T>(item: &mut ReferenceOr<T>) -> Option<&mut T> {
    match item {
        ReferenceOr::Item(item) => Some(item),
        ReferenceOr::Reference { .. } => None,
    }
}

/// Changes every operation, given its path.
pub(super) fn for_each_operation(
    paths: &mut Paths,
    mut change: impl FnMut(&str, &str, &mut Operation),
) {
    for_each_path_item(paths, |path, item| {
        for (method, operation) in schemas::methods_mut(item) {
            if let Some(operation) = operation {
                change(method, path, operation);
            }
        }
    });
}

/// Changes every path item, given its path.
pub(super) fn for_each_path_item(paths: &mut Paths, mut change: impl FnMut(&str, &mut PathItem)) {
    for (path, item) in &mut paths.paths {
        if let ReferenceOr::Item(item) = item {
            change(path, item);
        }
    }
}
