//! Discriminators whose property is not declared and required by all schemas.

use document::{
    DiagnosticBuilder, Document, Node,
    parts::{MAX_COMPOSED, alternatives, requires, walk},
};

use super::INVALID_DISCRIMINATOR;

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

/// Returns the schema whose `allOf` contains a schema, or else the schema itself.
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

/// Returns the requirement that the schemas of a value do not meet: to declare a property, or to require it.
///
/// Returns nothing if one of them cannot be resolved.
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
