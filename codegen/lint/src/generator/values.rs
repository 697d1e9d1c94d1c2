//! The values of parameters: what becomes of them in a path, a query or a header.

use document::{DiagnosticBuilder, Document, Node, Report};

use super::{
    NESTED_QUERY_PARAMETER, NON_SCALAR_PARAMETER,
    parts::{is_composed, kind_of, members, place, reachable},
};

/// Reports a parameter whose values the client cannot write.
pub(super) fn check<'t>(document: &Document<'t>, parameter: Node<'t>, report: &mut Report) {
    match place(parameter) {
        Some("path" | "header") => report.extend(no_text(document, parameter)),
        Some("query") => report.extend(nested(document, parameter)),
        _ => {}
    }
}

fn no_text<'t>(document: &Document<'t>, parameter: Node<'t>) -> Option<DiagnosticBuilder<'t>> {
    let (schema, place) = (parameter.get("schema")?, place(parameter)?);
    let (culprit, message) = unwritable(document, schema, place)?;
    let help = match culprit.name() {
        Some("nullable") => "remove `nullable`; what is optional is left out",
        _ => "write `type: string`, and describe its form",
    };
    let reference = schema.get("$ref").filter(|_| !is_within(culprit, schema));
    let diagnostic = NON_SCALAR_PARAMETER.at(reference.unwrap_or(culprit), message).help(help);
    Some(match reference {
        Some(_) => diagnostic.related(culprit, "it is here"),
        None => diagnostic,
    })
}

/// What makes a schema one whose values have no text, and why.
fn unwritable<'t>(
    document: &Document<'t>,
    schema: Node<'t>,
    place: &str,
) -> Option<(Node<'t>, String)> {
    if let Some(culprit) = nullable(document, schema) {
        return Some((culprit, format!("null cannot be written into a {place}")));
    }
    if let Some((culprit, what)) = structured(document, schema) {
        return Some((culprit, format!("the client cannot write {what} into a {place}")));
    }
    if let Some(culprit) = untyped(document, schema) {
        return Some((
            culprit,
            format!("without a type, a value is written into a {place} as JSON"),
        ));
    }
    let culprit = listed_later(document, schema)?;
    Some((culprit, format!("the client cannot write this alternative into a {place}")))
}

fn is_within(node: Node<'_>, schema: Node<'_>) -> bool {
    std::iter::successors(Some(node), |node| node.parent()).any(|ancestor| ancestor == schema)
}

fn nullable<'t>(document: &Document<'t>, schema: Node<'t>) -> Option<Node<'t>> {
    let mut nullable =
        reachable(document, schema).into_iter().filter_map(|schema| schema.get("nullable"));
    nullable.find(|nullable| nullable.as_bool() == Some(true))
}

/// What makes a schema one of lists or objects, and which of them.
pub(super) fn structured<'t>(
    document: &Document<'t>,
    schema: Node<'t>,
) -> Option<(Node<'t>, &'static str)> {
    reachable(document, schema).into_iter().find_map(|schema| {
        let what = match kind_of(schema)? {
            "array" => "a list",
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
    let alternatives = members(whole, "oneOf").chain(members(whole, "anyOf"));
    let alternatives = alternatives.filter_map(|alternative| document.resolve(alternative));
    [whole].into_iter().chain(alternatives).find(is_open)
}

/// An enum among the alternatives of a component that stands before it: only of what it has seen does the
/// generator know how it is written.
fn listed_later<'t>(document: &Document<'t>, schema: Node<'t>) -> Option<Node<'t>> {
    let component = document.resolve(schema.get("$ref")?.parent()?)?;
    let alternatives = members(component, "oneOf").chain(members(component, "anyOf"));
    let is_enum = |schema: &Node<'_>| {
        ["enum", "x-extensible-enum"].iter().any(|keyword| schema.get(keyword).is_some())
    };
    let mut enums = alternatives.filter_map(|it| document.resolve(it)).filter(is_enum);
    enums.find(|schema| schema.id() > component.id())
}

fn nested<'t>(document: &Document<'t>, parameter: Node<'t>) -> Option<DiagnosticBuilder<'t>> {
    let schema = parameter.get("schema")?;
    let inner = reachable(document, schema).into_iter().flat_map(|schema| {
        let properties = schema.get("properties").into_iter().flat_map(Node::entries);
        let named = ["items", "additionalProperties"].into_iter().filter_map(|it| schema.get(it));
        named.chain(properties.map(|property| property.value)).collect::<Vec<_>>()
    });
    let (culprit, what) = inner.into_iter().find_map(|inner| structured(document, inner))?;
    let at =
        if is_within(culprit, parameter) { culprit } else { schema.get("$ref").unwrap_or(schema) };
    let message = format!("the client cannot write {what} within another value into a query");
    Some(
        NESTED_QUERY_PARAMETER
            .at(at, message)
            .help("take a string whose form is left to the caller, or several parameters"),
    )
}
