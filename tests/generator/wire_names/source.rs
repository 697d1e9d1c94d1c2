//! Collects the names that generated code uses.

use std::collections::BTreeSet;

use proc_macro2::TokenTree;
use syn::{
    Attribute, Expr, ExprCall, ExprMethodCall, Field, ItemEnum, ItemStruct, Lit, LitStr, Meta,
    Token, Variant,
    punctuated::Punctuated,
    visit::{self, Visit},
};

/// The strings in generated code, grouped by their use.
#[derive(Default)]
pub(super) struct Wire {
    pub(super) members: BTreeSet<String>,
    pub(super) required: BTreeSet<String>,
    pub(super) values: BTreeSet<String>,
    pub(super) patterns: BTreeSet<String>,
    pub(super) parameters: BTreeSet<String>,
}

impl Wire {
    pub(super) fn of(source: &str) -> Self {
        let mut wire = Self::default();
        wire.visit_file(&syn::parse_file(source).unwrap());
        wire
    }
}

impl<'ast> Visit<'ast> for Wire {
    fn visit_item_struct(&mut self, item: &'ast ItemStruct) {
        if item.ident == "Thing" {
            self.members = item.fields.iter().filter_map(member).collect();
            self.required = strings_of(&item.attrs, "required");
        }
    }

    fn visit_item_enum(&mut self, item: &'ast ItemEnum) {
        if item.ident == "Closed" {
            self.values.extend(item.variants.iter().map(value));
        }
        self.values.extend(strings_of(&item.attrs, "x-extensible-enum"));
    }

    fn visit_arm(&mut self, arm: &'ast syn::Arm) {
        if let syn::Pat::Lit(pattern) = &arm.pat
            && let Lit::Str(text) = &pattern.lit
        {
            self.patterns.insert(text.value());
        }
        self.patterns.extend(string(&arm.body));
        visit::visit_arm(self, arm);
    }

    fn visit_expr_call(&mut self, call: &'ast ExprCall) {
        if let Expr::Path(function) = &*call.func
            && function.path.segments.first().is_some_and(|first| first.ident == "QueryParam")
        {
            self.parameters.extend(call.args.first().and_then(string));
        }
        visit::visit_expr_call(self, call);
    }

    fn visit_expr_method_call(&mut self, call: &'ast ExprMethodCall) {
        let methods = ["append", "query_param", "query_param_missing", "header", "header_missing"];
        if methods.iter().any(|method| call.method == method) {
            self.parameters.extend(call.args.first().and_then(string));
        }
        visit::visit_expr_method_call(self, call);
    }
}

fn member(field: &Field) -> Option<String> {
    let serde = serde(&field.attrs);
    let is_flattened = serde.iter().any(|meta| meta.path().is_ident("flatten"));
    (!is_flattened).then(|| rename(&serde).unwrap_or(normalized(field.ident.as_ref().unwrap())))
}

fn value(variant: &Variant) -> String {
    rename(&serde(&variant.attrs)).unwrap_or(normalized(&variant.ident))
}

/// Returns the name that serde derives from an identifier. The compiler can normalize a non-ASCII identifier, so it is
/// marked and equals no name of the document.
fn normalized(ident: &syn::Ident) -> String {
    let ident = ident.to_string();
    if ident.is_ascii() { ident } else { format!("{ident}, normalized") }
}

fn serde(attributes: &[Attribute]) -> Vec<Meta> {
    let serde = attributes.iter().filter(|attribute| attribute.path().is_ident("serde"));
    serde.flat_map(metas).collect()
}

fn metas(attribute: &Attribute) -> Punctuated<Meta, Token![,]> {
    attribute.parse_args_with(Punctuated::parse_terminated).unwrap()
}

fn rename(serde: &[Meta]) -> Option<String> {
    serde.iter().find_map(|meta| match meta {
        Meta::NameValue(pair) if pair.path.is_ident("rename") => string(&pair.value),
        _ => None,
    })
}

fn string(expression: &Expr) -> Option<String> {
    match expression {
        Expr::Lit(literal) => match &literal.lit {
            Lit::Str(text) => Some(text.value()),
            _ => None,
        },
        _ => None,
    }
}

/// Returns the strings that attributes list in `extend("keyword" = [..])`.
fn strings_of(attributes: &[Attribute], keyword: &str) -> BTreeSet<String> {
    let tokens = attributes.iter().flat_map(|attribute| match &attribute.meta {
        Meta::List(list) => texts(list.tokens.clone()),
        _ => Vec::new(),
    });
    tokens.skip_while(|text| text != keyword).skip(1).collect()
}

/// Returns all string literals among the tokens.
pub(super) fn texts(tokens: impl IntoIterator<Item = TokenTree>) -> Vec<String> {
    let texts = tokens.into_iter().flat_map(|token| match token {
        TokenTree::Group(group) => texts(group.stream()),
        TokenTree::Literal(literal) => {
            let text: Result<LitStr, _> = syn::parse_str(&literal.to_string());
            text.iter().map(LitStr::value).collect()
        }
        _ => Vec::new(),
    });
    texts.collect()
}
