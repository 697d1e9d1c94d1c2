//! Polishes models, the Rust types of the document's schemas.

use std::collections::BTreeSet;

use syn::{Fields, Ident, Item, ItemImpl, ItemStruct, Type};

use super::{
    attributes, constructors::Constructors, deprecation, docs::Docs, enums, members, reading,
    response_bodies, schemas,
};

/// Polishes the types of a client, given the models that are response bodies or parts of them.
pub(super) fn polish(
    mut items: Vec<Item>,
    bodies: &BTreeSet<Ident>,
    docs: &mut Docs<'_>,
) -> Result<Vec<Item>, String> {
    deprecation::mark_by_type(&mut items, docs);
    let extensible: BTreeSet<Ident> =
        items.iter().filter_map(|item| enums::extensible(item, docs)).collect();
    let wrappers = wrappers(&items, &extensible);
    let constructors = Constructors::new();
    let mut polished = Vec::new();
    for item in items {
        match item {
            Item::Struct(model) => {
                polished.extend(deprecation::allow_own(structure(
                    model,
                    bodies,
                    &constructors,
                    docs,
                )?));
            }
            Item::Enum(model) => {
                polished.extend(deprecation::allow_own(enums::polish(model, bodies, docs)?));
            }
            Item::Impl(block) if is_for(&block, &extensible) => {}
            Item::Impl(block) if is_for(&block, &wrappers) && parses(&block) => {}
            other => polished.push(other),
        }
    }
    drop_unused_error_module(&mut polished);
    polished.extend(schemas::for_utoipa(&polished));
    Ok(polished)
}

/// Returns the models that wrap an extensible enum. Their generated conversions call the conversions of the enum, which
/// `polish` replaces.
fn wrappers(items: &[Item], extensible: &BTreeSet<Ident>) -> BTreeSet<Ident> {
    let wraps = |fields: &Fields| match fields {
        Fields::Unnamed(fields) => fields.unnamed.iter().any(|field| is_of(&field.ty, extensible)),
        _ => false,
    };
    let wrapper = |item: &Item| match item {
        Item::Struct(model) => wraps(&model.fields).then(|| model.ident.clone()),
        Item::Enum(model) => {
            let mut variants = model.variants.iter();
            variants.any(|variant| wraps(&variant.fields)).then(|| model.ident.clone())
        }
        _ => None,
    };
    items.iter().filter_map(wrapper).collect()
}

fn is_for(block: &ItemImpl, types: &BTreeSet<Ident>) -> bool {
    is_of(&block.self_ty, types)
}

fn is_of(ty: &Type, types: &BTreeSet<Ident>) -> bool {
    matches!(ty, Type::Path(path) if path.path.get_ident().is_some_and(|name| types.contains(name)))
}

/// Drops the module with typify's conversion error if no fallible conversion is left.
fn drop_unused_error_module(items: &mut Vec<Item>) {
    let is_used = items.iter().any(|item| matches!(item, Item::Impl(block) if parses(block)));
    items.retain(|item| is_used || !matches!(item, Item::Mod(_)));
}

/// Returns true if a block converts a string into a model, which can fail.
fn parses(block: &ItemImpl) -> bool {
    let Some((path, ..)) = &block.trait_ else { return false };
    path.segments.last().is_some_and(|name| name.ident == "FromStr" || name.ident == "TryFrom")
}

fn structure(
    mut model: ItemStruct,
    bodies: &BTreeSet<Ident>,
    constructors: &Constructors,
    docs: &mut Docs<'_>,
) -> Result<Vec<Item>, String> {
    let (text, annotation) = docs.take(&mut model.attrs);
    let members = members::polish(&model.ident, &mut model.fields, &annotation, docs)?;
    attributes::put(&mut model.attrs, &members);
    docs.put_on_model(&mut model.attrs, (&text, &annotation), &model.ident.to_string());
    let is_sent = annotation.sent && matches!(model.fields, Fields::Named(_));
    let constructors = is_sent.then(|| constructors.of(&model.ident, &members, docs));
    let body = bodies
        .contains(&model.ident)
        .then(|| response_bodies::implement(&model.ident, &members, annotation.open, bodies));
    let blocks = constructors.into_iter().chain(body).map(Item::Impl).collect::<Vec<_>>();
    let reading = reading::of_struct(&mut model, &members);
    Ok([Item::Struct(model)].into_iter().chain(reading).chain(blocks).collect())
}
