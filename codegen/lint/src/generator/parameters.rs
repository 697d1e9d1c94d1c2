//! Parameters in locations and styles that the client does not support.

use document::{DiagnosticBuilder, Document, Node, Operation, Report};

use super::{
    COOKIE_PARAMETER, IGNORED_MEMBER, PARAMETER_WITH_CONTENT, UNSUPPORTED_STYLE,
    values::{self, structured},
};
use crate::parts::is_managed;

pub(super) fn check(document: &Document<'_>, operation: &Operation<'_>, report: &mut Report) {
    for parameter in document.parameters(operation).into_iter().filter(|it| !is_managed(*it)) {
        report.extend(cookie(parameter));
        report.extend(content(parameter));
        report.extend(style(document, parameter));
        report.extend(allow_reserved(parameter));
        values::check(document, parameter, report);
    }
}

fn cookie(parameter: Node<'_>) -> Option<DiagnosticBuilder<'_>> {
    let place = parameter.get("in").filter(|place| place.as_str() == Some("cookie"))?;
    let diagnostic = COOKIE_PARAMETER.at(place, "the client sends no cookies");
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
    let message = "the client cannot write a parameter as a media type";
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

/// Reports an array or object that is to be sent as one query parameter.
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
