//! Generates constructors for models that requests send.

use quote::{format_ident, quote};
use syn::{Expr, Field, Ident, ImplItemFn, ItemImpl, Type, parse_quote};

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

fn setter(Member { field, name, .. }: &Member) -> Option<ImplItemFn> {
    let value = optional_value(&field.ty)?;
    let (value, is_nullable) = match optional_value(value) {
        Some(value) => (value, true),
        None => (value, false),
    };
    let (argument, given): (Type, Expr) = match is_string(value) {
        true => (parse_quote!(impl Into<String>), parse_quote!(#name.into())),
        false => (value.clone(), parse_quote!(#name)),
    };
    let stored: Expr = match is_nullable {
        true => parse_quote!(Some(Some(#given))),
        false => parse_quote!(Some(#given)),
    };
    let setter = format_ident!("{}", setter_name(name));
    let doc = format!(" Sets [`{name}`](Self::{name}).");
    let deprecated = deprecation::of(field);
    Some(parse_quote! {
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
    let string: Type = parse_quote!(::std::string::String);
    *ty == string || *ty == parse_quote!(String)
}
