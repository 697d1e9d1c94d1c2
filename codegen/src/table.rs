//! Lists the models and operations of a client, so that tests need no hand-written line for each.

use quote::{ToTokens, format_ident};
use syn::{FnArg, GenericArgument, Ident, ImplItem, ImplItemFn, Item, Pat, PathArguments, Type};

use crate::polish::Client;

/// Returns the table of a polished client, with one model or operation per line.
pub(crate) fn of(client: &Client) -> String {
    let models = client.types.items.iter().filter_map(model);
    let models: String = models.map(|model| format!("    {model},\n")).collect();
    let (operations, streams): (Vec<_>, Vec<_>) =
        client.operations.items.iter().flat_map(methods).partition(|it| it.sig.asyncness.is_some());
    let operations: String = operations.into_iter().map(operation).collect();
    let pages: String = streams.into_iter().filter_map(pages).collect();
    format!("models! {{\n{models}}}\n\noperations! {{\n{operations}}}\n\npages! {{\n{pages}}}\n")
}

fn model(item: &Item) -> Option<&Ident> {
    match item {
        Item::Struct(model) => Some(&model.ident),
        Item::Enum(model) => Some(&model.ident),
        _ => None,
    }
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

fn operation(method: &ImplItemFn) -> String {
    let arguments: Vec<String> = method.sig.inputs.iter().filter_map(argument).collect();
    format!("    {}({}),\n", method.sig.ident, arguments.join(", "))
}

/// Returns the line of an operation that has pages, given the method that streams them.
fn pages(method: &ImplItemFn) -> Option<String> {
    let name = method.sig.ident.to_string();
    let operation = format_ident!("{}", name.strip_suffix("_pages")?);
    let items = format_ident!("{operation}_items");
    let arguments: Vec<String> = method.sig.inputs.iter().filter_map(argument).collect();
    Some(format!("    {operation} {} {items}({}),\n", method.sig.ident, arguments.join(", ")))
}

/// Formats a parameter: its name, the type of an owned value, and the expression that passes this value.
fn argument(argument: &FnArg) -> Option<String> {
    let FnArg::Typed(argument) = argument else { return None };
    let Pat::Ident(pattern) = &*argument.pat else { return None };
    let name = &pattern.ident;
    let (owned, value) = match (&*argument.ty, optional_reference(&argument.ty)) {
        (Type::Reference(reference), _) => (owned(&reference.elem), format!("&{name}")),
        (_, Some(borrowed)) if is_str(borrowed) => {
            ("Option<String>".to_owned(), format!("{name}.as_deref()"))
        }
        (_, Some(borrowed)) => (format!("Option<{}>", owned(borrowed)), format!("{name}.as_ref()")),
        // An extensible enum is not `Copy`.
        (ty, None) if is_model(ty) => (owned(ty), format!("{name}.clone()")),
        (ty, None) => (owned(ty), name.to_string()),
    };
    Some(format!("{name}: {owned} => {value}"))
}

/// Returns `T` for `Option<&T>`.
fn optional_reference(ty: &Type) -> Option<&Type> {
    let Type::Path(path) = ty else { return None };
    let PathArguments::AngleBracketed(arguments) = &path.path.segments.last()?.arguments else {
        return None;
    };
    match arguments.args.first()? {
        GenericArgument::Type(Type::Reference(reference)) => Some(&reference.elem),
        _ => None,
    }
}

fn owned(ty: &Type) -> String {
    match is_str(ty) {
        true => "String".to_owned(),
        false => ty.to_token_stream().to_string().replace(' ', ""),
    }
}

/// Returns true if a type is a model, or an `Option` of one.
fn is_model(ty: &Type) -> bool {
    let Type::Path(path) = ty else { return false };
    path.path.segments.iter().any(|segment| match &segment.arguments {
        PathArguments::AngleBracketed(arguments) => arguments.args.iter().any(
            |argument| matches!(argument, GenericArgument::Type(argument) if is_model(argument)),
        ),
        _ => segment.ident == "types",
    })
}

fn is_str(ty: &Type) -> bool {
    matches!(ty, Type::Path(path) if path.path.is_ident("str"))
}
