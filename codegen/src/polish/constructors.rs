//! Generates constructors for models that requests send.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{Field, Ident, ItemImpl, Type, parse_quote};

use super::{
    deprecation,
    members::{Member, optional_value},
};

/// Generates `new`, which takes the required members, and a `with_…` for each optional member, so that adding an optional
/// member breaks no caller.
pub(super) fn of(model: &Ident, members: &[Member]) -> ItemImpl {
    let required = members.iter().filter(|member| !member.is_optional);
    let arguments = required.map(|Member { field: Field { ty, .. }, name, .. }| quote!(#name: #ty));
    let has_default = members.iter().all(|member| member.is_optional) && !members.is_empty();
    let values = members.iter().map(|Member { name, is_optional, .. }| match is_optional {
        true => quote!(#name: Default::default()),
        false => quote!(#name),
    });
    let value = match has_default {
        true => quote!(Self::default()),
        false => quote!(Self { #(#values),* }),
    };
    let setters = members.iter().filter(|member| member.is_optional).filter_map(setter);
    parse_quote! {
        impl #model {
            /// Creates a value with only the required members.
            pub fn new(#(#arguments),*) -> Self {
                #value
            }
            #(#setters)*
        }
    }
}

/// Returns the tokens of a setter, which are parsed once, with the block around them.
fn setter(Member { field, name, .. }: &Member) -> Option<TokenStream> {
    let value = optional_value(&field.ty)?;
    let (value, is_nullable) = match optional_value(value) {
        Some(value) => (value, true),
        None => (value, false),
    };
    let (argument, given) = match is_string(value) {
        true => (quote!(impl Into<String>), quote!(#name.into())),
        false => (quote!(#value), quote!(#name)),
    };
    let stored = match is_nullable {
        true => quote!(Some(Some(#given))),
        false => quote!(Some(#given)),
    };
    let setter = format_ident!("{}", setter_name(name));
    let doc = format!(" Sets [`{name}`](Self::{name}).");
    let deprecated = deprecation::of(field);
    Some(quote! {
        #[doc = #doc]
        #deprecated
        #[must_use]
        pub fn #setter(mut self, #name: #argument) -> Self {
            self.#name = #stored;
            self
        }
    })
}

/// Returns the name of the method that sets a member.
pub(super) fn setter_name(member: &Ident) -> String {
    let name = member.to_string();
    format!("with_{}", name.trim_end_matches('_').trim_start_matches("r#"))
}

fn is_string(ty: &Type) -> bool {
    let Type::Path(path) = ty else { return false };
    path.path.segments.last().is_some_and(|last| last.ident == "String")
}
