//! Sets the attributes of a model.

use syn::{Attribute, Meta, Path, Token, parse_quote, punctuated::Punctuated};

use super::{members::Member, optional::optional_value};

/// Adds the attributes that every model has to the attributes that typify generates.
///
/// A model whose members are all optional derives `Default`. typify also derives it, but not for a model that keeps
/// undeclared members.
pub(super) fn put(attributes: &mut Vec<Attribute>, members: &[Member]) {
    let mut derived: Vec<Path> = attributes.iter().filter_map(derives).flatten().collect();
    if !members.is_empty() && members.iter().all(|member| member.is_optional) {
        derived.push(parse_quote!(Default));
    }
    attributes.retain(|attribute| !attribute.path().is_ident("derive"));
    let (mut std, serde): (Vec<_>, Vec<_>) =
        derived.into_iter().partition(|path| path.get_ident().is_some());
    std.sort_by_key(|path| path.get_ident().cloned());
    std.dedup();
    let serde = serde.into_iter().map(without_colon);
    let required = required(members).into_iter();
    let added = [
        parse_quote!(#[derive(#(#std,)* #(#serde),*)]),
        parse_quote!(#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema) #(, #required)*)]),
        parse_quote!(#[non_exhaustive]),
    ];
    attributes.splice(0..0, added);
}

fn derives(attribute: &Attribute) -> Option<Punctuated<Path, Token![,]>> {
    attribute
        .path()
        .is_ident("derive")
        .then(|| attribute.parse_args_with(Punctuated::parse_terminated).ok())?
}

fn without_colon(mut path: Path) -> Path {
    path.leading_colon = None;
    path
}

/// Lists the required members for schemars if one of them is an `Option`. Such a member can be null, but schemars would
/// treat it as a member that can be absent.
fn required(members: &[Member]) -> Option<Meta> {
    let required: Vec<&Member> = members.iter().filter(|member| !member.is_optional).collect();
    required.iter().any(|member| optional_value(&member.field.ty).is_some()).then(|| {
        let names = required.iter().map(|member| &member.wire_name);
        parse_quote!(schemars(extend("required" = [#(#names),*])))
    })
}
