//! Where operations and schemas stand in a document.

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

/// Every component schema, and every schema that stands in a body or a parameter.
pub(super) fn schemas(document: &mut OpenAPI) -> Vec<(&mut ReferenceOr<Schema>, Travels)> {
    let (sent, received) = (schemas::sent(document), schemas::received(document));
    let mut places = Vec::new();
    if let Some(components) = &mut document.components {
        let Components { schemas, request_bodies, responses, parameters, .. } = components;
        places.extend(schemas.iter_mut().map(|(name, schema)| {
            let (sent, received) = (sent.contains(name), received.contains(name));
            (schema, Travels { sent, received })
        }));
        places.extend(request_bodies.values_mut().flat_map(of_request_body));
        places.extend(responses.values_mut().flat_map(of_response));
        places.extend(parameters.values_mut().filter_map(of_parameter));
    }
    places.extend(document.paths.paths.values_mut().filter_map(item_mut).flat_map(of_path_item));
    places
}

fn of_path_item(item: &mut PathItem) -> Vec<(&mut ReferenceOr<Schema>, Travels)> {
    let PathItem { get, put, post, delete, options, head, patch, trace, parameters, .. } = item;
    let operations = [get, put, post, delete, options, head, patch, trace].into_iter().flatten();
    parameters
        .iter_mut()
        .filter_map(of_parameter)
        .chain(operations.flat_map(of_operation))
        .collect()
}

fn of_operation(operation: &mut Operation) -> Vec<(&mut ReferenceOr<Schema>, Travels)> {
    let parameters = operation.parameters.iter_mut().filter_map(of_parameter);
    let bodies = operation.request_body.iter_mut().flat_map(of_request_body);
    let responses = operation.responses.responses.values_mut().flat_map(of_response);
    parameters.chain(bodies).chain(responses).collect()
}

fn of_request_body(
    body: &mut ReferenceOr<RequestBody>,
) -> Vec<(&mut ReferenceOr<Schema>, Travels)> {
    item_mut(body)
        .into_iter()
        .flat_map(|body| body.content.values_mut())
        .filter_map(|media| of_media(media, SENT))
        .collect()
}

fn of_response(response: &mut ReferenceOr<Response>) -> Vec<(&mut ReferenceOr<Schema>, Travels)> {
    item_mut(response)
        .into_iter()
        .flat_map(|response| response.content.values_mut())
        .filter_map(|media| of_media(media, RECEIVED))
        .collect()
}

fn of_media(
    media: &mut MediaType,
    travels: Travels,
) -> Option<(&mut ReferenceOr<Schema>, Travels)> {
    media.schema.as_mut().map(|schema| (schema, travels))
}

fn of_parameter(
    parameter: &mut ReferenceOr<Parameter>,
) -> Option<(&mut ReferenceOr<Schema>, Travels)> {
    match &mut parameter_data(item_mut(parameter)?).format {
        ParameterSchemaOrContent::Schema(schema) => Some((schema, Travels::default())),
        ParameterSchemaOrContent::Content(_) => None,
    }
}

fn parameter_data(parameter: &mut Parameter) -> &mut ParameterData {
    match parameter {
        Parameter::Query { parameter_data, .. }
        | Parameter::Header { parameter_data, .. }
        | Parameter::Path { parameter_data, .. }
        | Parameter::Cookie { parameter_data, .. } => parameter_data,
    }
}

fn item_mut<T>(item: &mut ReferenceOr<T>) -> Option<&mut T> {
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
