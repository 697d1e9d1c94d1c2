//! Runs progenitor on a lowered document.

use ::progenitor::{Error, GenerationSettings, Generator, HooksMode, InterfaceStyle, TypeImpl};
use openapiv3::OpenAPI;
use proc_macro2::TokenStream;
use quote::quote;
use schemars08::schema::{InstanceType, SchemaObject};

use crate::Scope;

/// Returns the client that progenitor generates and, if the scope includes it, its extension of httpmock.
///
/// Removes the component schemas from the document, because progenitor already knows their types after it has generated
/// the client, and would convert them again for the mock.
pub(crate) fn client_and_mock(
    document: &mut OpenAPI,
    scope: Scope,
) -> Result<(syn::File, Option<syn::File>), String> {
    let mut generator = Generator::new(&settings());
    let client = parsed(generator.generate_tokens(document))?;
    if let Some(components) = &mut document.components {
        components.schemas.clear();
    }
    let mock = (scope == Scope::All).then(|| parsed(generator.httpmock(document, "crate")));
    Ok((client, mock.transpose()?))
}

fn parsed(tokens: Result<TokenStream, Error>) -> Result<syn::File, String> {
    let tokens = tokens.map_err(|error| error.to_string())?;
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
        .with_conversion(schema(InstanceType::Number, "decimal"), "crate::Amount", [].into_iter())
        .with_conversion(
            schema(InstanceType::String, "date-time"),
            "crate::Timestamp",
            [TypeImpl::Display, TypeImpl::FromStr].into_iter(),
        )
        .with_conversion(schema(InstanceType::Integer, "int128"), "i128", [].into_iter())
        .with_conversion(schema(InstanceType::Integer, "uint128"), "u128", [].into_iter());
    settings
}

fn schema(instance_type: InstanceType, format: &str) -> SchemaObject {
    SchemaObject {
        instance_type: Some(instance_type.into()),
        format: Some(format.to_owned()),
        ..SchemaObject::default()
    }
}
