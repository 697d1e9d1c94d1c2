//! Generates constructors for models that requests send.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{
    Field, Ident, ImplItem, ImplItemFn, ItemImpl, Type, parse_quote,
    visit_mut::{self, VisitMut},
};

use super::{deprecation, docs::Docs, members::Member, optional::optional_value};

/// The templates of setters. Copying a template is faster than parsing each setter.
pub(super) struct Constructors {
    /// The setters for values of any type, and for strings: each for members that cannot be null, and for members that
    /// can.
    setters: [[ImplItemFn; 2]; 2],
}

impl Constructors {
    pub(super) fn new() -> Self {
        let any = (quote!(Value), quote!(member));
        let text = (quote!(impl Into<String>), quote!(member.into()));
        let setters = [any, text].map(|(argument, value)| {
            [quote!(Some(#value)), quote!(Some(Some(#value)))]
                .map(|stored| form(&argument, &stored))
        });
        Self { setters }
    }

    /// Generates `new`, which takes the required members, and a `with_…` method for each optional member, so that a new
    /// optional member breaks no caller.
    pub(super) fn of(&self, model: &Ident, members: &[Member], docs: &mut Docs<'_>) -> ItemImpl {
        let (optional, required): (Vec<_>, Vec<_>) =
            members.iter().partition(|member| member.is_optional);
        let arguments =
            required.iter().map(|Member { field: Field { ty, .. }, name, .. }| quote!(#name: #ty));
        let values = members.iter().map(|Member { name, is_optional, .. }| match is_optional {
            true => quote!(#name: Default::default()),
            false => quote!(#name),
        });
        let value = match required.is_empty() && !members.is_empty() {
            true => quote!(Self::default()),
            false => quote!(Self { #(#values),* }),
        };
        let mut block: ItemImpl = parse_quote! {
            impl #model {
                /// Creates a value with only the required members.
                pub fn new(#(#arguments),*) -> Self {
                    #value
                }
            }
        };
        let setters = optional.into_iter().filter_map(|member| self.setter(member, docs));
        block.items.extend(setters.map(ImplItem::Fn));
        block
    }

    fn setter(
        &self,
        Member { field, name, .. }: &Member,
        docs: &mut Docs<'_>,
    ) -> Option<ImplItemFn> {
        let value = optional_value(&field.ty)?;
        let (value, is_nullable) = match optional_value(value) {
            Some(value) => (value, true),
            None => (value, false),
        };
        let mut setter =
            self.setters[usize::from(is_string(value))][usize::from(is_nullable)].clone();
        let method = format_ident!("{}", setter_name(name));
        Names { member: name, method: &method, value }.visit_impl_item_fn_mut(&mut setter);
        setter.attrs.splice(0..0, deprecation::of(field).cloned());
        docs.put(&mut setter.attrs, &format!("Sets [`{name}`](Self::{name})."));
        Some(setter)
    }
}

/// Returns the template of a setter, in which some names have to be replaced.
fn form(argument: &TokenStream, stored: &TokenStream) -> ImplItemFn {
    parse_quote! {
        #[must_use]
        pub fn with_member(mut self, member: #argument) -> Self {
            self.member = #stored;
            self
        }
    }
}

/// The replacements for the names in the template of a setter.
struct Names<'a> {
    /// Replaces `member`.
    member: &'a Ident,
    /// Replaces `with_member`.
    method: &'a Ident,
    /// Replaces `Value`.
    value: &'a Type,
}

impl VisitMut for Names<'_> {
    fn visit_ident_mut(&mut self, ident: &mut Ident) {
        if ident == "member" {
            *ident = self.member.clone();
        } else if ident == "with_member" {
            *ident = self.method.clone();
        }
    }

    fn visit_type_mut(&mut self, ty: &mut Type) {
        match ty {
            Type::Path(path) if path.path.is_ident("Value") => *ty = self.value.clone(),
            _ => visit_mut::visit_type_mut(self, ty),
        }
    }
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
