//! Implements `Deserialize` for models that serde would read from a buffer.
//!
//! serde buffers a value before it tries alternatives or separates declared members from others. In the buffer, the
//! form of a number depends on serde_json features that other crates enable, and an `Amount` cannot be read from it.
//! The implementations here read the JSON text instead.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{
    Attribute, Field, Fields, FieldsNamed, Ident, Item, ItemEnum, ItemStruct, Path, Token, Type,
    Variant, parse_quote, punctuated::Punctuated,
};

use super::{
    members::Member,
    paths,
    serde_attributes::{SerdeAttribute, wire_name},
};

/// Implements `Deserialize` for an enum of alternatives. Returns `None` for other enums.
pub(super) fn of_enum(model: &mut ItemEnum) -> Option<Item> {
    let serde = SerdeAttribute::of(&model.attrs);
    let is_closed = serde.has("deny_unknown_fields");
    let name = model.ident.to_string();
    let value = match (serde.value("tag"), serde.value("content")) {
        (None, _) if serde.has("untagged") => {
            let mut alternatives = model.variants.iter().map(|it| alternative(it, is_closed));
            let first = alternatives.next()?;
            quote!(#first #(.or_else(|_| #alternatives))* .map_err(|_| json.misfit(#name)))
        }
        (None, _) => return None,
        (Some(tag), content) => {
            let arms = model.variants.iter().map(|variant| {
                let value = tagged(variant, &tag, content.as_deref(), is_closed);
                let tag = wire_name(variant);
                quote!(Some(#tag) => #value,)
            });
            quote! {
                match json.tag(#tag).as_deref() {
                    #(#arms)*
                    _ => Err(json.misfit(#name)),
                }
            }
        }
    };
    drop_derive(&mut model.attrs);
    Some(deserialize(&model.ident, &value))
}

/// Implements `Deserialize` for a model with typed undeclared members, or with several forms of the same object.
/// Returns `None` for other models.
pub(super) fn of_struct(model: &mut ItemStruct, members: &[Member]) -> Option<Item> {
    let Fields::Named(fields) = &model.fields else { return None };
    if !members.iter().any(|member| member.is_extra && !is_extra(&member.field.ty)) {
        return None;
    }
    let value = object(fields, &quote!(Self), Undeclared::Any);
    drop_derive(&mut model.attrs);
    Some(deserialize(&model.ident, &value))
}

fn deserialize(model: &Ident, value: &TokenStream) -> Item {
    parse_quote! {
        impl<'de> serde::Deserialize<'de> for #model {
            fn deserialize<_D: serde::Deserializer<'de>>(
                deserializer: _D,
            ) -> ::std::result::Result<Self, _D::Error> {
                crate::json::Json::read_with(deserializer, |json| #value)
            }
        }
    }
}

fn drop_derive(attributes: &mut [Attribute]) {
    for attribute in attributes.iter_mut().filter(|it| it.path().is_ident("derive")) {
        let derived = attribute.parse_args_with(Punctuated::<Path, Token![,]>::parse_terminated);
        let derived = derived.into_iter().flatten();
        let others = derived
            .filter(|path| path.segments.last().is_none_or(|last| last.ident != "Deserialize"));
        *attribute = parse_quote!(#[derive(#(#others),*)]);
    }
}

/// Returns the expression that reads a variant from the whole value.
fn alternative(variant: &Variant, is_closed: bool) -> TokenStream {
    let name = &variant.ident;
    match &variant.fields {
        Fields::Unit => quote!(json.read().map(|()| Self::#name)),
        Fields::Unnamed(fields) if fields.unnamed.len() == 1 => {
            quote!(json.read().map(Self::#name))
        }
        Fields::Unnamed(fields) => {
            let items: Vec<Ident> =
                (0..fields.unnamed.len()).map(|index| format_ident!("item_{index}")).collect();
            quote!(json.read().map(|(#(#items),*)| Self::#name(#(#items),*)))
        }
        Fields::Named(fields) => {
            let undeclared = if is_closed { Undeclared::None } else { Undeclared::Any };
            object(fields, &quote!(Self::#name), undeclared)
        }
    }
}

/// Returns the expression that reads a variant whose tag matches.
fn tagged(variant: &Variant, tag: &str, content: Option<&str>, is_closed: bool) -> TokenStream {
    let name = &variant.ident;
    match (&variant.fields, content) {
        (Fields::Unit, _) => quote!(Ok(Self::#name)),
        (_, Some(content)) => {
            let value = alternative(variant, is_closed);
            quote!(json.member(#content).and_then(|json| #value))
        }
        (Fields::Named(fields), None) if is_closed => {
            object(fields, &quote!(Self::#name), Undeclared::OnlyTag(tag))
        }
        (Fields::Named(_) | Fields::Unnamed(_), None) => alternative(variant, is_closed),
    }
}

/// The undeclared members that an object can have.
enum Undeclared<'a> {
    Any,
    None,
    /// Only the tag, which is not a field of the variant.
    OnlyTag(&'a str),
}

/// Returns the expression that reads an object: its declared fields, and fields that are read from the whole object.
///
/// The names in it cannot collide: no model has a name with a leading underscore, and no field becomes a variable.
fn object(
    fields: &FieldsNamed,
    constructor: &TokenStream,
    undeclared: Undeclared<'_>,
) -> TokenStream {
    let (buffered, declared): (Vec<&Field>, Vec<&Field>) =
        fields.named.iter().partition(|field| is_buffered(field));
    let names: Vec<&Ident> = declared.iter().filter_map(|field| field.ident.as_ref()).collect();
    let members = declared.iter().map(|field| {
        let Field { ident, ty, attrs, .. } = field;
        let serde = attrs.iter().filter(|attribute| attribute.path().is_ident("serde"));
        quote!(#(#serde)* #ident: #ty,)
    });
    let wire_names = declared.iter().filter_map(|field| field_name(field));
    let wire_names: Vec<String> = wire_names.collect();
    let rest = buffered.iter().map(|field| {
        let name = &field.ident;
        match is_map(&field.ty) {
            true => quote!(#name: json.undeclared(&[#(#wire_names),*])?,),
            false => quote!(#name: json.read().ok(),),
        }
    });
    let (deny, tag) = match undeclared {
        Undeclared::Any => (None, None),
        Undeclared::None => (Some(quote!(#[serde(deny_unknown_fields)])), None),
        Undeclared::OnlyTag(tag) => (
            Some(quote!(#[serde(deny_unknown_fields)])),
            Some(quote!(#[serde(rename = #tag)] _tag: serde::de::IgnoredAny,)),
        ),
    };
    quote!(json.object(|json| {
        #[derive(serde::Deserialize)]
        #deny
        struct _Declared { #(#members)* #tag }
        let _declared: _Declared = json.read()?;
        Ok(#constructor { #(#names: _declared.#names,)* #(#rest)* })
    }))
}

fn is_buffered(field: &Field) -> bool {
    !is_extra(&field.ty) && SerdeAttribute::of(&field.attrs).has("flatten")
}

/// Returns true if a type is `crate::Extra`, which reads its members itself.
fn is_extra(ty: &Type) -> bool {
    matches!(ty, Type::Path(path) if paths::is(&path.path, &["crate", "Extra"]))
}

fn is_map(ty: &Type) -> bool {
    matches!(ty, Type::Path(path) if path.path.segments.last().is_some_and(|last| last.ident != "Option"))
}

fn field_name(field: &Field) -> Option<String> {
    let serde = SerdeAttribute::of(&field.attrs);
    let is_flattened = serde.has("flatten");
    let name = serde.rename().or_else(|| Some(field.ident.as_ref()?.to_string()));
    name.filter(|_| !is_flattened)
}
