//! Telling an answer from what is none.

use quote::quote;
use syn::{Ident, ItemImpl, parse_quote};

use super::members::{Member, optional_value};

/// Where every member is optional, any object would do for an answer. One that has members, but none of
/// those that the document declares, is something else.
pub(super) fn of(model: &Ident, members: &[Member]) -> ItemImpl {
    let (extra, declared): (Vec<_>, Vec<_>) = members.iter().partition(|member| member.is_extra);
    let is_told_apart = extra.len() == 1
        && declared
            .iter()
            .all(|member| member.is_optional && optional_value(&member.field.ty).is_some());
    let method = is_told_apart.then(|| {
        let extra = extra.iter().map(|member| &member.name);
        let declared = declared.iter().map(|member| &member.name);
        quote! {
            fn is_foreign(&self) -> bool {
                #(!self.#extra.is_empty())* #(&& self.#declared.is_none())*
            }
        }
    });
    parse_quote!(impl crate::runtime::Answer for #model { #method })
}
