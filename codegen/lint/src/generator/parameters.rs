//! Parameters: where they are, and in which style.

use document::{DiagnosticBuilder, Document, Node, Operation, Report};

use super::{
    COOKIE_PARAMETER, IGNORED_MEMBER, PARAMETER_WITH_CONTENT, UNSUPPORTED_STYLE,
    parts::place,
    values::{self, structured},
};

/// Reports what the client cannot put into a request as the document says.
pub(super) fn check(document: &Document<'_>, operation: &Operation<'_>, report: &mut Report) {
    for parameter in document.parameters(operation).into_iter().filter(|it| !is_managed(*it)) {
        report.extend(cookie(parameter));
        report.extend(content(parameter));
        report.extend(style(document, parameter));
        report.extend(allow_reserved(parameter));
        values::check(document, parameter, report);
    }
}

/// Whether the client's runtime sets it, so that the generator never sees it.
fn is_managed(parameter: Node<'_>) -> bool {
    parameter.get("x-client-managed").and_then(Node::as_bool) == Some(true)
}

fn cookie(parameter: Node<'_>) -> Option<DiagnosticBuilder<'_>> {
    let place = parameter.get("in").filter(|place| place.as_str() == Some("cookie"))?;
    let diagnostic = COOKIE_PARAMETER.at(place, "the client sends no cookies");
    Some(diagnostic.help("send it in a header, or leave it out"))
}

fn content(parameter: Node<'_>) -> Option<DiagnosticBuilder<'_>> {
    const OF_A_SCHEMA: [&str; 6] =
        ["schema", "style", "explode", "allowReserved", "example", "examples"];
    let content = parameter.entry("content").filter(|_| place(parameter) != Some("cookie"))?;
    let has_both = OF_A_SCHEMA.iter().any(|other| parameter.get(other).is_some());
    if has_both || content.value.entries().count() != 1 {
        return None;
    }
    let message = "the client cannot write a parameter in a media type";
    let diagnostic = PARAMETER_WITH_CONTENT.at(content.key, message);
    Some(diagnostic.help("write a `schema` instead; `type: string` leaves the form to the caller"))
}

fn style<'t>(document: &Document<'t>, parameter: Node<'t>) -> Option<DiagnosticBuilder<'t>> {
    let (known, others): (&str, &[&str]) = match place(parameter)? {
        "path" => ("simple", &["label", "matrix"]),
        "query" => ("form", &["spaceDelimited", "pipeDelimited", "deepObject"]),
        _ => return None,
    };
    if let Some(style) = parameter.get("style")
        && let Some(name) = style.as_str().filter(|name| others.contains(name))
    {
        let message = format!("the client knows the style `{known}` here, and not `{name}`");
        let help = format!("write `{known}`, or take a string whose form is left to the caller");
        return Some(UNSUPPORTED_STYLE.at(style, message).help(help));
    }
    joined(document, parameter)
}

/// A list or object that is to be one parameter of a query.
fn joined<'t>(document: &Document<'t>, parameter: Node<'t>) -> Option<DiagnosticBuilder<'t>> {
    let explode = parameter.get("explode").filter(|it| it.as_bool() == Some(false))?;
    let schema = parameter.get("schema").filter(|_| place(parameter) == Some("query"))?;
    structured(document, schema)?;
    let message = "the client sends each item as a parameter by itself, and does not join them";
    let help = "take a string whose form is left to the caller";
    Some(UNSUPPORTED_STYLE.at(explode, message).help(help))
}

fn allow_reserved(parameter: Node<'_>) -> Option<DiagnosticBuilder<'_>> {
    let allow = parameter.get("allowReserved").filter(|allow| allow.as_bool() == Some(true))?;
    let message = "the client escapes reserved characters all the same";
    Some(IGNORED_MEMBER.at(allow, message).help("remove `allowReserved`"))
}
