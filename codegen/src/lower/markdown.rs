//! Escapes the document's descriptions and titles, so that rustdoc finds no code, links or tags in them.

use document::markdown::link_target;
use openapiv3::{
    ExternalDocumentation, Info, OpenAPI, Operation, Parameter, ReferenceOr, RequestBody, Response,
    Schema,
};
use serde_json::Value;

use super::locations::{self, for_each_operation, for_each_path_item};
use crate::{
    markdown,
    schemas::{self, item_mut},
};

/// Escapes every description and title, except in schemas.
pub(super) fn contain(document: &mut OpenAPI) {
    info(&mut document.info);
    if let Some(components) = &mut document.components {
        components.parameters.values_mut().for_each(parameter);
        components.request_bodies.values_mut().for_each(request_body);
        components.responses.values_mut().for_each(response);
    }
    for_each_path_item(&mut document.paths, |_, item| {
        item.parameters.iter_mut().for_each(parameter)
    });
    for_each_operation(&mut document.paths, |_, _, operation| self::operation(operation));
}

fn info(Info { title, description, terms_of_service, .. }: &mut Info) {
    *title = markdown::phrase(title);
    change(description, markdown::text);
    change(terms_of_service, markdown::line);
}

fn operation(operation: &mut Operation) {
    change(&mut operation.summary, markdown::text);
    change(&mut operation.description, markdown::text);
    page(&mut operation.external_docs);
    evidence(&mut operation.extensions);
    operation.parameters.iter_mut().for_each(parameter);
    operation.request_body.iter_mut().for_each(request_body);
    operation.responses.default.iter_mut().for_each(response);
    operation.responses.responses.values_mut().for_each(response);
}

/// Escapes the description of a parameter, which progenitor turns into a list item.
fn parameter(parameter: &mut ReferenceOr<Parameter>) {
    if let Some(parameter) = item_mut(parameter) {
        change(&mut locations::parameter_data(parameter).description, list_item);
    }
}

fn request_body(body: &mut ReferenceOr<RequestBody>) {
    item_mut(body).into_iter().for_each(|body| change(&mut body.description, list_item));
}

/// Escapes the description of a response, which becomes one line in a list.
fn response(response: &mut ReferenceOr<Response>) {
    if let Some(response) = item_mut(response) {
        response.description = markdown::phrase(&response.description);
    }
}

/// Escapes the descriptions and titles of a schema and its nested schemas.
pub(super) fn contain_schema(schema: &mut Schema) {
    let about = &mut schema.schema_data;
    change(&mut about.title, markdown::line);
    change(&mut about.description, markdown::text);
    page(&mut about.external_docs);
    evidence(&mut about.extensions);
    schemas::children_mut(schema).into_iter().for_each(|(_, child)| contain_schema(child));
}

fn page(page: &mut Option<ExternalDocumentation>) {
    if let Some(page) = page {
        change(&mut page.description, markdown::label);
        page.url = link_target(&page.url);
    }
}

fn evidence(extensions: &mut indexmap::IndexMap<String, Value>) {
    if let Some(Value::String(note)) = extensions.get_mut("x-evidence-note") {
        *note = markdown::continuation(note);
    }
}

/// Escapes the text of a list item, and indents all lines except the first.
fn list_item(text: &str) -> String {
    markdown::continuation(text.trim()).replace('\n', "\n  ")
}

fn change(text: &mut Option<String>, change: impl FnOnce(&str) -> String) {
    if let Some(text) = text {
        *text = change(text);
    }
}
