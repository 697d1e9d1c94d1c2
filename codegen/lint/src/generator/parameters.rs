//! Reports parameters whose location, style or value the client does not support.

use document::{
    DiagnosticBuilder, Document, Node, Operation, Report,
    parts::{
        alternatives, composed, is_composed, is_managed, is_within, kind_of, nested, walk,
        with_composed,
    },
};

use super::{
    COOKIE_PARAMETER, DECIMAL_IN_QUERY, IGNORED_MEMBER, NESTED_QUERY_PARAMETER,
    NON_SCALAR_PARAMETER, PARAMETER_WITH_CONTENT, UNSUPPORTED_STYLE,
};

pub(super) fn check(document: &Document<'_>, operation: &Operation<'_>, report: &mut Report) {
    for parameter in document.parameters(operation).into_iter().filter(|it| !is_managed(*it)) {
        report.extend(cookie(parameter));
        report.extend(content(parameter));
        report.extend(style(document, parameter));
        report.extend(allow_reserved(parameter));
        value(document, parameter, report);
    }
}

fn cookie(parameter: Node<'_>) -> Option<DiagnosticBuilder<'_>> {
    let location = parameter.get("in").filter(|location| location.as_str() == Some("cookie"))?;
    let diagnostic = COOKIE_PARAMETER.at(location, "the client sends no cookies");
    Some(diagnostic.help("send it in a header, or remove it"))
}

fn content(parameter: Node<'_>) -> Option<DiagnosticBuilder<'_>> {
    const NEXT_TO_SCHEMA: [&str; 6] =
        ["schema", "style", "explode", "allowReserved", "example", "examples"];
    let content =
        parameter.entry("content").filter(|_| parameter.get_str("in") != Some("cookie"))?;
    let has_both = NEXT_TO_SCHEMA.iter().any(|other| parameter.get(other).is_some());
    if has_both || content.value.entries().count() != 1 {
        return None;
    }
    let message = "the client cannot serialize a parameter as a media type";
    let diagnostic = PARAMETER_WITH_CONTENT.at(content.key, message);
    Some(
        diagnostic
            .help("write a `schema` instead; with `type: string`, the caller formats the value"),
    )
}

fn style<'t>(document: &Document<'t>, parameter: Node<'t>) -> Option<DiagnosticBuilder<'t>> {
    let (known, others): (&str, &[&str]) = match parameter.get_str("in")? {
        "path" => ("simple", &["label", "matrix"]),
        "query" => ("form", &["spaceDelimited", "pipeDelimited", "deepObject"]),
        _ => return None,
    };
    if let Some(style) = parameter.get("style")
        && let Some(name) = style.as_str().filter(|name| others.contains(name))
    {
        let message = format!("the client supports only the style `{known}` here, not `{name}`");
        let help = format!(
            "write `{known}`, or write `type: string`, so that the caller formats the value"
        );
        return Some(UNSUPPORTED_STYLE.at(style, message).help(help));
    }
    not_exploded(document, parameter)
}

/// Reports an array or object that should be sent as a single query parameter.
fn not_exploded<'t>(document: &Document<'t>, parameter: Node<'t>) -> Option<DiagnosticBuilder<'t>> {
    let explode = parameter.get("explode").filter(|it| it.as_bool() == Some(false))?;
    let schema = parameter.get("schema").filter(|_| parameter.get_str("in") == Some("query"))?;
    structured(document, schema)?;
    let message = "the client sends each item as a separate parameter, and does not join them";
    let help = "write `type: string`, so that the caller formats the value";
    Some(UNSUPPORTED_STYLE.at(explode, message).help(help))
}

fn allow_reserved(parameter: Node<'_>) -> Option<DiagnosticBuilder<'_>> {
    let allow = parameter.get("allowReserved").filter(|allow| allow.as_bool() == Some(true))?;
    let message = "the client escapes reserved characters anyway";
    Some(IGNORED_MEMBER.at(allow, message).help("remove `allowReserved`"))
}

fn value<'t>(document: &Document<'t>, parameter: Node<'t>, report: &mut Report) {
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
        Some("nullable") => "remove `nullable`; an optional parameter can be omitted",
        _ => "write `type: string`, and describe the format",
    };
    let reference = schema.get("$ref").filter(|_| !is_within(culprit, schema));
    let diagnostic = NON_SCALAR_PARAMETER.at(reference.unwrap_or(culprit), message).help(help);
    Some(diagnostic.related(reference.map(|_| culprit), "because of this"))
}

/// Returns the part of a schema that prevents its values from being written as text, with a message.
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
fn structured<'t>(document: &Document<'t>, schema: Node<'t>) -> Option<(Node<'t>, &'static str)> {
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
/// typify can write a type as text only if it has already converted all its alternatives.
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
    let message = format!("the client cannot write {what} nested in another value into a query");
    let help =
        "write `type: string`, so that the caller formats the value, or use several parameters";
    Some(NESTED_QUERY_PARAMETER.at(at, message).help(help))
}

/// Reports decimals in queries. The client's decimal type keeps the digits of JSON numbers, and supports no other
/// format.
pub(super) fn decimals(document: &Document<'_>, report: &mut Report) {
    let parameters = document.operations().flat_map(|operation| document.parameters(&operation));
    let queries = parameters.filter(|parameter| parameter.get_str("in") == Some("query"));
    let schemas: Vec<Node<'_>> = queries.filter_map(|parameter| parameter.get("schema")).collect();
    let schemas = walk(document, schemas, |schema| composed(schema).chain(nested(schema)));
    report.extend(schemas.filter_map(decimal_format).map(|format| {
        DECIMAL_IN_QUERY
            .at(format, "the client writes decimals only in JSON")
            .help("write `type: string`, or remove the format if a float is precise enough")
    }));
}

fn decimal_format(schema: Node<'_>) -> Option<Node<'_>> {
    let is_number = kind_of(schema) == Some("number");
    schema.get("format").filter(|format| is_number && format.as_str() == Some("decimal"))
}
