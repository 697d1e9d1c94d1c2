//! Generates the file of operations: the client's methods, the fault codes, and the page on error statuses.

use std::collections::BTreeSet;

use indexmap::IndexSet;
use quote::format_ident;
use syn::{
    Attribute, File, ImplItem, Item, ItemImpl, Path, parse_quote,
    visit::{self, Visit},
};

use super::{codes::Codes, docs::Docs, methods, statuses};
use crate::markdown;

/// The names from the client's runtime that operations can use.
const RUNTIME: [&str; 10] = [
    "ACCEPT",
    "Client",
    "Error",
    "Items",
    "JSON",
    "OperationInfo",
    "Pages",
    "QueryParam",
    "ResponseValue",
    "TokenKind",
];

/// Polishes the operations of a client, given the attributes of the client itself.
pub(super) fn polish(
    client: Vec<Attribute>,
    mut operations: Vec<ImplItem>,
    docs: &mut Docs<'_>,
) -> Vec<Item> {
    // Most operations document the same errors.
    let mut codes = Codes::default();
    let errors: IndexSet<_> =
        operations.iter_mut().flat_map(|it| methods::polish(it, &mut codes, docs)).collect();
    let statuses = statuses::page(errors, &mut codes, docs);
    let mut block: ItemImpl = parse_quote!(
        impl Client {}
    );
    block.items = operations;
    let about = about(client, docs);
    docs.put(&mut block.attrs, &about);
    vec![Item::Impl(block), codes.module(docs), statuses]
}

/// Returns the title and description of the document. Labels the version as the document's, because the crate has its
/// own version.
fn about(mut client: Vec<Attribute>, docs: &Docs<'_>) -> String {
    let (text, _) = docs.take(&mut client);
    let text = text.replacen("Client for ", "The operations of ", 1);
    match text.rsplit_once("\n\nVersion: ") {
        Some((text, version)) => {
            format!("{text}\n\nVersion of the document: {}", markdown::phrase(version))
        }
        None => text,
    }
}

/// Imports what the operations use: the types, and names from the runtime.
pub(super) fn import(operations: &mut File) {
    let mut used = Used::default();
    used.visit_file(operations);
    let names = RUNTIME.iter().filter(|name| used.runtime.contains(**name));
    let names = names.map(|name| format_ident!("{name}"));
    operations.items.insert(0, parse_quote!(use crate::runtime::{#(#names),*};));
    if used.types {
        operations.items.insert(
            0,
            parse_quote!(
                use super::types;
            ),
        );
    }
}

/// The names that code uses.
#[derive(Default)]
struct Used {
    runtime: BTreeSet<&'static str>,
    types: bool,
}

impl<'ast> Visit<'ast> for Used {
    fn visit_path(&mut self, path: &'ast Path) {
        // A model can have the same name as an item of the runtime.
        let first = path.segments.first();
        self.runtime.extend(RUNTIME.iter().find(|name| first.is_some_and(|it| it.ident == **name)));
        // A parameter can have the same name as the module.
        self.types |= path.segments.len() > 1 && path.segments[0].ident == "types";
        visit::visit_path(self, path);
    }
}
