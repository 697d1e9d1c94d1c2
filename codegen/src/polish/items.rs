//! Which items stay, and in what order.

use std::collections::BTreeSet;

use quote::format_ident;
use syn::{Attribute, File, Ident, ImplItem, Item, ItemMod, ItemUse, parse_quote, visit::Visit};

use super::docs;
use crate::markdown;

/// What generated code may use of the client's runtime.
const RUNTIME: [&str; 7] =
    ["BaseUrl", "Config", "Error", "OperationInfo", "QueryParam", "ResponseValue", "encode_path"];

/// Whether an item has a use in our client: its constructors, hooks and imports are our own.
pub(super) fn is_wanted(item: &Item) -> bool {
    match item {
        Item::Impl(block) => {
            block.trait_.is_none()
                && !block.items.iter().any(|item| is_function(item, "new_with_client"))
        }
        Item::Mod(module) => module.ident == "types",
        Item::Struct(_) => true,
        _ => false,
    }
}

fn is_function(item: &ImplItem, name: &str) -> bool {
    matches!(item, ImplItem::Fn(function) if function.sig.ident == name)
}

/// Lets `polish` replace the items of a module.
pub(super) fn replace_content(
    module: &mut ItemMod,
    polish: impl FnOnce(Vec<Item>) -> Result<Vec<Item>, String>,
) -> Result<(), String> {
    if let Some((_, items)) = &mut module.content {
        *items = polish(std::mem::take(items))?;
    }
    Ok(())
}

/// Puts the imports first, then the client and its operations, then the types.
pub(super) fn arrange(file: &mut File) {
    for item in &mut file.items {
        if let Item::Struct(client) = item {
            client.fields.iter_mut().for_each(use_runtime);
            say_whose_version(&mut client.attrs);
        }
        let attributes = attributes_mut(item);
        attributes.retain(|attribute| !attribute.path().is_ident("allow"));
        docs::reflow(attributes);
    }
    file.items.sort_by_key(|item| matches!(item, Item::Mod(_)));
    let imports = runtime_imports(file);
    file.items.insert(0, Item::Use(imports));
}

/// The base URL is parsed once, rather than with each request.
fn use_runtime(field: &mut syn::Field) {
    if field.ident.as_ref().is_some_and(|name| name == "baseurl") {
        field.ty = parse_quote!(BaseUrl);
    }
    if field.ty == parse_quote!(crate::runtime::Config) {
        field.ty = parse_quote!(Config);
    }
}

/// The crate has a version of its own.
fn say_whose_version(attributes: &mut Vec<Attribute>) {
    let (text, _) = docs::take(attributes);
    let text = match text.rsplit_once("\n\nVersion: ") {
        Some((text, version)) => {
            format!("{text}\n\nVersion of the document: {}", markdown::phrase(version))
        }
        None => text,
    };
    docs::put(attributes, &text);
}

fn attributes_mut(item: &mut Item) -> &mut Vec<Attribute> {
    match item {
        Item::Impl(block) => &mut block.attrs,
        Item::Mod(module) => &mut module.attrs,
        Item::Struct(structure) => &mut structure.attrs,
        _ => unreachable!("only wanted items are left"),
    }
}

fn runtime_imports(file: &File) -> ItemUse {
    let mut used = Used::default();
    let client = file.items.iter().filter(|item| !matches!(item, Item::Mod(_)));
    client.for_each(|item| used.visit_item(item));
    let names = RUNTIME.iter().filter(|name| used.0.contains(**name));
    let names = names.map(|name| format_ident!("{name}"));
    parse_quote!(use crate::runtime::{#(#names),*};)
}

/// The names of the runtime that code mentions.
#[derive(Default)]
struct Used(BTreeSet<&'static str>);

impl<'ast> Visit<'ast> for Used {
    fn visit_ident(&mut self, ident: &'ast Ident) {
        self.0.extend(RUNTIME.iter().find(|name| ident == *name));
    }
}
