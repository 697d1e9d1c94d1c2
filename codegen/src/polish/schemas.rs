//! Provides the models' schemas for utoipa.

use syn::{Ident, Item, parse_quote};

/// Returns the call of the macro that implements `utoipa::ToSchema` for each model, or `None` if there are no models.
///
/// utoipa's derive macro does not support all serde attributes of the models, so the runtime converts the schemas of
/// schemars.
pub(super) fn for_utoipa(types: &[Item]) -> Option<Item> {
    let models: Vec<&Ident> = types.iter().filter_map(model).collect();
    (!models.is_empty()).then(|| {
        parse_quote! {
            #[cfg(feature = "utoipa")]
            crate::schema::to_schema!(#(#models),*);
        }
    })
}

fn model(item: &Item) -> Option<&Ident> {
    match item {
        Item::Struct(model) => Some(&model.ident),
        Item::Enum(model) => Some(&model.ident),
        _ => None,
    }
}
