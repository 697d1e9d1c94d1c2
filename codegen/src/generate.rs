//! From the lowered document to a syntax tree, by progenitor.

use openapiv3::OpenAPI;
use proc_macro2::TokenStream;
use progenitor::{Error, GenerationSettings, Generator, HooksMode, InterfaceStyle};
use quote::quote;
use schemars08::schema::{InstanceType, SchemaObject};

/// The client that progenitor makes of a document, or why it makes none.
pub(crate) fn client(document: &OpenAPI) -> Result<syn::File, String> {
    file(|generator| generator.generate_tokens(document))
}

/// The extension of httpmock that progenitor makes of a document, or why it makes none.
pub(crate) fn mock(document: &OpenAPI) -> Result<syn::File, String> {
    file(|generator| generator.httpmock(document, "crate"))
}

fn file(
    generate: impl FnOnce(&mut Generator) -> Result<TokenStream, Error>,
) -> Result<syn::File, String> {
    let tokens = generate(&mut Generator::new(&settings())).map_err(|error| error.to_string())?;
    syn::parse2(tokens).map_err(|error| format!("the generated code does not parse: {error}"))
}

fn settings() -> GenerationSettings {
    let mut settings = GenerationSettings::new();
    settings
        .with_interface(InterfaceStyle::Positional)
        .with_hooks(HooksMode::Expected)
        .with_inner_type(quote!(Config))
        .with_derive("PartialEq")
        .with_map_type("::std::collections::BTreeMap")
        .with_conversion(number(InstanceType::Number, "decimal"), "crate::Amount", [].into_iter())
        .with_conversion(number(InstanceType::Integer, "int128"), "i128", [].into_iter())
        .with_conversion(number(InstanceType::Integer, "uint128"), "u128", [].into_iter());
    settings
}

fn number(instance_type: InstanceType, format: &str) -> SchemaObject {
    SchemaObject {
        instance_type: Some(instance_type.into()),
        format: Some(format.to_owned()),
        ..SchemaObject::default()
    }
}
