//! Adds methods that return streams of the pages and items of a collection.

use std::collections::BTreeSet;

use quote::{format_ident, quote};
use syn::{
    Arm, Expr, File, FnArg, GenericArgument, Ident, ImplItem, ImplItemFn, Item, ItemStruct, Pat,
    PathArguments, ReturnType, Signature, Stmt, Type, parse_quote,
    visit_mut::{self, VisitMut},
};

use super::{
    confirmation,
    doc_examples::{self, Stream},
    docs::Docs,
    members::{self, Member},
    optional::optional_value,
};
use crate::examples::{Examples, Operation};

/// For each operation whose response can be a page, adds two methods after its own, and a trait implementation that
/// lets the runtime find the next page.
pub(super) fn add(
    operations: &mut File,
    types: &mut File,
    examples: &Examples,
    docs: &mut Docs<'_>,
) {
    let mut collections = BTreeSet::new();
    for item in &mut operations.items {
        let Item::Impl(block) = item else { continue };
        let mut known = examples.operations.iter();
        for mut item in std::mem::take(&mut block.items) {
            let streams = match (&mut item, known.next()) {
                (ImplItem::Fn(method), Some(operation)) if operation.is_paged => {
                    streams(method, operation, types, docs)
                }
                _ => None,
            };
            block.items.push(item);
            if let Some((collection, streams)) = streams {
                collections.insert(collection.model.clone());
                block.items.extend(streams.into_iter().map(ImplItem::Fn));
            }
        }
    }
    let models = std::mem::take(&mut types.items);
    types.items = models.into_iter().flat_map(|item| with_collection(item, &collections)).collect();
}

/// Returns an item, followed by the implementation of the runtime's trait if it is the model of a page.
fn with_collection(item: Item, collections: &BTreeSet<Ident>) -> Vec<Item> {
    let collection = match &item {
        Item::Struct(model) if collections.contains(&model.ident) => Collection::of(model),
        _ => None,
    };
    let implementation = collection.map(|collection| collection.implementation());
    [item].into_iter().chain(implementation).collect()
}

/// Returns the methods for the items and the pages of an operation, and mentions them in the operation's documentation.
fn streams(
    method: &mut ImplItemFn,
    operation: &Operation,
    types: &File,
    docs: &mut Docs<'_>,
) -> Option<(Collection, [ImplItemFn; 2])> {
    let collection = collection(&confirmation::response(&method.sig.output)?, types)?;
    let mut pages = pages(method, &collection.model)?;
    let mut items = items(method, &collection.item_type(types));
    let name = method.sig.ident.to_string();
    for (stream, item) in [(&mut pages, "page"), (&mut items, "item")] {
        let text = documentation(stream, method, operation, types, item);
        docs.put(&mut stream.attrs, &text);
    }
    let others = format!(
        "# Pages\n\nReturns one page. [`{name}_items`](Self::{name}_items) streams the items of all pages, and \
         [`{name}_pages`](Self::{name}_pages) streams the pages themselves."
    );
    docs.insert_before(&method.attrs, "# Examples", &others);
    Some((collection, [items, pages]))
}

fn collection(model: &Ident, types: &File) -> Option<Collection> {
    types.items.iter().find_map(|item| match item {
        Item::Struct(item) if item.ident == *model => Collection::of(item),
        _ => None,
    })
}

/// Returns the method that streams the pages. It makes the request in the same way as the operation.
fn pages(method: &ImplItemFn, model: &Ident) -> Option<ImplItemFn> {
    let statements = &method.block.stmts;
    let sends = statements.iter().position(|statement| exec(statement).is_some())?;
    let (before, after) = statements.split_at(sends);
    let [request, info] = exec(&statements[sends])?;
    let declared = after.iter().find_map(declared)?;
    let mut pages = stream(method, "pages", &parse_quote!(Pages<types::#model>));
    pages.block = parse_quote!({
        #(#before)*
        Pages::new(self, #info, #request, |status| matches!(status, #(#declared)|*))
    });
    Some(pages)
}

/// Returns the method that streams the items.
fn items(method: &ImplItemFn, item: &Type) -> ImplItemFn {
    let mut items = stream(method, "items", &parse_quote!(Items<#item>));
    let pages = format_ident!("{}_pages", method.sig.ident);
    let arguments = method.sig.inputs.iter().filter_map(|argument| match argument {
        FnArg::Typed(argument) => Some(&argument.pat),
        FnArg::Receiver(_) => None,
    });
    items.block = parse_quote!({ self.#pages(#(#arguments),*).items() });
    if !items.attrs.is_empty() {
        items.attrs.push(parse_quote!(#[allow(deprecated)]));
    }
    items
}

/// Returns a method with the arguments of an operation, without documentation.
fn stream(method: &ImplItemFn, suffix: &str, output: &Type) -> ImplItemFn {
    let ident = format_ident!("{}_{suffix}", method.sig.ident);
    let output: ReturnType = parse_quote!(-> #output);
    let sig = Signature { asyncness: None, ident, output, ..method.sig.clone() };
    let attrs = method.attrs.iter().filter(|it| it.path().is_ident("deprecated")).cloned();
    ImplItemFn { attrs: attrs.collect(), sig, ..method.clone() }
}

fn documentation(
    stream: &ImplItemFn,
    method: &ImplItemFn,
    operation: &Operation,
    types: &File,
    item: &str,
) -> String {
    let (name, own) = (&method.sig.ident, stream.sig.ident.to_string());
    let (plural, kind) = match item {
        "page" => ("pages", "Pages"),
        _ => ("items", "Items"),
    };
    let names = Stream { method: &own, stream: plural, item };
    let example = doc_examples::of_stream(method, operation, types, names);
    let subject = if item == "page" { "all pages" } else { "the items of all pages" };
    format!(
        "Streams {subject} of [`{name}`](Self::{name}). See [`{kind}`](crate::{kind}).\n\n\
         # Examples\n\n{example}"
    )
}

/// Returns the arguments `request` and `&info` of `let response = self.exec(&request, &info).await?`.
fn exec(statement: &Stmt) -> Option<[Expr; 2]> {
    let Stmt::Local(local) = statement else { return None };
    let Expr::Try(fallible) = &*local.init.as_ref()?.expr else { return None };
    let Expr::Await(sent) = &*fallible.expr else { return None };
    let Expr::MethodCall(call) = &*sent.base else { return None };
    let (Expr::Reference(request), info) = (call.args.first()?, call.args.get(1)?) else {
        return None;
    };
    (call.method == "exec").then(|| [(*request.expr).clone(), info.clone()])
}

/// Returns the statuses that the document declares as success, from the `match` on the status of the response.
fn declared(statement: &Stmt) -> Option<Vec<&Pat>> {
    let Stmt::Expr(Expr::Match(cases), _) = statement else { return None };
    let pattern = |arm: &&Arm| !matches!(arm.pat, Pat::Wild(_));
    Some(cases.arms.iter().filter(pattern).map(|arm| &arm.pat).collect())
}

/// A model with `items` and `links`.
struct Collection {
    model: Ident,
    items: Member,
    links: Member,
    /// The type of an item, and the number of `Option`s around the list.
    item: Type,
    options: usize,
}

impl Collection {
    fn of(model: &ItemStruct) -> Option<Self> {
        let member = |name: &str| {
            let mut members = model.fields.iter().filter_map(members::of_polished);
            members.find(|member| member.wire_name == name)
        };
        let (items, links) = (member("items")?, member("links")?);
        let (mut list, mut options) = (&items.field.ty, 0);
        while let Some(value) = optional_value(list) {
            (list, options) = (value, options + 1);
        }
        let item = item(list)?.clone();
        Some(Self { model: model.ident.clone(), items, links, item, options })
    }

    fn implementation(&self) -> Item {
        let Self { model, item, options, .. } = self;
        let (items, links) = (&self.items.name, &self.links.name);
        let flatten = (1..*options).map(|_| quote!(.flatten()));
        let or_none = (*options > 0).then(|| quote!(.unwrap_or_default()));
        parse_quote! {
            impl crate::model::Collection for #model {
                type Item = #item;
                fn into_items(self) -> ::std::vec::Vec<Self::Item> {
                    self.#items #(#flatten)* #or_none
                }
                fn links(&self) -> &impl serde::Serialize {
                    &self.#links
                }
            }
        }
    }

    /// Returns the type of an item, as the operations refer to it.
    fn item_type(&self, types: &File) -> Type {
        let mut item = self.item.clone();
        Qualify(types.items.iter().filter_map(model).collect()).visit_type_mut(&mut item);
        item
    }
}

fn model(item: &Item) -> Option<&Ident> {
    match item {
        Item::Struct(item) => Some(&item.ident),
        Item::Enum(item) => Some(&item.ident),
        _ => None,
    }
}

/// Returns `T` for `Vec<T>`.
fn item(list: &Type) -> Option<&Type> {
    let Type::Path(path) = list else { return None };
    let last = path.path.segments.last().filter(|segment| segment.ident == "Vec")?;
    let PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
    match arguments.args.first()? {
        GenericArgument::Type(item) => Some(item),
        _ => None,
    }
}

/// Adds the module `types` to the names of models.
struct Qualify<'a>(BTreeSet<&'a Ident>);

impl VisitMut for Qualify<'_> {
    fn visit_path_mut(&mut self, path: &mut syn::Path) {
        if path.get_ident().is_some_and(|name| self.0.contains(name)) {
            path.segments.insert(0, parse_quote!(types));
        }
        visit_mut::visit_path_mut(self, path);
    }
}
