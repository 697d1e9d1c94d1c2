//! Extends descriptions, which become the documentation of the code, with facts that the document states elsewhere.

use document::{Document, Node};
use openapiv3::{ExternalDocumentation, OpenAPI, Operation, Schema, SchemaKind, Type};
use serde_json::Value;

use super::{facts, locations};
use crate::{annotation::Annotation, schemas};

type Extensions = indexmap::IndexMap<String, Value>;

/// Adds evidence, deprecation, the facts and the vendor's page to the description of a schema and of those in it.
///
/// `source` is the same schema in the document, with the digits of its numbers.
pub(super) fn explain_schema(schema: &mut Schema, source: Option<Node<'_>>) {
    explain(schema, source, None);
}

/// Does the same. `around` is the page of the schema around this one.
fn explain(schema: &mut Schema, source: Option<Node<'_>>, around: Option<&str>) {
    let inherited = around.filter(|_| becomes_type(schema));
    let about = &mut schema.schema_data;
    let mut paragraphs: Vec<String> = about.description.take().into_iter().collect();
    paragraphs.extend(about.deprecated.then(|| "**Deprecated.**".to_owned()));
    paragraphs.extend(source.and_then(facts::of));
    paragraphs.extend(evidence(&about.extensions));
    paragraphs.extend(about.external_docs.as_ref().map(page));
    about.description = joined(&paragraphs);
    let own = about.external_docs.as_ref().map(page);
    if let (Some(page), None) = (inherited, &own) {
        // In the description, it would also be part of the member's documentation.
        Annotation::write(&mut about.description, |it| it.page = Some(page.to_owned()));
    }
    let page = own.as_deref().or(around);
    for (pointer, child) in schemas::children_mut(schema) {
        explain(child, source.and_then(|source| source.at(&pointer)), page);
    }
}

/// Returns whether a schema inside another one becomes a separate Rust type.
fn becomes_type(schema: &Schema) -> bool {
    match &schema.schema_kind {
        SchemaKind::Type(Type::String(text)) => {
            let is_extensible =
                schema.schema_data.extensions.contains_key(schemas::EXTENSIBLE_ENUM);
            is_extensible || !text.enumeration.is_empty()
        }
        SchemaKind::Type(Type::Object(object)) => !object.properties.is_empty(),
        SchemaKind::OneOf { .. } | SchemaKind::AnyOf { .. } => true,
        SchemaKind::AllOf { all_of } => all_of.len() > 1,
        SchemaKind::Any(any) => !any.properties.is_empty() || !any.enumeration.is_empty(),
        SchemaKind::Type(_) | SchemaKind::Not { .. } => false,
    }
}

/// Adds the facts of its schema to the description of every parameter.
pub(super) fn explain_parameters(document: &mut OpenAPI, source: &Document<'_>) {
    locations::for_each_parameter(document, |pointer, parameter| {
        let schema = source.tree.at(pointer).and_then(|parameter| parameter.get("schema"));
        let facts = schema.and_then(|schema| facts::of(source.resolve(schema)?));
        // progenitor makes each argument an item of a list, in which further paragraphs are indented. After a block of
        // code, the facts need a separate paragraph, or they would become part of the code.
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
