//! Does each number in the document get a type that is wide enough, and are its other constraints documented?

use std::collections::BTreeMap;

use document::Severity;
use quote::ToTokens as _;
use syn::{Attribute, Expr, FnArg, ImplItem, Item, Lit, Meta, Pat, Type};

use support::document::complete;

use crate::compile;

const DOCUMENT: &str = include_str!("../documents/additions/numbers.yaml");

/// The types and documentation of the members of `Numbers` and of the arguments, by name.
struct Client {
    types: BTreeMap<String, String>,
    docs: BTreeMap<String, String>,
}

impl Client {
    fn generated() -> Self {
        let document = complete(DOCUMENT);
        let mut found = lint::lint(document.as_bytes(), false);
        found.retain(|diagnostic| diagnostic.severity == Severity::Error);
        assert!(found.is_empty(), "{found:?}");
        let client = compile::client(&document);
        let mut this = Self { types: BTreeMap::new(), docs: BTreeMap::new() };
        syn::parse_file(&client).unwrap().items.into_iter().for_each(|item| this.add(item));
        this
    }

    fn add(&mut self, item: Item) {
        match item {
            Item::Struct(model) if model.ident == "Numbers" => {
                for field in model.fields {
                    self.insert(field.ident.unwrap().to_string(), &field.ty, &field.attrs);
                }
            }
            Item::Impl(client) if client.trait_.is_none() => {
                client.items.into_iter().for_each(|item| self.add_method(item))
            }
            _ => {}
        }
    }

    fn add_method(&mut self, item: ImplItem) {
        let ImplItem::Fn(method) = item else { return };
        if method.sig.ident == "get_numbers" {
            self.docs.insert("get_numbers".to_owned(), documentation(&method.attrs));
        }
        for input in method.sig.inputs {
            if let FnArg::Typed(argument) = input
                && let Pat::Ident(name) = *argument.pat
            {
                self.insert(name.ident.to_string(), &argument.ty, &[]);
            }
        }
    }

    fn insert(&mut self, name: String, ty: &Type, attributes: &[Attribute]) {
        self.docs.insert(name.clone(), documentation(attributes));
        self.types.insert(name, ty.to_token_stream().to_string().replace(' ', ""));
    }
}

fn documentation(attributes: &[Attribute]) -> String {
    let lines = attributes.iter().filter_map(|attribute| match &attribute.meta {
        Meta::NameValue(pair) if pair.path.is_ident("doc") => match &pair.value {
            Expr::Lit(literal) => match &literal.lit {
                Lit::Str(text) => Some(text.value().trim().to_owned()),
                _ => None,
            },
            _ => None,
        },
        _ => None,
    });
    lines.collect::<Vec<_>>().join(" ")
}

#[test]
fn types_of_formats_and_bounds() {
    let types: String =
        Client::generated().types.iter().map(|(name, ty)| format!("{name}: {ty}\n")).collect();
    insta::assert_snapshot!(types);
}

#[test]
fn documentation_of_defaults_bounds_and_values() {
    let docs: String = Client::generated()
        .docs
        .iter()
        .filter(|(_, text)| !text.is_empty() && !text.starts_with('`'))
        .map(|(name, text)| format!("{name}: {text}\n"))
        .collect();
    insta::assert_snapshot!(docs);
}
