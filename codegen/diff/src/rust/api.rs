//! Reads the public items of a generated client from its sources.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenTree;
use quote::ToTokens as _;
use syn::{Attribute, Fields, Ident, ImplItem, Item as Source, ItemImpl, Visibility};

use super::{
    attributes::{self, Facts},
    path::{Name, Path},
    signature::{self, Signature},
    tokens::shown,
};

/// The public items of a client, by path.
#[derive(Debug, Default)]
pub struct Api {
    pub(crate) items: BTreeMap<Path, Item>,
}

/// A public item.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Item {
    pub(crate) kind: Kind,
    pub(crate) facts: Facts,
}

/// The properties of a public item on which callers depend.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Kind {
    /// `struct`, `enum`, or another form of type.
    Type {
        form: &'static str,
        non_exhaustive: bool,
    },
    /// The type of a member, and its name on the wire.
    Member {
        ty: String,
        wire: String,
    },
    /// The values of a variant, and its name on the wire.
    Variant {
        payload: String,
    },
    Function(Box<Signature>),
    Constant {
        ty: String,
        value: String,
    },
    /// An implementation of a trait.
    Trait,
    /// The tokens of an item of another kind.
    Other(String),
}

/// The module around an item, and the features that both need.
#[derive(Clone)]
struct Scope {
    /// The path of the module, such as `types::`.
    module: String,
    features: BTreeSet<String>,
}

impl Scope {
    fn within(&self, attributes: &[Attribute]) -> Self {
        let mut scope = self.clone();
        scope.features.extend(attributes::features(attributes));
        scope
    }

    fn facts(&self, attributes: &[Attribute]) -> Facts {
        Facts::of(attributes, &self.features)
    }
}

impl Api {
    /// Adds the public items of a source.
    pub(crate) fn add(&mut self, source: &str, module: &str, feature: &str) -> syn::Result<()> {
        let features = (!feature.is_empty()).then(|| feature.to_owned()).into_iter().collect();
        let scope = Scope { module: module.to_owned(), features };
        syn::parse_file(source)?.items.iter().for_each(|item| self.item(item, &scope));
        Ok(())
    }

    fn insert(&mut self, owner: &str, name: Name, kind: Kind, facts: Facts) {
        self.items.insert(Path::of(owner, name), Item { kind, facts });
    }

    fn item(&mut self, item: &Source, scope: &Scope) {
        match item {
            Source::Struct(it) if is_public(&it.vis) => {
                let owner = self.define(&it.ident, "struct", &it.attrs, scope);
                self.fields(&owner, &it.fields, scope);
            }
            Source::Enum(it) if is_public(&it.vis) => {
                let owner = self.define(&it.ident, "enum", &it.attrs, scope);
                for variant in &it.variants {
                    let payload = signature::payload(&variant.fields);
                    let facts = scope.facts(&variant.attrs);
                    let name = Name::Variant(variant.ident.to_string());
                    self.insert(&owner, name, Kind::Variant { payload }, facts);
                }
            }
            Source::Impl(it) => self.implementation(it, &scope.within(&it.attrs)),
            Source::Mod(it) => self.module(it, scope),
            Source::Const(it) if is_public(&it.vis) => {
                let kind = Kind::Constant { ty: shown(&it.ty), value: shown(&it.expr) };
                let owner = format!("{}{}", scope.module, it.ident);
                self.insert(&owner, Name::Owner, kind, scope.facts(&it.attrs));
            }
            Source::Fn(it) if is_public(&it.vis) => {
                let kind = Kind::Function(Box::new(signature::of(&it.sig, "")));
                let owner = format!("{}{}", scope.module, it.sig.ident);
                self.insert(&owner, Name::Owner, kind, scope.facts(&it.attrs));
            }
            Source::Macro(it) => self.macro_call(it, &scope.within(&it.attrs)),
            other => self.other(other, scope),
        }
    }

    /// Adds a type, with the traits that it derives.
    fn define(
        &mut self,
        ident: &Ident,
        form: &'static str,
        attributes: &[Attribute],
        scope: &Scope,
    ) -> String {
        let owner = format!("{}{ident}", scope.module);
        let facts = scope.facts(attributes);
        let non_exhaustive = attributes.iter().any(|it| it.path().is_ident("non_exhaustive"));
        for (name, feature) in attributes::derives(attributes) {
            let mut facts = Facts::default();
            facts.features.clone_from(&scope.features);
            facts.features.extend(feature);
            self.insert(&owner, Name::Trait(name), Kind::Trait, facts);
        }
        self.insert(&owner, Name::Owner, Kind::Type { form, non_exhaustive }, facts);
        owner
    }

    fn fields(&mut self, owner: &str, fields: &Fields, scope: &Scope) {
        for (index, field) in fields.iter().enumerate().filter(|(_, it)| is_public(&it.vis)) {
            let name = field.ident.as_ref().map_or(index.to_string(), Ident::to_string);
            let wire = attributes::wire_name(&field.attrs).unwrap_or_else(|| name.clone());
            let kind = Kind::Member { ty: shown(&field.ty), wire };
            self.insert(owner, Name::Member(name), kind, scope.facts(&field.attrs));
        }
    }

    fn implementation(&mut self, block: &ItemImpl, scope: &Scope) {
        let owner = self.owner(&shown(&block.self_ty), scope);
        if let Some(path) = block.trait_.as_ref().map(|(path, _)| attributes::trait_name(path)) {
            // A trait that the crate itself defines is not public.
            if !path.starts_with("crate::") {
                self.insert(&owner, Name::Trait(path), Kind::Trait, scope.facts(&[]));
            }
            return;
        }
        for item in &block.items {
            match item {
                ImplItem::Fn(it) if is_public(&it.vis) => {
                    let body = it.block.to_token_stream().to_string();
                    let kind = Kind::Function(Box::new(signature::of(&it.sig, &body)));
                    let name = Name::Function(it.sig.ident.to_string());
                    self.insert(&owner, name, kind, scope.facts(&it.attrs));
                }
                ImplItem::Const(it) if is_public(&it.vis) => {
                    let kind = Kind::Constant { ty: shown(&it.ty), value: shown(&it.expr) };
                    let name = Name::Function(it.ident.to_string());
                    self.insert(&owner, name, kind, scope.facts(&it.attrs));
                }
                _ => {}
            }
        }
    }

    /// Returns the path of the type of an `impl` block. The mock has blocks for the client's types too.
    fn owner(&self, name: &str, scope: &Scope) -> String {
        let paths = [format!("types::{name}"), format!("{}{name}", scope.module)];
        let is_known = |path: &String| self.items.contains_key(&Path::of(path, Name::Owner));
        // A type that is not generated, such as the client itself, has no module here.
        paths.into_iter().find(is_known).unwrap_or_else(|| name.to_owned())
    }

    fn module(&mut self, module: &syn::ItemMod, scope: &Scope) {
        let mut inner = scope.within(&module.attrs);
        if is_public(&module.vis) {
            let owner = format!("{}{}", scope.module, module.ident);
            let kind = Kind::Type { form: "mod", non_exhaustive: false };
            self.insert(&owner, Name::Owner, kind, scope.facts(&module.attrs));
            inner.module = format!("{owner}::");
        }
        let items = module.content.iter().flat_map(|(_, items)| items);
        // The items of a private module are not public, except the methods of public types.
        let is_visible = |item: &&Source| is_public(&module.vis) || matches!(item, Source::Impl(_));
        items.filter(is_visible).for_each(|item| self.item(item, &inner));
    }

    /// Adds the trait that a macro implements for each type in its arguments. The trait is named after the macro.
    fn macro_call(&mut self, call: &syn::ItemMacro, scope: &Scope) {
        let name = shown(&call.mac.path);
        for token in call.mac.tokens.clone() {
            if let TokenTree::Ident(ident) = token {
                let owner = self.owner(&ident.to_string(), scope);
                let kind = Name::Trait(format!("{name}!"));
                self.insert(&owner, kind, Kind::Trait, scope.facts(&[]));
            }
        }
    }

    /// Adds an item of another kind, if it is public, with all of its tokens.
    fn other(&mut self, item: &Source, scope: &Scope) {
        let visibility = match item {
            Source::ExternCrate(it) => &it.vis,
            Source::Static(it) => &it.vis,
            Source::Trait(it) => &it.vis,
            Source::TraitAlias(it) => &it.vis,
            Source::Type(it) => &it.vis,
            Source::Union(it) => &it.vis,
            Source::Use(it) => &it.vis,
            _ => return,
        };
        if is_public(visibility) {
            let text = shown(&item.to_token_stream());
            let owner = format!("{}{text}", scope.module);
            self.insert(&owner, Name::Owner, Kind::Other(text), Facts::default());
        }
    }
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}
