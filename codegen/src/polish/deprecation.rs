//! Marks deprecated members and operations, and allows generated code to use the members.

use std::collections::BTreeMap;

use syn::{Attribute, Field, Fields, Ident, Item, Type, parse_quote};

use super::{docs::Docs, optional::optional_value};
use crate::annotation::Annotation;

/// Adds `#[deprecated]` to the attributes of a deprecated member or operation.
pub(super) fn mark(attributes: &mut Vec<Attribute>, annotation: &Annotation) {
    let reason = annotation.deprecated.as_ref();
    attributes.extend(reason.map(|reason| parse_quote!(#[deprecated(note = #reason)])));
}

/// Marks deprecated members with inline types. typify moves the annotation of such a member to its type.
pub(super) fn mark_by_type(models: &mut [Item], docs: &Docs<'_>) {
    let annotations: BTreeMap<Ident, Annotation> =
        models.iter().filter_map(|model| deprecated(model, docs)).collect();
    if annotations.is_empty() {
        return;
    }
    for field in models.iter_mut().flat_map(fields_mut).flatten() {
        let value = optional_value(&field.ty).unwrap_or(&field.ty);
        if let Type::Path(path) = value
            && let Some(annotation) = path.path.get_ident().and_then(|name| annotations.get(name))
        {
            mark(&mut field.attrs, annotation);
        }
    }
}

/// Returns the name and annotation of a type whose member is deprecated.
fn deprecated(item: &Item, docs: &Docs<'_>) -> Option<(Ident, Annotation)> {
    let (name, attributes) = match item {
        Item::Struct(model) => (&model.ident, &model.attrs),
        Item::Enum(model) => (&model.ident, &model.attrs),
        _ => return None,
    };
    let (_, annotation) = docs.read(attributes);
    annotation.deprecated.is_some().then(|| (name.clone(), annotation))
}

fn fields_mut(item: &mut Item) -> Vec<&mut Fields> {
    match item {
        Item::Struct(model) => vec![&mut model.fields],
        Item::Enum(model) => model.variants.iter_mut().map(|it| &mut it.fields).collect(),
        _ => Vec::new(),
    }
}

/// Returns the `#[deprecated]` attribute of a member, which its setter also gets.
pub(super) fn of(field: &Field) -> Option<&Attribute> {
    field.attrs.iter().find(|attribute| attribute.path().is_ident("deprecated"))
}

/// Allows the type of a model and its implementations to use its deprecated members.
///
/// The code that serde derives also uses the members without a warning only if the type has this attribute.
pub(super) fn allow_own(mut model: Vec<Item>) -> Vec<Item> {
    if model.iter().any(is_affected) {
        model.iter_mut().filter_map(attributes).for_each(|attributes| {
            attributes.push(parse_quote!(#[allow(deprecated)]));
        });
    }
    model
}

fn is_affected(item: &Item) -> bool {
    match item {
        Item::Struct(model) => has_deprecated_members(&model.fields),
        Item::Enum(model) => model.variants.iter().any(|it| has_deprecated_members(&it.fields)),
        _ => false,
    }
}

pub(super) fn has_deprecated_members(fields: &Fields) -> bool {
    fields.iter().any(|field| of(field).is_some())
}

fn attributes(item: &mut Item) -> Option<&mut Vec<Attribute>> {
    match item {
        Item::Struct(model) => Some(&mut model.attrs),
        Item::Enum(model) => Some(&mut model.attrs),
        Item::Impl(block) => Some(&mut block.attrs),
        _ => None,
    }
}
