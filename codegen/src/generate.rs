//! From the lowered document to a syntax tree, by progenitor.

use std::{
    cell::Cell,
    panic::{self, AssertUnwindSafe},
    sync::Once,
};

use openapiv3::OpenAPI;
use progenitor::{GenerationSettings, Generator, HooksMode, InterfaceStyle};
use quote::quote;
use schemars08::schema::{InstanceType, SchemaObject};

/// The client that progenitor makes of a document, or why it makes none.
pub(crate) fn client(document: &OpenAPI) -> Result<syn::File, String> {
    let tokens = without_panic(|| Generator::new(&settings()).generate_tokens(document))?
        .map_err(|error| error.to_string())?;
    syn::parse2(tokens).map_err(|error| format!("the generated code does not parse: {error}"))
}

fn settings() -> GenerationSettings {
    let mut settings = GenerationSettings::new();
    settings
        .with_interface(InterfaceStyle::Positional)
        .with_hooks(HooksMode::Expected)
        .with_inner_type(quote!(crate::runtime::Config))
        .with_derive("PartialEq")
        .with_map_type("::std::collections::BTreeMap")
        .with_conversion(decimal(), "crate::Amount", [].into_iter());
    settings
}

fn decimal() -> SchemaObject {
    SchemaObject {
        instance_type: Some(InstanceType::Number.into()),
        format: Some("decimal".to_owned()),
        ..SchemaObject::default()
    }
}

thread_local! {
    static SILENT: Cell<bool> = const { Cell::new(false) };
}

/// Runs code that may panic, and returns the panic's message as an error instead of printing it.
fn without_panic<T>(run: impl FnOnce() -> T) -> Result<T, String> {
    silence_panics_on_demand();
    SILENT.set(true);
    let result = panic::catch_unwind(AssertUnwindSafe(run));
    SILENT.set(false);
    result.map_err(|payload| {
        let text = payload.downcast_ref::<&str>().map(|text| (*text).to_owned());
        text.or_else(|| payload.downcast_ref::<String>().cloned()).unwrap_or_default()
    })
}

fn silence_panics_on_demand() {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let print = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if !SILENT.get() {
                print(info);
            }
        }));
    });
}
