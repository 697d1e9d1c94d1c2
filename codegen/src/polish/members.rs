//! Polishes members, which are the fields of models, and sorts them in document order.

use std::collections::BTreeSet;

use quote::quote;
use syn::{Field, Fields, Ident, Type, parse::Parser as _, parse_quote};

use super::{deprecation, docs::Docs, serde_attributes::SerdeAttribute};
use crate::annotation::Annotation;

/// A field of a model, with the details that other parts of the model depend on.
pub(super) struct Member {
    pub(super) field: Field,
    pub(super) name: Ident,
    pub(super) wire_name: String,
    pub(super) is_optional: bool,
    /// True if the field contains the members that the document does not declare.
    pub(super) is_extra: bool,
    position: usize,
}

/// Polishes the named fields of a model.
///
/// A model keeps undeclared members if it is part of a response, or if the document allows them.
pub(super) fn polish(
    model: &Ident,
    fields: &mut Fields,
    annotation: &Annotation,
    docs: &mut Docs<'_>,
) -> Result<Vec<Member>, String> {
    let Fields::Named(fields) = fields else { return Ok(Vec::new()) };
    let fields_of_typify = std::mem::take(&mut fields.named).into_iter();
    let mut members: Vec<Member> =
        fields_of_typify.filter_map(|field| member(field, docs)).collect();
    if (annotation.received || annotation.open) && !members.iter().any(|member| member.is_extra) {
        let extra = quote! {
            #[serde(flatten)]
            pub extra: crate::Extra
        };
        members.extend(Field::parse_named.parse2(extra).ok().and_then(|it| member(it, docs)));
    }
    reject_duplicates(model, &members)?;
    members.sort_by_key(|member| member.position);
    fields.named = members.iter().map(|member| member.field.clone()).collect();
    Ok(members)
}

/// Returns the member for a field that has already been polished.
pub(super) fn of_polished(field: &Field) -> Option<Member> {
    let name = field.ident.clone()?;
    let serde = SerdeAttribute::of(&field.attrs);
    let (is_optional, is_extra) = (serde.is_optional(), serde.has("flatten"));
    let wire_name = serde.rename().unwrap_or_else(|| name.to_string());
    Some(Member { field: field.clone(), name, wire_name, is_optional, is_extra, position: 0 })
}

fn member(mut field: Field, docs: &mut Docs<'_>) -> Option<Member> {
    let name = field.ident.clone()?;
    let (mut text, annotation) = docs.take(&mut field.attrs);
    let mut serde = SerdeAttribute::take(&mut field.attrs);
    serde.keep_name(&name);
    let is_extra = serde.has("flatten");
    if is_extra {
        text = "Members that the document does not declare, as received.".to_owned();
    }
    if annotation.optional_collection {
        keep_null_apart(&mut field.ty, &mut serde);
        text.push_str("\n\n`None` if absent, `Some(None)` if null.");
    }
    let is_optional = serde.is_optional();
    let wire_name = serde.rename().unwrap_or_else(|| name.to_string());
    deprecation::mark(&mut field.attrs, &annotation);
    serde.put(&mut field.attrs);
    docs.put_or_name(&mut field.attrs, &text, &wire_name);
    Some(Member { field, name, wire_name, is_optional, is_extra, position: position(&annotation) })
}

/// Returns the position in the document. Members that typify adds come last.
fn position(annotation: &Annotation) -> usize {
    annotation.position.unwrap_or(usize::MAX)
}

fn keep_null_apart(ty: &mut Type, serde: &mut SerdeAttribute) {
    *ty = parse_quote!(Option<#ty>);
    serde.remove("skip_serializing_if");
    serde.push(parse_quote!(default));
    serde.push(parse_quote!(deserialize_with = "crate::model::present"));
    serde.push(parse_quote!(skip_serializing_if = "Option::is_none"));
}

fn reject_duplicates(model: &Ident, members: &[Member]) -> Result<(), String> {
    let mut names = BTreeSet::new();
    match members.iter().find(|member| !names.insert(&member.name)) {
        None => Ok(()),
        Some(member) => {
            Err(format!("two properties of `{model}` become the member `{}`", member.name))
        }
    }
}
