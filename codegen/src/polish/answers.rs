//! Telling an answer from what is none.

use std::collections::BTreeSet;

use quote::quote;
use syn::{
    GenericArgument, Ident, ImplItem, ItemImpl, PathArguments, PathSegment, Type, parse_quote,
    visit::{self, Visit},
};

use super::members::{Member, optional_value};

/// Where every member is optional, any object would do for an answer. One that has members, but none of
/// those that the document declares, is something else, unless the model is open: the document allows others.
pub(super) fn of(model: &Ident, members: &[Member], is_open: bool) -> ItemImpl {
    let (extra, declared): (Vec<_>, Vec<_>) = members.iter().partition(|member| member.is_extra);
    let is_told_apart = !is_open
        && extra.len() == 1
        && !declared.is_empty()
        && declared
            .iter()
            .all(|member| member.is_optional && optional_value(&member.field.ty).is_some());
    let method = is_told_apart.then(|| {
        let extra = extra.iter().map(|member| &member.name);
        let declared = declared.iter().map(|member| &member.name);
        quote! {
            fn undeclared(&self) -> usize {
                if #(self.#declared.is_none())&&* { #(self.#extra.len())* } else { 0 }
            }
        }
    });
    parse_quote!(impl crate::model::Answer for #model { #method })
}

/// Returns the models that are the whole of a response.
pub(super) fn named(methods: &[ImplItem]) -> BTreeSet<Ident> {
    let mut answers = Answers::default();
    methods.iter().for_each(|method| answers.visit_impl_item(method));
    answers.0
}

#[derive(Default)]
struct Answers(BTreeSet<Ident>);

impl<'ast> Visit<'ast> for Answers {
    fn visit_path_segment(&mut self, segment: &'ast PathSegment) {
        if segment.ident == "ResponseValue"
            && let PathArguments::AngleBracketed(arguments) = &segment.arguments
            && let Some(GenericArgument::Type(Type::Path(answer))) = arguments.args.first()
        {
            self.0.extend(answer.path.segments.last().map(|segment| segment.ident.clone()));
        }
        visit::visit_path_segment(self, segment);
    }
}
