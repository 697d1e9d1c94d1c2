//! Reads the attributes of an item.

use std::collections::BTreeSet;

use syn::{
    Attribute, Expr, Lit, LitStr, Meta, Path, Token, parse::Parser as _, punctuated::Punctuated,
};

use super::tokens::shown;

/// The properties of an item, other than its type, that matter to callers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Facts {
    /// The reason why it is deprecated.
    pub(crate) deprecated: Option<String>,
    pub(crate) must_use: bool,
    /// The features of the crate without which it does not exist.
    pub(crate) features: BTreeSet<String>,
}

impl Facts {
    pub(super) fn of(attributes: &[Attribute], features: &BTreeSet<String>) -> Self {
        let has = |name: &str| attributes.iter().find(|it| it.path().is_ident(name));
        let features = features.iter().cloned().chain(self::features(attributes));
        Self {
            deprecated: has("deprecated").map(|attribute| note(&attribute.meta)),
            must_use: has("must_use").is_some(),
            features: features.collect(),
        }
    }
}

fn note(meta: &Meta) -> String {
    let mut note = String::new();
    let text = |value: &Expr| match value {
        Expr::Lit(literal) => match &literal.lit {
            Lit::Str(text) => text.value(),
            _ => String::new(),
        },
        _ => String::new(),
    };
    match meta {
        Meta::NameValue(it) => note = text(&it.value),
        Meta::List(list) => {
            let metas = Punctuated::<Meta, Token![,]>::parse_terminated;
            for meta in metas.parse2(list.tokens.clone()).into_iter().flatten() {
                if let Meta::NameValue(it) = meta
                    && it.path.is_ident("note")
                {
                    note = text(&it.value);
                }
            }
        }
        Meta::Path(_) => {}
    }
    note
}

/// Returns the conditions under which an item exists: the names of features, or else the whole condition.
pub(super) fn features(attributes: &[Attribute]) -> Vec<String> {
    let conditions = attributes.iter().filter(|it| it.path().is_ident("cfg"));
    let lists = conditions.filter_map(|it| it.meta.require_list().ok());
    lists.map(|list| condition(&shown(&list.tokens))).collect()
}

fn condition(text: &str) -> String {
    let name = text.strip_prefix("feature = ").map(|name| name.trim_matches('"').to_owned());
    name.unwrap_or_else(|| text.to_owned())
}

/// Returns the derived traits, each with the feature that it needs.
pub(super) fn derives(attributes: &[Attribute]) -> Vec<(String, Option<String>)> {
    let mut derived = Vec::new();
    for attribute in attributes {
        let Meta::List(list) = &attribute.meta else { continue };
        if list.path.is_ident("derive") {
            derived.extend(names(list).into_iter().map(|name| (name, None)));
        } else if list.path.is_ident("cfg_attr") {
            let metas = Punctuated::<Meta, Token![,]>::parse_terminated;
            let metas: Vec<Meta> =
                metas.parse2(list.tokens.clone()).into_iter().flatten().collect();
            let feature = metas.first().map(|meta| condition(&shown(meta)));
            for meta in &metas {
                if let Meta::List(list) = meta
                    && list.path.is_ident("derive")
                {
                    derived.extend(names(list).into_iter().map(|name| (name, feature.clone())));
                }
            }
        }
    }
    derived
}

fn names(list: &syn::MetaList) -> Vec<String> {
    let paths = Punctuated::<Path, Token![,]>::parse_terminated;
    paths.parse2(list.tokens.clone()).into_iter().flatten().map(|path| trait_name(&path)).collect()
}

/// Returns the name of a trait without lifetimes, and without its module if the trait is from the standard library.
pub(super) fn trait_name(path: &Path) -> String {
    let name = shown(path).replace("<'de>", "");
    match name.starts_with("std::") && !name.contains('<') {
        true => name.rsplit("::").next().unwrap_or_default().to_owned(),
        false => name,
    }
}

/// Returns the name that serde gives to a member.
pub(super) fn wire_name(attributes: &[Attribute]) -> Option<String> {
    let mut name = None;
    for attribute in attributes.iter().filter(|it| it.path().is_ident("serde")) {
        // Serde's other attributes do not matter here. Their values have several forms.
        let found = attribute.parse_nested_meta(|meta| {
            if meta.path.is_ident("rename") {
                name = Some(meta.value()?.parse::<LitStr>()?.value());
            } else if meta.input.peek(Token![=]) {
                meta.value()?.parse::<Expr>()?;
            }
            Ok(())
        });
        found.ok();
    }
    name
}
