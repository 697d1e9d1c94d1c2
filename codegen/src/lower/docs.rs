//! Extends descriptions, which become the documentation of the code, with details that the document states elsewhere.

use document::{Document, Node};
use openapiv3::{ExternalDocumentation, OpenAPI, Operation, Schema, SchemaKind, Type};
use serde_json::Value;

use super::{facts, locations};
use crate::{annotation::Annotations, schemas};

type Extensions = indexmap::IndexMap<String, Value>;

/// Adds deprecation, constraints, evidence and the vendor's page to the description of a schema and of nested schemas.
///
/// `source` is the same schema in the document's tree, which keeps the exact digits of numbers.
pub(super) fn explain_schema(
    schema: &mut Schema,
    source: Option<Node<'_>>,
    annotations: &mut Annotations,
) {
    explain(schema, source, None, annotations);
}

/// Does the same as [`explain_schema`]. `around` is the page of the enclosing schema.
fn explain(
    schema: &mut Schema,
    source: Option<Node<'_>>,
    around: Option<&str>,
    annotations: &mut Annotations,
) {
    let inherited = around.filter(|_| becomes_type(schema));
    let about = &mut schema.schema_data;
    about.description = about.description.take().filter(|text| !text.is_empty());
    let own = about.external_docs.as_ref().map(page);
    let deprecated = about.deprecated.then(|| "**Deprecated.**".to_owned());
    let added = [deprecated, source.and_then(facts::of), evidence(&about.extensions), own.clone()];
    let inherited = inherited.filter(|_| own.is_none());
    if about.description.is_some() || inherited.is_some() || added.iter().any(Option::is_some) {
        annotations.change(&mut about.description, |text, annotation| {
            *text = joined(text, added);
            // If the text contained the page, the member's documentation would contain it too.
            annotation.page = inherited.map(str::to_owned);
        });
    }
    let page = own.as_deref().or(around);
    for (pointer, child) in schemas::children_mut(schema) {
        explain(child, source.and_then(|source| source.at(&pointer)), page, annotations);
    }
}

/// Returns true if a schema inside another one becomes a separate Rust type.
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

/// Adds the constraints of each parameter's schema to the parameter's description.
pub(super) fn explain_parameters(document: &mut OpenAPI, source: &Document<'_>) {
    locations::for_each_parameter(document, |pointer, parameter| {
        let schema = source.tree.at(pointer).and_then(|parameter| parameter.get("schema"));
        let facts = schema.and_then(|schema| facts::of(source.resolve(schema)?));
        // progenitor makes each argument a list item, in which further paragraphs are indented. After a code block, the
        // constraints need a separate paragraph, or they would become part of the code.
        let description = parameter.description.take().unwrap_or_default();
        let space = if description.contains('\n') { "\n\n  " } else { " " };
        let parts = [description.trim_end(), facts.as_deref().unwrap_or_default()];
        let parts = parts.into_iter().filter(|part| !part.is_empty());
        parameter.description =
            Some(parts.collect::<Vec<_>>().join(space)).filter(|text| !text.is_empty());
    });
}

/// Adds the sentence on tokens, the evidence and the vendor's page to an operation's description.
pub(super) fn explain_operation(operation: &mut Operation, tokens: Option<String>) {
    let page = operation.external_docs.as_ref().map(page);
    let description = operation.description.as_deref().unwrap_or_default();
    let description = joined(description, [tokens, evidence(&operation.extensions), page]);
    operation.description = Some(description).filter(|text| !text.is_empty());
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

fn joined<const N: usize>(text: &str, added: [Option<String>; N]) -> String {
    let paragraphs = [Some(text)].into_iter().chain(added.iter().map(Option::as_deref)).flatten();
    let paragraphs = paragraphs.map(str::trim_end).filter(|paragraph| !paragraph.is_empty());
    paragraphs.collect::<Vec<_>>().join("\n\n")
}
