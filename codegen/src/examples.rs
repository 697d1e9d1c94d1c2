//! The examples of the document's answers, for the mock server to answer with.

use std::collections::BTreeMap;

use document::exact;
use openapiv3::OpenAPI;
use proc_macro2::Literal;
use quote::format_ident;
use serde_json::{Map, Value};
use syn::{Expr, Ident, parse_quote};

use crate::schemas;

/// A bound on a chain of references, which keeps a circular one from hanging.
const HOPS: usize = 16;

/// The extension that lists the known values of a string that may have others.
const EXTENSIBLE_ENUM: &str = "x-extensible-enum";

/// What a document says of answers, other than by schemas.
pub(crate) struct Examples {
    /// The operations, in the order in which the generator takes them.
    pub(crate) operations: Vec<Operation>,
    /// The examples of responses that operations share, each a constant by its name.
    pub(crate) shared: BTreeMap<Ident, Vec<Expr>>,
    /// The values that extensible enums list.
    pub(crate) listed_values: Vec<String>,
}

/// An operation, and its responses that have an example or no content.
pub(crate) struct Operation {
    /// In capitals.
    pub(crate) method: String,
    /// The path template.
    pub(crate) path: String,
    /// Each an expression of the type `Response`.
    pub(crate) responses: Vec<Expr>,
}

/// The examples of a document, which is given as its text too, for the digits of its numbers.
pub(crate) fn of(document: &OpenAPI, text: &str) -> Result<Examples, String> {
    let exact = exact::yaml(text).map_err(|error| error.to_string())?;
    let mut shared = BTreeMap::new();
    let operations = schemas::operations(document)
        .map(|(method, path, _)| {
            let responses = &exact["paths"][path][method.to_lowercase()]["responses"];
            let responses = members(responses)
                .filter_map(|(status, value)| response(&exact, status, value, &mut shared));
            Operation { responses: responses.collect(), method, path: path.to_owned() }
        })
        .collect();
    Ok(Examples { operations, shared, listed_values: listed_values(&exact) })
}

fn response(
    document: &Value,
    status: &str,
    value: &Value,
    shared: &mut BTreeMap<Ident, Vec<Expr>>,
) -> Option<Expr> {
    let status = Literal::u16_unsuffixed(code(status)?);
    let resolved = resolve(document, value);
    let examples = examples(document, resolved);
    let has_content = members(&resolved["content"]).next().is_some();
    if examples.is_empty() && has_content {
        return None;
    }
    let name = value["$ref"].as_str().map(constant);
    match name.filter(|name| shared.get(name).is_none_or(|others| *others == examples)) {
        Some(name) => {
            let response = parse_quote!(Response { status: #status, examples: #name });
            shared.insert(name, examples);
            Some(response)
        }
        None => Some(parse_quote!(Response { status: #status, examples: &[#(#examples),*] })),
    }
}

/// The status that a response's key names: of a range the first, of `default` none.
fn code(status: &str) -> Option<u16> {
    status.replace(['X', 'x'], "0").parse().ok()
}

/// The name of the constant for a component, `BAD_REQUEST` for `#/components/responses/BadRequest`.
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

/// The examples of a response, each an expression of the type `Example`.
fn examples(document: &Value, response: &Value) -> Vec<Expr> {
    let media = members(&response["content"]).map(|(_, media)| media);
    let values = media.flat_map(|media| {
        let named = members(&media["examples"])
            .filter_map(|(name, example)| Some((name, resolve(document, example).get("value")?)));
        media.get("example").map(|value| ("example", value)).into_iter().chain(named)
    });
    let example = |(name, value)| {
        let body = raw_text(&json(value, 0));
        parse_quote!(Example { name: #name, body: #body })
    };
    values.map(example).collect()
}

/// The values of each extensible enum, wherever it stands.
fn listed_values(value: &Value) -> Vec<String> {
    let of_members = members(value).flat_map(|(name, value)| match name {
        EXTENSIBLE_ENUM => items(value).filter_map(Value::as_str).map(str::to_owned).collect(),
        _ => listed_values(value),
    });
    let mut values: Vec<String> = of_members.chain(items(value).flat_map(listed_values)).collect();
    values.sort_unstable();
    values.dedup();
    values
}

/// What a reference within the document refers to; what is no reference stands for itself.
fn resolve<'a>(document: &'a Value, mut value: &'a Value) -> &'a Value {
    for _ in 0..HOPS {
        let Some(reference) = value["$ref"].as_str() else { break };
        let target = reference.strip_prefix('#').and_then(|pointer| document.pointer(pointer));
        value = target.unwrap_or(&Value::Null);
    }
    value
}

/// The members of an object; none of anything else.
fn members(value: &Value) -> impl Iterator<Item = (&str, &Value)> {
    value.as_object().into_iter().flatten().map(|(name, value)| (name.as_str(), value))
}

/// The items of an array; none of anything else.
fn items(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

/// A raw string, so that JSON is read as JSON.
fn raw_text(text: &str) -> Expr {
    let most =
        text.split('"').skip(1).map(|rest| rest.bytes().take_while(|&byte| byte == b'#').count());
    let hashes = "#".repeat(most.max().unwrap_or_default() + 1);
    syn::parse_str(&format!("r{hashes}\"{text}\"{hashes}")).unwrap_or_else(|_| parse_quote!(#text))
}

/// The JSON text of an exact value, indented.
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
