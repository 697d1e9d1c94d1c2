//! Values of parameters that the client cannot write into a path, a query or a header.

use document::{DiagnosticBuilder, Document, Node, Report};

use super::{NESTED_QUERY_PARAMETER, NON_SCALAR_PARAMETER};
use crate::parts::{alternatives, is_composed, is_within, kind_of, nested, with_composed};

pub(super) fn check<'t>(document: &Document<'t>, parameter: Node<'t>, report: &mut Report) {
    match parameter.get_str("in") {
        Some("path" | "header") => report.extend(non_scalar(document, parameter)),
        Some("query") => report.extend(nested_value(document, parameter)),
        _ => {}
    }
}

fn non_scalar<'t>(document: &Document<'t>, parameter: Node<'t>) -> Option<DiagnosticBuilder<'t>> {
    let (schema, location) = (parameter.get("schema")?, parameter.get_str("in")?);
    let (culprit, message) = unwritable(document, schema, location)?;
    let help = match culprit.name() {
        Some("nullable") => "remove `nullable`; an optional parameter can be left out",
        _ => "write `type: string`, and describe the format",
    };
    let reference = schema.get("$ref").filter(|_| !is_within(culprit, schema));
    let diagnostic = NON_SCALAR_PARAMETER.at(reference.unwrap_or(culprit), message).help(help);
    Some(match reference {
        Some(_) => diagnostic.related(culprit, "because of this"),
        None => diagnostic,
    })
}

/// Returns the part of a schema that prevents writing its values as text, with the message.
fn unwritable<'t>(
    document: &Document<'t>,
    schema: Node<'t>,
    location: &str,
) -> Option<(Node<'t>, String)> {
    // The generated type is an `Option`, which does not implement `Display`.
    if let Some(culprit) = nullable(document, schema) {
        return Some((culprit, format!("null cannot be written into a {location}")));
    }
    if let Some((culprit, what)) = structured(document, schema) {
        return Some((culprit, format!("the client cannot write {what} into a {location}")));
    }
    // The generated type is `serde_json::Value`, whose `Display` is JSON: a string gets quotes.
    if let Some(culprit) = untyped(document, schema) {
        return Some((
            culprit,
            format!("a value without a type is written into a {location} as JSON"),
        ));
    }
    let culprit = later_enum(document, schema)?;
    Some((culprit, format!("the client cannot write this alternative into a {location}")))
}

fn nullable<'t>(document: &Document<'t>, schema: Node<'t>) -> Option<Node<'t>> {
    let mut nullable = with_composed(document, schema).filter_map(|schema| schema.get("nullable"));
    nullable.find(|nullable| nullable.as_bool() == Some(true))
}

/// Returns the `type` of a schema for arrays or objects, with a name for messages.
pub(super) fn structured<'t>(
    document: &Document<'t>,
    schema: Node<'t>,
) -> Option<(Node<'t>, &'static str)> {
    with_composed(document, schema).find_map(|schema| {
        let what = match kind_of(schema)? {
            "array" => "an array",
            "object" => "an object",
            _ => return None,
        };
        Some((schema.get("type").unwrap_or(schema), what))
    })
}

fn untyped<'t>(document: &Document<'t>, schema: Node<'t>) -> Option<Node<'t>> {
    let is_open = |it: &Node<'_>| {
        let is_known =
            kind_of(*it).is_some() || is_composed(*it) || document.has_structural_error(*it);
        it.is_object() && !is_known
    };
    let whole = document.resolve(schema)?;
    let alternatives = alternatives(whole).filter_map(|it| document.resolve(it));
    [whole].into_iter().chain(alternatives).find(is_open)
}

/// Returns an enum that is an alternative of a component and comes after it in the document.
///
/// typify can write a type as text only if it has converted all of its alternatives before.
fn later_enum<'t>(document: &Document<'t>, schema: Node<'t>) -> Option<Node<'t>> {
    let component = document.resolve(schema.get("$ref")?.parent()?)?;
    let is_enum = |schema: &Node<'_>| {
        ["enum", "x-extensible-enum"].iter().any(|keyword| schema.get(keyword).is_some())
    };
    let alternatives = alternatives(component).filter_map(|it| document.resolve(it));
    alternatives.filter(is_enum).find(|schema| schema.id() > component.id())
}

fn nested_value<'t>(document: &Document<'t>, parameter: Node<'t>) -> Option<DiagnosticBuilder<'t>> {
    let schema = parameter.get("schema")?;
    let mut inner = with_composed(document, schema).flat_map(nested);
    let (culprit, what) = inner.find_map(|inner| structured(document, inner))?;
    let at =
        if is_within(culprit, parameter) { culprit } else { schema.get("$ref").unwrap_or(schema) };
    let message = format!("the client cannot write {what} within another value into a query");
    let help =
        "write `type: string`, so that the caller formats the value, or use several parameters";
    Some(NESTED_QUERY_PARAMETER.at(at, message).help(help))
}
