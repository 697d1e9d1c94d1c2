//! Extends descriptions, which become the documentation of the code, by what the document states elsewhere.

use document::{Document, Node};
use openapiv3::{ExternalDocumentation, OpenAPI, Operation, Schema};
use serde_json::Value;

use super::{facts, locations};
use crate::schemas;

type Extensions = indexmap::IndexMap<String, Value>;

/// Adds evidence, deprecation, the facts and the vendor's page to the description of a schema and of those in it.
///
/// `source` is the same schema in the document, with the digits of its numbers.
pub(super) fn explain_schema(schema: &mut Schema, source: Option<Node<'_>>) {
    let about = &mut schema.schema_data;
    let mut paragraphs: Vec<String> = about.description.take().into_iter().collect();
    paragraphs.extend(about.deprecated.then(|| "**Deprecated.**".to_owned()));
    paragraphs.extend(source.and_then(facts::of));
    paragraphs.extend(evidence(&about.extensions));
    paragraphs.extend(about.external_docs.as_ref().map(page));
    about.description = joined(&paragraphs);
    for (pointer, child) in schemas::children_mut(schema) {
        explain_schema(child, source.and_then(|source| source.at(&pointer)));
    }
}

/// Adds the facts of its schema to the description of every parameter.
pub(super) fn explain_parameters(document: &mut OpenAPI, source: &Document<'_>) {
    locations::for_each_parameter(document, |pointer, parameter| {
        let schema = source.tree.at(pointer).and_then(|parameter| parameter.get("schema"));
        let facts = schema.and_then(|schema| facts::of(source.resolve(schema)?));
        // progenitor makes each argument an item of a list, in which further paragraphs are indented. The facts need
        // a paragraph of their own where they could follow a block of code, or they would become part of it.
        let description = parameter.description.take().unwrap_or_default();
        let space = if description.contains('\n') { "\n\n  " } else { " " };
        let parts = [description.trim_end(), facts.as_deref().unwrap_or_default()];
        let parts = parts.into_iter().filter(|part| !part.is_empty());
        parameter.description =
            Some(parts.collect::<Vec<_>>().join(space)).filter(|text| !text.is_empty());
    });
}

/// Adds the sentence on its tokens, evidence and the vendor's page to an operation's description.
pub(super) fn explain_operation(operation: &mut Operation, tokens: Option<String>) {
    let mut paragraphs: Vec<String> = operation.description.take().into_iter().collect();
    paragraphs.extend(tokens);
    paragraphs.extend(evidence(&operation.extensions));
    paragraphs.extend(operation.external_docs.as_ref().map(page));
    operation.description = joined(&paragraphs);
}

fn evidence(extensions: &Extensions) -> Option<String> {
    let kind = match extensions.get("x-evidence")?.as_str()? {
        "sample" => "a documented sample",
        "sdk" => "the source of Microsoft's SDKs",
        "inferred" => "inference",
        other => other,
    };
    let note = extensions.get("x-evidence-note").and_then(Value::as_str).unwrap_or_default();
    Some(format!("*Evidence: {kind}.* {note}").trim_end().to_owned())
}

fn page(page: &ExternalDocumentation) -> String {
    let title = page.description.as_deref().unwrap_or("the vendor's page").trim_end_matches('.');
    format!("See [{title}]({}).", page.url)
}

fn joined(paragraphs: &[String]) -> Option<String> {
    let text = paragraphs.iter().map(|text| text.trim_end()).collect::<Vec<_>>().join("\n\n");
    (!text.is_empty()).then_some(text)
}
