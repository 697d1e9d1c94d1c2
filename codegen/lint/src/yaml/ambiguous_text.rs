//! Reports unquoted scalars that YAML parsers resolve differently.

use std::{collections::HashSet, ops::Range};

use document::{
    Diagnostic, DiagnosticBuilder, Document, Node, Resolution, Severity, Shape,
    unambiguous::plain_forms,
};

use super::AMBIGUOUS_TEXT;

/// Reports a scalar that parsers disagree on.
pub(super) fn ambiguous<'t>(
    document: &Document<'t>,
    node: Node<'t>,
) -> Option<DiagnosticBuilder<'t>> {
    let scalar = node.scalar().filter(|it| node.tag().is_none() && it.may_be_ambiguous())?;
    let readings = scalar.resolutions();
    // A key that the generator does not read as text is reported as `non-string-key`.
    let is_reported = node.is_key() && readings.first() != Some(&Resolution::Text);
    if readings.len() < 2 || is_reported {
        return None;
    }
    let text = &scalar.text;
    let described: Vec<String> = readings.iter().map(Resolution::describe).collect();
    let message = format!("parsers disagree on `{text}`: {}", listed(&described));
    Some(AMBIGUOUS_TEXT.at(node, message).help(help(document, node, &readings)))
}

fn listed(readings: &[String]) -> String {
    match readings {
        [first @ .., last] if !first.is_empty() => format!("{} or {last}", first.join(", ")),
        _ => readings.concat(),
    }
}

fn help(document: &Document<'_>, node: Node<'_>, readings: &[Resolution]) -> String {
    let quoted = format!("put it in quotes: `'{}'`", node.text().unwrap_or_default());
    let plain = plain_forms(readings.iter());
    let is_text = readings.first() == Some(&Resolution::Text);
    match (is_text, node.is_key() || is_typed(document, node)) {
        (true, true) => quoted,
        _ if plain.is_empty() => quoted,
        (true, false) => format!("{quoted}, or write {plain}"),
        (false, true) => format!("write {plain}"),
        (false, false) => format!("write {plain}, or put it in quotes if it is text"),
    }
}

/// Returns true where only values of one type are valid, so an unquoted scalar is either such a value or an error.
fn is_typed(document: &Document<'_>, node: Node<'_>) -> bool {
    let mut around = [Some(node), node.parent()].into_iter().flatten();
    let member = around.find_map(|node| Some((node.name()?, node.parent()?)));
    member.is_some_and(|(name, object)| match shape(document, object, name) {
        None => false,
        Some(Shape::Any | Shape::List(Shape::Any) | Shape::NonEmptyList(Shape::Any)) => {
            ["enum", "default", "example"].contains(&name) && object.get("type").is_some()
        }
        Some(_) => true,
    })
}

/// Returns the shape of a member of an object, or of a map such as the `mapping` of a discriminator.
fn shape(document: &Document<'_>, object: Node<'_>, name: &str) -> Option<Shape> {
    let field = |object, name: &str| Some(document.kind(object)?.object().field(name)?.shape);
    field(object, name).or_else(|| match field(object.parent()?, object.name()?)? {
        Shape::Map(value) | Shape::Named(value) => Some(*value),
        _ => None,
    })
}

/// Drops warnings about scalars that are also reported for their type, because that error's help says what to write.
pub(crate) fn drop_explained(diagnostics: &mut Vec<Diagnostic>) {
    let errors: HashSet<Range<usize>> = diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.severity == Severity::Error)
        .map(|diagnostic| diagnostic.span.clone())
        .collect();
    diagnostics.retain(|it| it.rule != AMBIGUOUS_TEXT.id || !errors.contains(&it.span));
}
