//! Finds look-alike characters in keys, and in values that are names.

mod name;

use name::Name;

use crate::{model::Kind, openapi::Document, tree::Node};

/// Returns true for keys, and for values that are names.
pub(super) fn is_name(document: &Document<'_>, node: Node<'_>) -> bool {
    let Some(parent) = node.parent() else { return false };
    if node.is_key() {
        return true;
    }
    let Some(member) = node.name() else { return is_list_of_names(document, parent) };
    match document.kind(parent) {
        // The value must be one of `enum`.
        Some(Kind::Schema) if matches!(member, "default" | "example") => {
            parent.get("enum").is_some()
        }
        Some(kind) => is_name_of(kind, member),
        None => member == "$ref" || parent.name() == Some("mapping"),
    }
}

fn is_list_of_names(document: &Document<'_>, list: Node<'_>) -> bool {
    let is_known = list.parent().and_then(|object| document.kind(object)).is_some();
    is_known && matches!(list.name(), Some("required" | "tags" | "enum" | "x-extensible-enum"))
}

fn is_name_of(kind: Kind, member: &str) -> bool {
    match member {
        "name" => matches!(kind, Kind::Parameter | Kind::Tag | Kind::SecurityScheme),
        "openapi" | "version" | "url" | "operationId" | "operationRef" | "in" | "type"
        | "format" | "style" | "propertyName" | "scheme" | "bearerFormat" | "openIdConnectUrl"
        | "authorizationUrl" | "tokenUrl" | "refreshUrl" | "externalValue" | "email"
        | "x-evidence" => true,
        _ => false,
    }
}

/// Returns the offsets of the look-alike characters in a name.
pub(super) fn look_alikes(document: &Document<'_>, node: Node<'_>) -> Vec<usize> {
    let name = Name::of(node);
    let mut offsets = [
        name.invisible(),
        name.in_mixed_words(),
        name.punctuation(),
        name.list_marker(node.is_key()),
        name.quotes(node.is_key()),
    ]
    .concat();
    if looks_like_field(document, node, &name)
        || looks_like_target(document, node, &name)
        || is_header(node)
    {
        offsets.extend(name.all());
    }
    offsets.sort_unstable();
    offsets.dedup();
    offsets
}

/// Returns true for an unknown key that looks like a known one.
fn looks_like_field(document: &Document<'_>, node: Node<'_>, name: &Name<'_>) -> bool {
    let kind = node.parent().filter(|_| node.is_key()).and_then(|object| document.kind(object));
    kind.map(Kind::object).is_some_and(|object| {
        let plain = name.as_it_looks();
        let is_extension = object.extensible && plain.starts_with("x-");
        !name.text.starts_with("x-") && (is_extension || object.field(&plain).is_some())
    })
}

/// Returns true for a dangling reference that looks like a valid one.
fn looks_like_target(document: &Document<'_>, node: Node<'_>, name: &Name<'_>) -> bool {
    let is_reference = !node.is_key() && name.text.starts_with("#/");
    is_reference
        && document.target(name.text).is_none()
        && document.target(&name.as_it_looks()).is_some()
}

/// Returns true for the name of a header, which must be ASCII in HTTP.
fn is_header(node: Node<'_>) -> bool {
    let location =
        node.parent().filter(|_| node.name() == Some("name")).and_then(|it| it.get("in"));
    location.and_then(Node::as_str) == Some("header")
}
