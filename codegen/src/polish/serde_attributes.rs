//! Reads and writes the `#[serde(…)]` attribute of a member.

use quote::ToTokens;
use syn::{
    Attribute, Expr, Ident, Lit, LitStr, Meta, MetaNameValue, Token, Variant, parse_quote,
    punctuated::Punctuated,
};

/// The keys whose values are Rust paths. The values of other keys are JSON names.
const PATHS: [&str; 5] =
    ["default", "deserialize_with", "serialize_with", "skip_serializing_if", "with"];

/// The maximum length of attribute arguments that prettyplease keeps on one line.
const WIDTH: usize = 71;

/// The arguments of the attribute, in the order in which they are written.
#[derive(Default)]
pub(super) struct SerdeAttribute {
    metas: Vec<Meta>,
}

impl SerdeAttribute {
    /// Removes the attribute from a member's attributes.
    pub(super) fn take(attributes: &mut Vec<Attribute>) -> Self {
        let this = Self::of(attributes);
        attributes.retain(|attribute| !is_serde(attribute));
        this
    }

    /// Reads the attribute among a member's attributes.
    pub(super) fn of(attributes: &[Attribute]) -> Self {
        let metas = attributes.iter().filter(|attribute| is_serde(attribute)).filter_map(|serde| {
            serde.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated).ok()
        });
        let mut this = Self { metas: metas.flatten().collect() };
        this.metas.iter_mut().for_each(shorten_path);
        this
    }

    /// Adds the attribute after a member's attributes. Splits it into several if it does not fit on one line.
    pub(super) fn put(self, attributes: &mut Vec<Attribute>) {
        for metas in lines(self.metas) {
            attributes.push(parse_quote!(#[serde(#(#metas),*)]));
        }
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.metas.iter().any(|meta| meta.path().is_ident(name))
    }

    pub(super) fn remove(&mut self, name: &str) {
        self.metas.retain(|meta| !meta.path().is_ident(name));
    }

    pub(super) fn push(&mut self, meta: Meta) {
        self.metas.push(meta);
    }

    /// Returns the member's name in JSON if it differs from the field name.
    pub(super) fn rename(&self) -> Option<String> {
        self.value("rename")
    }

    /// Returns the value of a key, if it is a string.
    pub(super) fn value(&self, key: &str) -> Option<String> {
        self.metas.iter().find(|meta| meta.path().is_ident(key)).and_then(text)
    }

    /// Adds a `rename` with the name of the field if it is not ASCII, because Rust normalizes identifiers.
    pub(super) fn keep_name(&mut self, name: &Ident) {
        let name = name.to_string();
        if !name.is_ascii() && !self.has("rename") && !self.has("flatten") {
            self.metas.insert(0, parse_quote!(rename = #name));
        }
    }

    /// Returns true if the member can be absent.
    pub(super) fn is_optional(&self) -> bool {
        self.has("skip_serializing_if") || self.has("default") || self.has("flatten")
    }
}

fn is_serde(attribute: &Attribute) -> bool {
    attribute.path().is_ident("serde")
}

/// Returns the name of a variant in JSON.
pub(super) fn wire_name(variant: &Variant) -> String {
    let serde = SerdeAttribute::of(&variant.attrs);
    serde.rename().unwrap_or_else(|| variant.ident.to_string())
}

fn lines(metas: Vec<Meta>) -> Vec<Vec<Meta>> {
    let mut lines: Vec<Vec<Meta>> = Vec::new();
    let mut length = 0;
    for meta in metas {
        let own = meta.to_token_stream().to_string().len();
        match lines.last_mut().filter(|_| length + ", ".len() + own <= WIDTH) {
            Some(line) => {
                length += ", ".len() + own;
                line.push(meta);
            }
            None => {
                length = own;
                lines.push(vec![meta]);
            }
        }
    }
    lines
}

fn text(meta: &Meta) -> Option<String> {
    let Meta::NameValue(MetaNameValue { value: Expr::Lit(value), .. }) = meta else { return None };
    match &value.lit {
        Lit::Str(text) => Some(text.value()),
        _ => None,
    }
}

/// Shortens a path in a string, such as `::std::option::Option::is_none`, which visitors do not recognize as a path.
fn shorten_path(meta: &mut Meta) {
    if !PATHS.iter().any(|key| meta.path().is_ident(key)) {
        return;
    }
    if let Meta::NameValue(MetaNameValue { value: Expr::Lit(value), .. }) = meta
        && let Lit::Str(text) = &value.lit
    {
        let path = text.value().replace(' ', "");
        // A model can be named `Vec`, but never `Option`.
        let path = path.replace("::std::option::", "");
        value.lit = Lit::Str(LitStr::new(path.trim_start_matches("::"), text.span()));
    }
}
