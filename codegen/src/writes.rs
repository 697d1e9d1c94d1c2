//! Determines the effect of a `PUT` or `PATCH` on its resource, for the mock.

use std::collections::{BTreeMap, BTreeSet};

use document::{Document, Node, parts, status};
use proc_macro2::TokenStream;
use quote::quote;

/// Returns the effect of a method on what a `GET` of the same path returns, as an expression of the type `Write`.
///
/// The resource is what the write returns or, if it returns nothing, what the `GET` returns.
pub(crate) fn of(document: &Document<'_>, path: Node<'_>, method: &str) -> Option<TokenStream> {
    if !matches!(method, "PATCH" | "PUT") {
        return None;
    }
    let operation = path.get(&method.to_lowercase())?;
    let request = Shape::of(document, content(document, operation.get("requestBody")?)?);
    let response = success(document, operation);
    let read = path.get("get").and_then(|read| success(document, read));
    let resource = Shape::of(document, response.or(read)?);
    let sets = resource.names().filter(|name| request.properties.contains_key(name));
    let clears = sets.clone().filter(|name| method == "PUT" && !resource.required.contains(name));
    let is_set = |name: &&str| request.properties.contains_key(name);
    let computed = resource.names().filter(|name| resource.is_computed(name) && !is_set(name));
    let shown = shown(document, &request, response, read);
    Some(quote! {
        Write {
            sets: &[#(#sets),*],
            clears: &[#(#clears),*],
            computed: &[#(#computed),*],
            shown: #shown,
        }
    })
}

/// Returns where a `GET` response contains the resource, as an expression of the type `Shown`.
fn shown<'t>(
    document: &Document<'t>,
    request: &Shape<'t>,
    response: Option<Node<'t>>,
    read: Option<Node<'t>>,
) -> TokenStream {
    let (response, read) = match (response, read) {
        (_, None) => return quote!(Shown::Nowhere),
        (None, Some(_)) => return quote!(Shown::Whole),
        (Some(response), Some(read)) if response == read => return quote!(Shown::Whole),
        (Some(response), Some(read)) => (response, read),
    };
    let read = Shape::of(document, read);
    let list = read.properties.iter().find(|(_, property)| {
        let items = property.get("items").and_then(|items| resolved(document, items));
        items == Some(response)
    });
    match list {
        Some((list, _)) => {
            let identity = Shape::of(document, response).identity(request);
            quote!(Shown::Item { list: #list, identity: &[#(#identity),*] })
        }
        None => quote!(Shown::Nowhere),
    }
}

/// Returns the schema of the first success response that has content.
fn success<'t>(document: &Document<'t>, operation: Node<'t>) -> Option<Node<'t>> {
    let responses = operation.get("responses")?.entries();
    let mut successes = responses.filter(|response| status::is_success(response.name()));
    successes.find_map(|response| content(document, response.value))
}

/// Returns the schema of the JSON in a request body or a response.
fn content<'t>(document: &Document<'t>, body: Node<'t>) -> Option<Node<'t>> {
    let mut media = document.resolve(body)?.get("content")?.entries();
    resolved(document, media.next()?.value.get("schema")?)
}

/// Returns the schema after following references, and an `allOf` that only wraps a reference.
fn resolved<'t>(document: &Document<'t>, schema: Node<'t>) -> Option<Node<'t>> {
    let schema = document.resolve(schema)?;
    let mut parts = schema.items_of("allOf");
    match (parts.next(), parts.next(), schema.get("properties")) {
        (Some(part), None, None) => document.resolve(part),
        _ => Some(schema),
    }
}

/// The members of an object.
#[derive(Default)]
struct Shape<'t> {
    properties: BTreeMap<&'t str, Node<'t>>,
    required: BTreeSet<&'t str>,
}

impl<'t> Shape<'t> {
    fn of(document: &Document<'t>, schema: Node<'t>) -> Self {
        let mut shape = Self::default();
        for schema in parts::with_merged(document, schema) {
            shape.add(document, schema);
        }
        shape
    }

    /// Adds the members that a schema declares itself, except those that are already known.
    fn add(&mut self, document: &Document<'t>, schema: Node<'t>) {
        for entry in schema.entries_of("properties") {
            if let Some(property) = resolved(document, entry.value) {
                self.properties.entry(entry.name()).or_insert(property);
            }
        }
        self.required.extend(parts::required(schema).map(|(name, _)| name));
    }

    fn names(&self) -> impl Iterator<Item = &'t str> + Clone {
        self.properties.keys().copied()
    }

    /// Returns the members that identify an item. A request can change all other members.
    fn identity(&self, request: &Self) -> Vec<&'t str> {
        let is_stable = |name: &&str| self.is_scalar(name) && !self.is_computed(name);
        let scalars = || self.names().filter(is_stable);
        let fixed: Vec<_> =
            scalars().filter(|name| !request.properties.contains_key(name)).collect();
        match fixed.is_empty() {
            true => scalars().filter(|name| self.required.contains(name)).collect(),
            false => fixed,
        }
    }

    fn is_scalar(&self, name: &str) -> bool {
        matches!(self.kind(name), Some("boolean" | "integer" | "number" | "string"))
    }

    /// Returns true if only the service can compute a member: an optional, read-only number.
    fn is_computed(&self, name: &str) -> bool {
        let property = self.properties.get(name);
        let is_read_only = property.and_then(|property| property.get("readOnly")?.as_bool());
        is_read_only == Some(true)
            && matches!(self.kind(name), Some("integer" | "number"))
            && !self.required.contains(name)
    }

    fn kind(&self, name: &str) -> Option<&'t str> {
        self.properties.get(name)?.get("type")?.as_str()
    }
}
