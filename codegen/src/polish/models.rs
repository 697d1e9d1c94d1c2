//! Models: the Rust types of the document's schemas.

use std::collections::BTreeSet;

use syn::{Fields, Ident, Item, ItemImpl, ItemStruct, Type};

use super::{answers, attributes, constructors, docs, enums, members};
use crate::Problem;

/// Polishes the types of a client.
pub(super) fn polish(items: Vec<Item>) -> Result<Vec<Item>, Vec<Problem>> {
    let extensible: BTreeSet<Ident> = items.iter().filter_map(enums::extensible).collect();
    let mut polished = Vec::new();
    let mut problems = Vec::new();
    for item in items {
        match item {
            Item::Struct(model) => match structure(model) {
                Ok(items) => polished.extend(items),
                Err(problem) => problems.push(problem),
            },
            Item::Enum(model) => match enums::polish(model) {
                Ok(items) => polished.extend(items),
                Err(problem) => problems.push(problem),
            },
            Item::Impl(block) if is_for(&block, &extensible) => {}
            other => polished.push(other),
        }
    }
    drop_unused_error_module(&mut polished);
    if problems.is_empty() { Ok(polished) } else { Err(problems) }
}

fn is_for(block: &ItemImpl, types: &BTreeSet<Ident>) -> bool {
    matches!(&*block.self_ty, Type::Path(path) if path.path.get_ident().is_some_and(|name| types.contains(name)))
}

/// The generator's conversion error, when nothing converts.
fn drop_unused_error_module(items: &mut Vec<Item>) {
    let is_used = items.iter().any(converts);
    items.retain(|item| is_used || !matches!(item, Item::Mod(_)));
}

fn converts(item: &Item) -> bool {
    let Item::Impl(ItemImpl { trait_: Some((path, ..)), .. }) = item else { return false };
    path.segments.last().is_some_and(|name| name.ident == "FromStr" || name.ident == "TryFrom")
}

fn structure(mut model: ItemStruct) -> Result<Vec<Item>, Problem> {
    let (text, annotation) = docs::take(&mut model.attrs);
    let members = members::polish(&model.ident, &mut model.fields, &annotation)?;
    attributes::put(&mut model.attrs, &members);
    docs::put_or_name(&mut model.attrs, &text, &model.ident.to_string());
    let is_sent = annotation.sent && matches!(model.fields, Fields::Named(_));
    let constructors = is_sent.then(|| constructors::of(&model.ident, &members));
    let answer = annotation.answer.then(|| answers::of(&model.ident, &members));
    let blocks = constructors.into_iter().chain(answer).map(Item::Impl).collect::<Vec<_>>();
    Ok([Item::Struct(model)].into_iter().chain(blocks).collect())
}
