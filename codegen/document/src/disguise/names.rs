//! Keys, and values that are names, in which no character may be mistaken for another.

mod name;

use name::Name;

use crate::{model::Kind, openapi::Document, tree::Node};

/// Returns true for keys, and for values that name something.
pub(super) fn is_name(document: &Document<'_>, node: Node<'_>) -> bool {
    let Some(parent) = node.parent() else { return false };
    if node.is_key() {
        return true;
    }
    let Some(member) = node.name() else { return is_list_of_names(document, parent) };
    match document.kind(parent) {
        // One of the values of `enum` is meant.
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

/// Returns the disguised characters of a name.
pub(super) fn disguises(document: &Document<'_>, node: Node<'_>) -> Vec<usize> {
    let name = Name::of(node);
    let mut places = [
        name.unseen(),
        name.of_mixed_words(),
        name.punctuation(),
        name.list_mark(node.is_key()),
        name.quotes(node.is_key()),
    ]
    .concat();
    if is_field_in_disguise(document, node, &name)
        || is_target_in_disguise(document, node, &name)
        || is_header(node)
    {
        places.extend(name.all());
    }
    places.sort_unstable();
    places.dedup();
    places
}

/// Returns true for a key that the model does not know, and does as it looks.
fn is_field_in_disguise(document: &Document<'_>, node: Node<'_>, name: &Name<'_>) -> bool {
    let kind = node.parent().filter(|_| node.is_key()).and_then(|object| document.kind(object));
    kind.map(Kind::object).is_some_and(|object| {
        let plain = name.as_it_looks();
        let is_extension = object.extensible && plain.starts_with("x-");
        !name.text.starts_with("x-") && (is_extension || object.field(&plain).is_some())
    })
}

/// Returns true for a reference that leads nowhere, and does as it looks.
fn is_target_in_disguise(document: &Document<'_>, node: Node<'_>, name: &Name<'_>) -> bool {
    let is_reference = !node.is_key() && name.text.starts_with("#/");
    is_reference
        && document.target(name.text).is_none()
        && document.target(&name.as_it_looks()).is_some()
}

/// Returns true for the name of a header, which HTTP allows in ASCII only.
fn is_header(node: Node<'_>) -> bool {
    let place = node.parent().filter(|_| node.name() == Some("name")).and_then(|it| it.get("in"));
    place.and_then(Node::as_str) == Some("header")
}
