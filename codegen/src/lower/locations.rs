//! Finds every schema, parameter and operation of a document, so that it can be changed.

use std::fmt::Display;

use document::pointer::step;
use indexmap::IndexMap;
use openapiv3::{
    Components, MediaType, OpenAPI, Operation, Parameter, ParameterData, ParameterSchemaOrContent,
    PathItem, Paths, ReferenceOr, RequestBody, Response, Schema,
};

use super::directions::{ComponentDirections, Directions};
use crate::schemas::{self, item_mut};

/// A schema that is not inside another one.
pub(super) struct Location<'d> {
    pub(super) schema: &'d mut ReferenceOr<Schema>,
    pub(super) directions: Directions,
    /// The JSON pointer to the schema.
    pub(super) pointer: String,
    pub(super) is_component: bool,
}

/// Returns every component schema, body schema and parameter schema.
pub(super) fn schemas<'d>(
    document: &'d mut OpenAPI,
    directions: &ComponentDirections<'_>,
) -> Vec<Location<'d>> {
    let mut locations = Vec::new();
    if let Some(components) = &mut document.components {
        let Components { schemas, request_bodies, responses, parameters, .. } = components;
        locations.extend(below("/components/schemas", schemas).map(|(pointer, name, schema)| {
            Location { schema, directions: directions.of(name), pointer, is_component: true }
        }));
        locations.extend(
            below("/components/requestBodies", request_bodies)
                .flat_map(|(pointer, _, body)| of_request_body(&pointer, body)),
        );
        locations.extend(
            below("/components/responses", responses)
                .flat_map(|(pointer, _, response)| of_response(&pointer, response)),
        );
        locations.extend(
            below("/components/parameters", parameters)
                .filter_map(|(pointer, _, parameter)| of_parameter(&pointer, parameter)),
        );
    }
    for (pointer, _, item) in below("/paths", &mut document.paths.paths) {
        locations.extend(item_mut(item).into_iter().flat_map(|item| of_path_item(&pointer, item)));
    }
    locations
}

impl<'d> Location<'d> {
    /// Returns the location of the schema of a media type or parameter, given its pointer.
    fn inline(pointer: &str, schema: &'d mut ReferenceOr<Schema>, directions: Directions) -> Self {
        Self { schema, directions, pointer: format!("{pointer}/schema"), is_component: false }
    }
}

/// Returns the members of a map, each with its pointer.
fn below<K: ToString, V>(
    pointer: impl Display,
    members: &mut IndexMap<K, V>,
) -> impl Iterator<Item = (String, &K, &mut V)> {
    members
        .iter_mut()
        .map(move |(name, value)| (format!("{pointer}{}", step(&name.to_string())), name, value))
}

fn of_path_item<'d>(pointer: &str, item: &'d mut PathItem) -> Vec<Location<'d>> {
    let (parameters, operations) = schemas::parts_mut(item);
    let mut locations = of_parameters(pointer, parameters);
    for (method, operation) in operations {
        locations.extend(of_operation(&format!("{pointer}/{method}"), operation));
    }
    locations
}

fn of_operation<'d>(pointer: &str, operation: &'d mut Operation) -> Vec<Location<'d>> {
    let mut locations = of_parameters(pointer, &mut operation.parameters);
    if let Some(body) = &mut operation.request_body {
        locations.extend(of_request_body(&format!("{pointer}/requestBody"), body));
    }
    let responses = below(format!("{pointer}/responses"), &mut operation.responses.responses);
    locations.extend(responses.flat_map(|(pointer, _, response)| of_response(&pointer, response)));
    locations
}

fn of_request_body<'d>(pointer: &str, body: &'d mut ReferenceOr<RequestBody>) -> Vec<Location<'d>> {
    item_mut(body)
        .map(|body| of_content(pointer, &mut body.content, Directions::SENT))
        .unwrap_or_default()
}

fn of_response<'d>(pointer: &str, response: &'d mut ReferenceOr<Response>) -> Vec<Location<'d>> {
    let response = item_mut(response);
    response
        .map(|it| of_content(pointer, &mut it.content, Directions::RECEIVED))
        .unwrap_or_default()
}

fn of_content<'d>(
    pointer: &str,
    content: &'d mut IndexMap<String, MediaType>,
    directions: Directions,
) -> Vec<Location<'d>> {
    let media = below(format!("{pointer}/content"), content);
    let location = |(pointer, _, media): (String, _, &'d mut MediaType)| {
        Some(Location::inline(&pointer, media.schema.as_mut()?, directions))
    };
    media.filter_map(location).collect()
}

fn of_parameters<'d>(
    pointer: &str,
    parameters: &'d mut [ReferenceOr<Parameter>],
) -> Vec<Location<'d>> {
    let parameters = parameters.iter_mut().enumerate();
    parameters
        .filter_map(|(index, parameter)| {
            of_parameter(&format!("{pointer}/parameters/{index}"), parameter)
        })
        .collect()
}

fn of_parameter<'d>(
    pointer: &str,
    parameter: &'d mut ReferenceOr<Parameter>,
) -> Option<Location<'d>> {
    let ParameterSchemaOrContent::Schema(schema) = &mut parameter_data(item_mut(parameter)?).format
    else {
        return None;
    };
    Some(Location::inline(pointer, schema, Directions::default()))
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
        let (parameters, operations) = schemas::parts_mut(item);
        for (index, parameter) in parameters.iter_mut().enumerate() {
            change(&format!("{pointer}/parameters/{index}"), parameter);
        }
        for (method, operation) in operations {
            for (index, parameter) in operation.parameters.iter_mut().enumerate() {
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

/// Changes every operation, given its method in lower case and its path.
pub(super) fn for_each_operation(
    paths: &mut Paths,
    mut change: impl FnMut(&str, &str, &mut Operation),
) {
    for_each_path_item(paths, |path, item| {
        for (method, operation) in schemas::parts_mut(item).1 {
            change(method, path, operation);
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
