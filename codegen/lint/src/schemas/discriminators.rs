//! Reports discriminators whose property is not declared and required by all schemas, or whose mapping contradicts the
//! schemas.

use document::{
    DiagnosticBuilder, Document, Kind, Node,
    parts::{MAX_COMPOSED, alternatives, only_value, requires, walk},
    phrasing::describe,
};

use super::INVALID_DISCRIMINATOR;

/// Reports a mapping that contradicts the alternatives or the values that they require.
pub(super) fn contradictory<'t>(
    document: &Document<'t>,
    schema: Node<'t>,
) -> Vec<DiagnosticBuilder<'t>> {
    let Some(mapping) = schema.get("discriminator").and_then(|it| it.entry("mapping")) else {
        return Vec::new();
    };
    let property = schema.get("discriminator").and_then(|it| it.get_str("propertyName"));
    let property = property.unwrap_or_default();
    let all: Vec<Node<'t>> = alternatives(schema).filter_map(|it| document.resolve(it)).collect();
    if all.is_empty() || all.len() < alternatives(schema).count() {
        return Vec::new();
    }
    let value = |schema: Node<'t>| only_value(document, schema, property);
    let wrong = mapping.value.entries().filter_map(|entry| {
        let target = mapped(document, entry.value)?;
        let name = describe(target);
        if !all.contains(&target) {
            let message = format!("{name} is not one of the alternatives");
            let help = "write the name of an alternative, or add the schema to the alternatives";
            return Some(INVALID_DISCRIMINATOR.at(entry.value, message).help(help));
        }
        let value = value(target).filter(|value| value.as_str() != Some(entry.name()))?;
        let text = value.as_str()?;
        let message = format!("the `{property}` of {name} is `{text}`, not `{}`", entry.name());
        let diagnostic = INVALID_DISCRIMINATOR.at(entry.key, message).related(value, "its value");
        Some(diagnostic.help(format!("write `{text}`")))
    });
    let missing = all.iter().filter_map(|alternative| {
        let text = value(*alternative)?.as_str()?;
        let name = document.component_name(Kind::Schema, *alternative)?;
        let is_mapped = mapping
            .value
            .entries()
            .any(|it| it.name() == text || mapped(document, it.value) == Some(*alternative));
        let message = format!("`{text}` is not mapped to `{name}`");
        let diagnostic = INVALID_DISCRIMINATOR.at(mapping.key, message);
        (text != name && !is_mapped).then(|| diagnostic.help(format!("add `{text}: {name}`")))
    });
    wrong.chain(missing).collect()
}

/// Returns the resolved schema that a mapping refers to, by name or as a reference.
fn mapped<'t>(document: &Document<'t>, value: Node<'t>) -> Option<Node<'t>> {
    document.resolve(document.mapped(value.as_str()?)?)
}

pub(super) fn invalid<'t>(document: &Document<'t>, schema: Node<'t>) -> Vec<DiagnosticBuilder<'t>> {
    let discriminator = schema.get("discriminator");
    let property = discriminator.and_then(|discriminator| discriminator.get("propertyName"));
    let Some((property, name)) = property.and_then(|node| Some((node, node.as_str()?))) else {
        return Vec::new();
    };
    let mut alternatives = alternatives(schema).peekable();
    if alternatives.peek().is_none() {
        let verb = missing(document, vec![schema, whole(schema)], name);
        return verb.map(|verb| diagnostic(property, name, verb)).into_iter().collect();
    }
    let diagnostics = alternatives.filter_map(|alternative| {
        let verb = missing(document, vec![schema, whole(schema), alternative], name)?;
        let at = alternative.get("$ref").unwrap_or(alternative);
        Some(diagnostic(at, name, verb).related(property, "the discriminator"))
    });
    diagnostics.collect()
}

/// Returns the schema whose `allOf` contains the given schema, or else the given schema itself.
fn whole(schema: Node<'_>) -> Node<'_> {
    let list = schema.parent().filter(|list| list.name() == Some("allOf"));
    list.and_then(Node::parent).unwrap_or(schema)
}

const DECLARE: &str = "declare";
const REQUIRE: &str = "require";

fn diagnostic<'t>(at: Node<'t>, name: &str, verb: &str) -> DiagnosticBuilder<'t> {
    let target = at.as_str().and_then(|target| Some(target.rsplit_once('/')?.1));
    let subject = target.map_or("this schema".to_owned(), |target| format!("`{target}`"));
    let message = format!("{subject} does not {verb} the discriminator property `{name}`");
    INVALID_DISCRIMINATOR.at(at, message).help(match verb {
        DECLARE => format!("declare `{name}` under `properties`, and list it under `required`"),
        _ => format!("list `{name}` under `required`"),
    })
}

/// Returns what the schemas of a value fail to do with a property: declare it, or require it.
///
/// Returns `None` if one of them cannot be resolved.
fn missing<'t>(
    document: &Document<'t>,
    schemas: Vec<Node<'t>>,
    name: &str,
) -> Option<&'static str> {
    let parts = |schema: Node<'t>| schema.items_of("allOf");
    let all: Vec<Node<'t>> =
        walk(document, schemas.clone(), parts).take(MAX_COMPOSED + 1).collect();
    let is_known = |schema: &Node<'t>| {
        (schema.get("allOf").is_some() || document.lacks(*schema, "allOf"))
            && parts(*schema).all(|part| document.resolve(part).is_some())
    };
    let are_known = schemas.iter().all(|schema| document.resolve(*schema).is_some());
    if !are_known || all.len() > MAX_COMPOSED || !all.iter().all(is_known) {
        return None;
    }
    let declares = |schema: &Node<'t>| schema.get("properties")?.get(name);
    if !all.iter().any(|schema| declares(schema).is_some()) {
        return Some(DECLARE);
    }
    (!all.iter().any(|schema| requires(*schema, name))).then_some(REQUIRE)
}
