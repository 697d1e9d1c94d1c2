//! Descriptions: what the document knows about a thing, in one text that becomes its documentation.

use openapiv3::{ExternalDocumentation, OpenAPI, Operation, ReferenceOr, Schema};
use serde_json::Value;

use crate::schemas;

const DEPRECATED: &str = "**Deprecated.**";

type Extensions = indexmap::IndexMap<String, Value>;

/// Adds evidence, deprecation, the default and the vendor's page to the description of every component schema and
/// of everything written out inside one.
pub(crate) fn explain_schemas(document: &mut OpenAPI) {
    let components =
        document.components.iter_mut().flat_map(|components| components.schemas.values_mut());
    for schema in components {
        if let ReferenceOr::Item(schema) = schema {
            explain_schema(schema);
        }
    }
}

fn explain_schema(schema: &mut Schema) {
    let about = &mut schema.schema_data;
    let mut paragraphs: Vec<String> = about.description.take().into_iter().collect();
    paragraphs.extend(about.deprecated.then(|| DEPRECATED.to_owned()));
    paragraphs.extend(about.default.as_ref().and_then(default));
    paragraphs.extend(evidence(&about.extensions));
    paragraphs.extend(about.external_docs.as_ref().map(page));
    about.description = joined(&paragraphs);
    schemas::children_mut(schema).into_iter().for_each(explain_schema);
}

/// What stands for an absent value; that it is null, every optional member says.
fn default(value: &Value) -> Option<String> {
    (!value.is_null()).then(|| format!("Default: `{value}`."))
}

/// Adds evidence and the vendor's page to an operation's description.
pub(crate) fn explain_operation(operation: &mut Operation) {
    let mut paragraphs: Vec<String> = operation.description.take().into_iter().collect();
    paragraphs.extend(operation.deprecated.then(|| DEPRECATED.to_owned()));
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
