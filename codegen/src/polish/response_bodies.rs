//! Implements the trait of response bodies, which distinguishes them from other JSON objects.

use std::collections::BTreeSet;

use quote::quote;
use syn::{
    GenericArgument, Ident, ImplItem, ItemImpl, PathArguments, PathSegment, Type, parse_quote,
    visit::{self, Visit},
};

use super::members::{Member, optional_value};

/// Implements `ResponseBody` for a model.
///
/// If every member is optional, any object could be read as the model. An object that has members but no declared one
/// is something else, unless the model is open, which means that the document allows undeclared members.
pub(super) fn implement(model: &Ident, members: &[Member], is_open: bool) -> ItemImpl {
    let (extra, declared): (Vec<_>, Vec<_>) = members.iter().partition(|member| member.is_extra);
    let is_distinguishable = !is_open
        && extra.len() == 1
        && !declared.is_empty()
        && declared
            .iter()
            .all(|member| member.is_optional && optional_value(&member.field.ty).is_some());
    let method = is_distinguishable.then(|| {
        let extra = extra.iter().map(|member| &member.name);
        let declared = declared.iter().map(|member| &member.name);
        quote! {
            fn undeclared(&self) -> usize {
                if #(self.#declared.is_none())&&* { #(self.#extra.len())* } else { 0 }
            }
        }
    });
    parse_quote!(impl crate::model::ResponseBody for #model { #method })
}

/// Returns the models that are the whole body of a response.
pub(super) fn named(methods: &[ImplItem]) -> BTreeSet<Ident> {
    let mut bodies = Bodies::default();
    methods.iter().for_each(|method| bodies.visit_impl_item(method));
    bodies.0
}

#[derive(Default)]
struct Bodies(BTreeSet<Ident>);

impl<'ast> Visit<'ast> for Bodies {
    fn visit_path_segment(&mut self, segment: &'ast PathSegment) {
        if segment.ident == "ResponseValue"
            && let PathArguments::AngleBracketed(arguments) = &segment.arguments
            && let Some(GenericArgument::Type(Type::Path(body))) = arguments.args.first()
        {
            self.0.extend(body.path.segments.last().map(|segment| segment.ident.clone()));
        }
        visit::visit_path_segment(self, segment);
    }
}
