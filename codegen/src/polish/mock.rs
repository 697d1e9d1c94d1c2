//! Generates the mock: its table of operations, the typed expectations of its server, and constructors of models.

mod constructors;
mod literals;
mod patterns;
mod wrappers;

use proc_macro2::TokenStream;
use quote::quote;
use syn::{
    File, Ident, ImplItem, ImplItemFn, Item, ItemImpl, ItemTrait, TraitItem, TypePath, parse_quote,
    visit::{self, Visit},
};

use super::{docs::Docs, paths};
use crate::examples::{Examples, Operation};

/// The files of a mock.
pub(crate) struct Mock {
    /// The table of operations with their examples. It depends on nothing else that is generated.
    pub(crate) examples: File,
    /// The expectations of the server, which look up examples in the table, and the constructors of models.
    pub(crate) expectations: File,
}

/// Polishes progenitor's extension of httpmock, and adds the table of operations and the constructors of the
/// client's types.
pub(crate) fn polish(
    mut file: File,
    examples: &Examples,
    types: &File,
    docs: &mut Docs<'_>,
) -> Mock {
    let mut expectations = Vec::new();
    let mut generated = Vec::new();
    for item in file.items.drain(..) {
        match item {
            Item::Trait(extension) => expectations = self::expectations(&extension),
            Item::Mod(module) => generated = module.content.unwrap_or_default().1,
            _ => {}
        }
    }
    let mut server: ItemImpl = parse_quote!(
        impl MockServer {}
    );
    let methods = expectations.iter().map(|it| ImplItem::Fn(method(it, docs)));
    server.items.extend(methods);
    file.items = vec![
        parse_quote!(
            use super::MockServer;
        ),
        Item::Impl(server),
    ];
    file.items.extend(wrappers::polish(generated, &expectations, docs));
    paths::shorten(&mut file);
    file.items.push(constructors::of(types, docs));
    Mock { examples: super::file(table(&expectations, examples)), expectations: file }
}

/// The generated names that belong to an operation.
struct Expectation {
    operation: Ident,
    /// The type that describes expected requests.
    when: Ident,
    /// The type that describes responses.
    then: Ident,
}

fn expectations(extension: &ItemTrait) -> Vec<Expectation> {
    extension
        .items
        .iter()
        .filter_map(|item| match item {
            TraitItem::Fn(function) => {
                let mut wrappers = Wrappers::default();
                wrappers.visit_signature(&function.sig);
                let [when, then] = <[Ident; 2]>::try_from(wrappers.0).ok()?;
                Some(Expectation { operation: function.sig.ident.clone(), when, then })
            }
            _ => None,
        })
        .collect()
}

/// Collects the types of the module `operations` in a signature.
#[derive(Default)]
struct Wrappers(Vec<Ident>);

impl Visit<'_> for Wrappers {
    fn visit_type_path(&mut self, ty: &TypePath) {
        let segments = &ty.path.segments;
        if segments.len() == 2 && segments[0].ident == "operations" {
            self.0.push(segments[1].ident.clone());
        }
        visit::visit_type_path(self, ty);
    }
}

fn table(expectations: &[Expectation], examples: &Examples) -> Vec<Item> {
    let Examples { operations, shared } = examples;
    let operations = expectations.iter().zip(operations).map(entry);
    let head = [
        parse_quote!(
            #[allow(unused_imports, reason = "a document can have no writes")]
            use super::{Example, Operation, Response, Shown, Write};
        ),
        parse_quote! {
            /// Every operation, with the document's examples of its responses.
            pub const OPERATIONS: &[Operation] = &[#(#operations),*];
        },
    ];
    let shared = shared
        .iter()
        .map(|(name, examples)| parse_quote!(const #name: &[Example] = &[#(#examples),*];));
    head.into_iter().chain(shared).collect()
}

fn entry((expectation, operation): (&Expectation, &Operation)) -> TokenStream {
    let id = expectation.operation.to_string();
    let Operation { method, path, responses, write, is_paged, .. } = operation;
    let write = match write {
        Some(write) => quote!(Some(#write)),
        None => quote!(None),
    };
    quote! {
        Operation {
            id: #id,
            method: #method,
            path: #path,
            responses: &[#(#responses),*],
            write: #write,
            is_paged: #is_paged,
        }
    }
}

fn method(expectation: &Expectation, docs: &mut Docs<'_>) -> ImplItemFn {
    let Expectation { operation, when, then } = expectation;
    let mut method: ImplItemFn = parse_quote! {
        pub fn #operation(&self, expect: impl FnOnce(#when, #then)) -> httpmock::Mock<'_> {
            self.mock(|when, then| expect(#when::new(when), #then::new(then)))
        }
    };
    let text = format!(
        "Expects calls of [`Client::{operation}`](crate::Client::{operation}), and responds to them."
    );
    docs.put(&mut method.attrs, &text);
    method
}
