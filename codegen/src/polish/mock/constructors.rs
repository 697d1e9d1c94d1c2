//! Generates constructors for the models that only responses contain, for use in tests of programs.

use std::collections::BTreeSet;

use syn::{Fields, File, Ident, ImplItem, Item, ItemMod, ItemStruct, Type, parse_quote};

use crate::polish::{constructors::Constructors, deprecation, docs::Docs, members};

/// Returns a module with a constructor for each model that has none.
pub(super) fn of(types: &File, docs: &mut Docs<'_>) -> Item {
    let constructors = Constructors::new();
    let made = made(&types.items);
    let models: Vec<Item> = types
        .items
        .iter()
        .filter_map(|item| match item {
            Item::Struct(model) if !made.contains(&model.ident) => {
                constructor(model, &constructors, docs)
            }
            _ => None,
        })
        .collect();
    let mut module: ItemMod = parse_quote! {
        mod models {
            #[allow(unused_imports, reason = "requests may contain all models")]
            use crate::types::*;
        }
    };
    module.content.as_mut().expect("the module is inline").1.extend(models);
    Item::Mod(module)
}

/// Returns the models that have a constructor.
fn made(items: &[Item]) -> BTreeSet<Ident> {
    let has_new = |item: &ImplItem| matches!(item, ImplItem::Fn(it) if it.sig.ident == "new");
    let model = |item: &Item| match item {
        Item::Impl(block) if block.items.iter().any(has_new) => match &*block.self_ty {
            Type::Path(path) => path.path.get_ident().cloned(),
            _ => None,
        },
        _ => None,
    };
    items.iter().filter_map(model).collect()
}

fn constructor(
    model: &ItemStruct,
    constructors: &Constructors,
    docs: &mut Docs<'_>,
) -> Option<Item> {
    let Fields::Named(fields) = &model.fields else { return None };
    let members: Vec<_> = fields.named.iter().filter_map(members::of_polished).collect();
    let mut block = constructors.of(&model.ident, &members, docs);
    if deprecation::has_deprecated_members(&model.fields) {
        block.attrs.push(parse_quote!(#[allow(deprecated)]));
    }
    Some(Item::Impl(block))
}
