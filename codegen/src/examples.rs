//! The document's examples: response examples for the mock, and request examples for the documentation.

use std::collections::BTreeMap;

use document::{Document, Entry, Node, collection, exact, printable::is_bidi_control, status};
use openapiv3::OpenAPI;
use proc_macro2::{Ident, Literal, TokenStream};
use quote::{ToTokens, format_ident, quote};
use serde_json::{Map, Value};

use crate::{schemas, writes};

/// The examples of a document, and the effects of its operations.
pub(crate) struct Examples {
    /// The operations, in the order in which progenitor generates them.
    pub(crate) operations: Vec<Operation>,
    /// The response examples that operations share, by the name of their constant.
    pub(crate) shared: BTreeMap<Ident, Vec<Example>>,
}

/// An operation with its examples.
pub(crate) struct Operation {
    /// The HTTP method, in upper case.
    pub(crate) method: String,
    /// The path template.
    pub(crate) path: String,
    /// The responses that have an example or no content, as expressions of the type `Response`.
    pub(crate) responses: Vec<TokenStream>,
    /// The effect on the resource, as an expression of the type `Write`.
    pub(crate) write: Option<TokenStream>,
    /// The JSON text of a request body example.
    pub(crate) request: Option<String>,
    /// The JSON texts of parameter values, by the simplified names of the parameters.
    pub(crate) arguments: BTreeMap<String, String>,
    /// True if the mock can respond with success.
    pub(crate) can_succeed: bool,
    /// True if the response can be one of several pages.
    pub(crate) is_paged: bool,
}

/// A response example.
#[derive(PartialEq)]
pub(crate) struct Example {
    name: String,
    /// The JSON text.
    body: String,
}

/// Writes an expression of the type `Example`.
impl ToTokens for Example {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let (name, body) = (&self.name, raw_text(&self.body));
        tokens.extend(quote!(Example { name: #name, body: #body }));
    }
}

/// Collects the examples of a document. The lowered document determines the order of the operations.
pub(crate) fn of(lowered: &OpenAPI, document: &Document<'_>) -> Examples {
    let paths = document.root().get("paths");
    let mut shared = BTreeMap::new();
    let operations = schemas::operations(lowered)
        .map(|(method, path, _)| {
            let item = paths.and_then(|paths| paths.get(path));
            operation(document, item, method, path, &mut shared)
        })
        .collect();
    Examples { operations, shared }
}

fn operation<'t>(
    document: &Document<'t>,
    item: Option<Node<'t>>,
    method: String,
    path: &str,
    shared: &mut BTreeMap<Ident, Vec<Example>>,
) -> Operation {
    let operation = item.and_then(|item| item.get(&method.to_lowercase()));
    let (responses, can_succeed) = responses(document, operation, shared);
    let body = operation.and_then(|operation| document.resolve(operation.get("requestBody")?));
    let parents = [item, operation].into_iter().flatten();
    Operation {
        is_paged: operation.is_some_and(|it| collection::is_paged(document, &method, it)),
        write: item.and_then(|item| writes::of(document, item, &method)),
        request: request(document, body.and_then(|body| body.get("content"))),
        arguments: parents.flat_map(|parent| arguments(document, parent)).collect(),
        path: path.to_owned(),
        method,
        responses,
        can_succeed,
    }
}

/// Returns the responses of an operation, and true if one of them is a success.
fn responses<'t>(
    document: &Document<'t>,
    operation: Option<Node<'t>>,
    shared: &mut BTreeMap<Ident, Vec<Example>>,
) -> (Vec<TokenStream>, bool) {
    let entries = members(operation.and_then(|operation| operation.get("responses")));
    let (mut responses, mut can_succeed) = (Vec::new(), false);
    for entry in entries {
        if let Some(response) = response(document, entry, shared) {
            can_succeed |= status::is_success(entry.name());
            responses.push(response);
        }
    }
    (responses, can_succeed)
}

/// Returns the example of a request body. The example from the vendor's page takes precedence.
fn request<'t>(document: &Document<'t>, content: Option<Node<'t>>) -> Option<String> {
    let values = values(document, content);
    let documented = values.iter().find(|(name, _)| *name == "documented");
    documented.or(values.first()).map(|(_, value)| json(&exact::value(*value), 0))
}

/// Returns a value for each parameter of a path item or operation that has an example, a default or listed values.
fn arguments<'t>(document: &Document<'t>, parent: Node<'t>) -> Vec<(String, String)> {
    let parameters = parent.get("parameters").into_iter().flat_map(Node::items);
    let argument = |parameter| {
        let parameter = document.resolve(parameter)?;
        let name = simplified(parameter.get("name")?.as_str()?);
        let value =
            parameter.get("example").or_else(|| stated(document, parameter.get("schema")?))?;
        Some((name, json(&exact::value(value), 0)))
    };
    parameters.filter_map(argument).collect()
}

/// Returns the example or default of a schema, or the first value that it lists.
fn stated<'t>(document: &Document<'t>, schema: Node<'t>) -> Option<Node<'t>> {
    let schema = document.resolve(schema)?;
    let listed = |keyword| schema.get(keyword).and_then(|values| values.items().next());
    let own = schema.get("example").or_else(|| schema.get("default"));
    own.or_else(|| listed("enum")).or_else(|| listed(schemas::EXTENSIBLE_ENUM))
}

/// Returns the letters and digits of a name in lower case, because the generated code spells names differently.
pub(crate) fn simplified(name: &str) -> String {
    name.chars().filter(|sign| sign.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn response<'t>(
    document: &Document<'t>,
    entry: Entry<'t>,
    shared: &mut BTreeMap<Ident, Vec<Example>>,
) -> Option<TokenStream> {
    let status = Literal::u16_unsuffixed(code(entry.name())?);
    let content = document.resolve(entry.value).and_then(|response| response.get("content"));
    let examples = examples(document, content);
    let has_content = content.is_some_and(|content| content.entries().next().is_some());
    if examples.is_empty() && has_content {
        return None;
    }
    let name = entry.value.get("$ref").and_then(Node::as_str).map(constant);
    match name.filter(|name| shared.get(name).is_none_or(|others| *others == examples)) {
        Some(name) => {
            let response = quote!(Response::new(#status, #name));
            shared.insert(name, examples);
            Some(response)
        }
        None => Some(quote!(Response::new(#status, &[#(#examples),*]))),
    }
}

/// Returns the status of a key of `responses`: the first status of a range, and `None` for `default`.
fn code(status: &str) -> Option<u16> {
    status.replace(['X', 'x'], "0").parse().ok()
}

/// Returns the name of the constant for a component: `BAD_REQUEST` for `#/components/responses/BadRequest`.
fn constant(reference: &str) -> Ident {
    let mut name = String::new();
    for character in schemas::component_name(reference).chars() {
        let begins_word = character.is_ascii_uppercase() && !name.ends_with('_');
        if begins_word && !name.is_empty() {
            name.push('_');
        }
        name.push(if character.is_ascii_alphanumeric() {
            character.to_ascii_uppercase()
        } else {
            '_'
        });
    }
    format_ident!("{name}")
}

/// Returns the examples in the content of a response.
fn examples<'t>(document: &Document<'t>, content: Option<Node<'t>>) -> Vec<Example> {
    let example = |(name, value): (&str, _)| Example {
        name: name.to_owned(),
        body: json(&exact::value(value), 0),
    };
    values(document, content).into_iter().map(example).collect()
}

/// Returns the example values in the content of a body, each with its name.
fn values<'t>(document: &Document<'t>, content: Option<Node<'t>>) -> Vec<(&'t str, Node<'t>)> {
    let values = members(content).into_iter().flat_map(|media| {
        let named = members(media.value.get("examples")).into_iter().filter_map(|example| {
            Some((example.name(), document.resolve(example.value)?.get("value")?))
        });
        media.value.get("example").map(|value| ("example", value)).into_iter().chain(named)
    });
    values.collect()
}

/// Returns the members of an object sorted by name, so that their order in the document has no effect.
fn members(object: Option<Node<'_>>) -> Vec<Entry<'_>> {
    let mut members: Vec<Entry<'_>> = object.into_iter().flat_map(Node::entries).collect();
    members.sort_by_key(Entry::name);
    members
}

/// Returns a raw string literal, so that JSON stays readable, or an escaped one if Rust does not allow a raw one.
pub(crate) fn raw_text(text: &str) -> Literal {
    let escaped = || Literal::string(text);
    if text.contains(is_bidi_control) {
        return escaped();
    }
    let most =
        text.split('"').skip(1).map(|rest| rest.bytes().take_while(|&byte| byte == b'#').count());
    let hashes = "#".repeat(most.max().unwrap_or_default() + 1);
    format!("r{hashes}\"{text}\"{hashes}").parse().unwrap_or_else(|_| escaped())
}

/// Returns the indented JSON text of an exact value.
fn json(value: &Value, depth: usize) -> String {
    match value {
        Value::Object(members) => match exact::digits(members) {
            Some(number) => number.to_owned(),
            None => object(members, depth),
        },
        Value::Array(items) => {
            let items = items.iter().map(|item| json(item, depth + 1));
            block('[', items.collect(), ']', depth)
        }
        scalar => scalar.to_string(),
    }
}

fn object(members: &Map<String, Value>, depth: usize) -> String {
    let members = members
        .iter()
        .map(|(name, value)| format!("{}: {}", Value::from(name.as_str()), json(value, depth + 1)));
    block('{', members.collect(), '}', depth)
}

fn block(open: char, parts: Vec<String>, close: char, depth: usize) -> String {
    if parts.is_empty() {
        return format!("{open}{close}");
    }
    let (inner, outer) = ("  ".repeat(depth + 1), "  ".repeat(depth));
    let parts = parts.join(&format!(",\n{inner}"));
    format!("{open}\n{inner}{parts}\n{outer}{close}")
}
