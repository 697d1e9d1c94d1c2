//! Polishes extensible enums and all other enums.

use std::collections::BTreeSet;

use quote::{format_ident, quote};
use syn::{Field, Fields, Ident, Item, ItemEnum, Type, Variant, parse_quote};

use super::{
    attributes, deprecation,
    docs::Docs,
    reading, response_bodies,
    serde_attributes::{SerdeAttribute, wire_name},
};
use crate::{annotation::Annotation, markdown};

/// The variant for the values that the document does not list.
const OTHER: &str = "Other";

/// Returns the name of an enum if it lists the known values of an extensible enum.
pub(super) fn extensible(item: &Item, docs: &Docs<'_>) -> Option<Ident> {
    match item {
        Item::Enum(model) => {
            let (_, annotation) = docs.read(&model.attrs);
            annotation.extensible.then(|| model.ident.clone())
        }
        _ => None,
    }
}

/// Polishes an enum.
pub(super) fn polish(
    mut model: ItemEnum,
    bodies: &BTreeSet<Ident>,
    docs: &mut Docs<'_>,
) -> Result<Vec<Item>, String> {
    let (text, annotation) = docs.take(&mut model.attrs);
    let is_body = bodies.contains(&model.ident);
    let body =
        is_body.then(|| Item::Impl(response_bodies::implement(&model.ident, &[], false, bodies)));
    if annotation.extensible {
        let items = extensible_enum(&model, (&text, &annotation), docs)?;
        return Ok(items.into_iter().chain(body).collect());
    }
    attributes::put(&mut model.attrs, &[]);
    docs.put_on_model(&mut model.attrs, (&text, &annotation), &model.ident.to_string());
    model.variants.iter_mut().for_each(|variant| document_variant(variant, docs));
    let reading = reading::of_enum(&mut model);
    Ok([Item::Enum(model)].into_iter().chain(reading).chain(body).collect())
}

fn document_variant(variant: &mut Variant, docs: &mut Docs<'_>) {
    let mut serde = SerdeAttribute::take(&mut variant.attrs);
    serde.keep_name(&variant.ident);
    serde.put(&mut variant.attrs);
    let (text, _) = docs.take(&mut variant.attrs);
    let text = match (text.is_empty(), &variant.fields) {
        (false, _) => text,
        (true, Fields::Unit) => format!("{}.", markdown::code(&wire_name(variant))),
        (true, fields) => {
            let types = fields.iter().filter_map(last_name).map(|name| format!("[`{name}`]"));
            format!("The value as {}.", types.collect::<Vec<_>>().join(" and "))
        }
    };
    docs.put(&mut variant.attrs, &text);
    if let Fields::Named(fields) = &mut variant.fields {
        fields.named.iter_mut().for_each(|field| document_field(field, docs));
    }
}

fn document_field(field: &mut Field, docs: &mut Docs<'_>) {
    let (text, annotation) = docs.take(&mut field.attrs);
    let Some(name) = &field.ident else { return };
    let mut serde = SerdeAttribute::take(&mut field.attrs);
    serde.keep_name(name);
    let wire_name = serde.rename().unwrap_or_else(|| name.to_string());
    deprecation::mark(&mut field.attrs, &annotation);
    serde.put(&mut field.attrs);
    docs.put_or_name(&mut field.attrs, &text, &wire_name);
}

fn last_name(field: &Field) -> Option<String> {
    match &field.ty {
        Type::Path(path) => path.path.segments.last().map(|segment| segment.ident.to_string()),
        _ => None,
    }
}

/// Returns an enum with a variant for each known value and one for all other values. In JSON, it is a string.
fn extensible_enum(
    model: &ItemEnum,
    described: (&str, &Annotation),
    docs: &mut Docs<'_>,
) -> Result<Vec<Item>, String> {
    let name = &model.ident;
    let other = format_ident!("{OTHER}");
    if model.variants.iter().any(|variant| variant.ident == other) {
        return Err(format!(
            "a known value of `{name}` becomes the variant `{OTHER}`, which contains the unknown values"
        ));
    }
    let known: Vec<&Ident> = model.variants.iter().map(|variant| &variant.ident).collect();
    let values: Vec<String> = model.variants.iter().map(wire_name).collect();
    let value_docs = values.iter().map(|value| format!(" {}.", markdown::code(value)));
    let mut definition: ItemEnum = parse_quote! {
        #[derive(Clone, Debug, Eq, Hash, PartialEq, serde::Deserialize, serde::Serialize)]
        #[serde(from = "String", into = "String")]
        #[cfg_attr(
            feature = "schemars",
            derive(schemars::JsonSchema),
            schemars(extend("x-extensible-enum" = [#(#values),*]))
        )]
        #[non_exhaustive]
        pub enum #name {
            #(#[doc = #value_docs] #known,)*
            /// A value that the document does not list, as received.
            #other(String),
        }
    };
    docs.put_on_model(&mut definition.attrs, described, &name.to_string());
    let conversions = quote! {
        impl #name {
            /// Returns the JSON string of the value.
            pub fn as_str(&self) -> &str {
                match self {
                    #(Self::#known => #values,)*
                    Self::#other(value) => value,
                }
            }
        }
        impl From<&str> for #name {
            fn from(value: &str) -> Self {
                match value {
                    #(#values => Self::#known,)*
                    _ => Self::#other(value.to_owned()),
                }
            }
        }
        impl From<String> for #name {
            fn from(value: String) -> Self {
                Self::from(value.as_str())
            }
        }
        impl From<#name> for String {
            fn from(value: #name) -> Self {
                value.as_str().to_owned()
            }
        }
        impl std::fmt::Display for #name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
    let conversions: syn::File = parse_quote!(#conversions);
    Ok([Item::Enum(definition)].into_iter().chain(conversions.items).collect())
}
