//! A list of what a client has, so that tests need no hand-written line per model or operation.

use quote::ToTokens;
use syn::{File, FnArg, Ident, ImplItem, ImplItemFn, Item, ItemMod, Pat, Type};

/// The table of a polished client: a model or an operation a line.
pub(crate) fn of(client: &File) -> String {
    let models: String = client
        .items
        .iter()
        .filter_map(types)
        .flat_map(models)
        .map(|model| format!("    {model},\n"))
        .collect();
    let operations: String = client.items.iter().flat_map(methods).map(operation).collect();
    format!("models! {{\n{models}}}\n\noperations! {{\n{operations}}}\n")
}

fn operation(method: &ImplItemFn) -> String {
    let arguments: Vec<String> = method.sig.inputs.iter().filter_map(argument).collect();
    format!("    {}({}),\n", method.sig.ident, arguments.join(", "))
}

fn types(item: &Item) -> Option<&ItemMod> {
    match item {
        Item::Mod(module) if module.ident == "types" => Some(module),
        _ => None,
    }
}

fn models(types: &ItemMod) -> impl Iterator<Item = &Ident> {
    types.content.iter().flat_map(|(_, items)| items).filter_map(|item| match item {
        Item::Struct(model) => Some(&model.ident),
        Item::Enum(model) => Some(&model.ident),
        _ => None,
    })
}

fn methods(item: &Item) -> impl Iterator<Item = &ImplItemFn> {
    let items = match item {
        Item::Impl(block) => block.items.as_slice(),
        _ => &[],
    };
    items.iter().filter_map(|item| match item {
        ImplItem::Fn(method) => Some(method),
        _ => None,
    })
}

/// The name of a parameter, and the type of what it borrows.
fn argument(argument: &FnArg) -> Option<String> {
    let FnArg::Typed(argument) = argument else { return None };
    let Pat::Ident(name) = &*argument.pat else { return None };
    let ty = match &*argument.ty {
        Type::Reference(reference) => &reference.elem,
        ty => ty,
    };
    let ty = ty.to_token_stream().to_string().replace(' ', "");
    Some(format!("{}: {ty}", name.ident))
}
