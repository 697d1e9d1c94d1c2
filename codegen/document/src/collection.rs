//! Recognizes the operations that return a collection page by page.

use super::{openapi::Document, parts::with_merged, status, tree::Node};

/// The request headers that a link to the next page can set. The client's `link.rs` repeats this list, because the
/// client does not depend on this package.
pub const CONTINUATION_HEADERS: [&str; 3] =
    ["ms-continuationtoken", "x-ms-continuation", "x-ms-continuation-token"];

/// Returns true if an operation returns a collection page by page: it is a `GET` whose success response has an array
/// `items`, and `links` with a `next` link that has a `uri`.
///
/// Partner Center uses these names on the wire. The schemas can have any name, and can be references or composed with
/// `allOf`.
pub fn is_paged<'t>(document: &Document<'t>, method: &str, operation: Node<'t>) -> bool {
    let page = || {
        let responses = operation.get("responses")?.entries();
        let mut successes = responses.filter(|response| status::is_success(response.name()));
        let response = document.resolve(successes.next()?.value)?;
        response.get("content")?.entries().next()?.value.get("schema")
    };
    method.eq_ignore_ascii_case("get")
        && page().is_some_and(|page| {
            let items = property(document, page, &["items"]);
            let uri = property(document, page, &["links", "next", "uri"]);
            items.is_some_and(|items| has_type(items, "array"))
                && uri.is_some_and(|uri| has_type(uri, "string"))
        })
}

/// Returns the schema at the end of a path of properties.
fn property<'t>(document: &Document<'t>, schema: Node<'t>, path: &[&str]) -> Option<Node<'t>> {
    let Some((name, rest)) = path.split_first() else { return document.resolve(schema) };
    let mut parts = with_merged(document, schema);
    property(document, parts.find_map(|part| part.get("properties")?.get(name))?, rest)
}

fn has_type(schema: Node<'_>, name: &str) -> bool {
    schema.get_str("type") == Some(name)
}
