//! Does each random edit get a verdict that matches the generated clients?
//!
//! `PROPTEST_CASES=10000 cargo test --package tests --test diff random` tries more edits.

use std::{cell::Cell, collections::BTreeSet};

use codegen::Generated;
use diff::{Status, Verdict};
use document::Severity;
use proptest::{
    prelude::*,
    sample::{Index, select},
    test_runner::{Config, RngSeed, TestRunner},
};
use quote::ToTokens as _;
use serde_json::Value;
use support::{
    document as documents,
    mutation::{Change, pointers},
};
use syn::{
    Attribute, ImplItem, Item, Visibility,
    visit_mut::{self, VisitMut},
};

use crate::states::{State, compared};

/// The minimum number of edits that change the client.
const LEAST: u32 = 10;

/// The number of edits, unless `PROPTEST_CASES` is set.
const CASES: u32 = 200;

/// Returns a runner that tries the same edits in every run.
fn runner() -> TestRunner {
    let set = Config::default();
    let cases = if std::env::var_os("PROPTEST_CASES").is_some() { set.cases } else { CASES };
    TestRunner::new(Config { cases, rng_seed: RngSeed::Fixed(2), failure_persistence: None, ..set })
}

/// Changes one node outside the examples.
fn edited() -> impl Strategy<Value = String> {
    let document: Value = serde_yaml::from_str(&documents::FIXED).unwrap();
    let mut pointers = pointers(&document);
    pointers.retain(|pointer| !pointer.contains("/example"));
    (any::<Index>(), select(&Change::ALL[..])).prop_map(move |(index, change)| {
        let mut document = document.clone();
        change.apply(&mut document, &pointers[index.index(pointers.len())]);
        serde_yaml::to_string(&document).unwrap()
    })
}

/// Removes what callers cannot see: function bodies, private tuple fields, documentation and serde attributes.
struct Visible;

impl VisitMut for Visible {
    fn visit_attributes_mut(&mut self, attributes: &mut Vec<Attribute>) {
        attributes.retain(|it| {
            let hidden = ["doc", "serde", "allow", "rustfmt"];
            !hidden.iter().any(|name| it.path().is_ident(name))
        });
        // Removes the attributes of schemars except for its derive.
        for attribute in attributes.iter_mut() {
            if attribute.path().is_ident("cfg_attr") {
                let text = attribute.to_token_stream().to_string();
                if let Some((kept, _)) = text.split_once(", schemars (") {
                    let kept: syn::ItemStruct =
                        syn::parse_str(&format!("{kept})] struct S;")).unwrap();
                    *attribute = kept.attrs[0].clone();
                }
            }
        }
    }

    fn visit_block_mut(&mut self, block: &mut syn::Block) {
        block.stmts.clear();
    }

    fn visit_item_struct_mut(&mut self, item: &mut syn::ItemStruct) {
        visit_mut::visit_item_struct_mut(self, item);
        if let syn::Fields::Unnamed(fields) = &mut item.fields {
            fields.unnamed = std::mem::take(&mut fields.unnamed)
                .into_iter()
                .filter(|field| matches!(field.vis, Visibility::Public(_)))
                .collect();
        }
    }
}

/// Returns the public items of a client as strings. Does not use the comparison's code, so it can check the comparison.
fn public_items(client: &Generated) -> BTreeSet<String> {
    let mut items = BTreeSet::new();
    let support = client.support.as_ref().unwrap();
    for source in [&client.types, &client.operations, &support.mock, &support.examples] {
        let mut file = syn::parse_file(source).unwrap();
        Visible.visit_file_mut(&mut file);
        let in_modules = file.items.iter().flat_map(|item| match item {
            Item::Mod(module) => module.content.clone().map(|(_, items)| items).unwrap_or_default(),
            _ => Vec::new(),
        });
        let all: Vec<Item> = file.items.iter().cloned().chain(in_modules).collect();
        all.iter().for_each(|item| collect(item, &mut items));
    }
    items
}

fn collect(item: &Item, items: &mut BTreeSet<String>) {
    let mut add = |text: String| {
        items.insert(text);
    };
    match item {
        Item::Struct(it) => {
            let mut head = it.clone();
            head.fields = syn::Fields::Unit;
            add(head.to_token_stream().to_string());
            for field in &it.fields {
                add(format!("{}.{}", it.ident, field.to_token_stream()));
            }
        }
        Item::Enum(it) => {
            let mut head = it.clone();
            head.variants.clear();
            add(head.to_token_stream().to_string());
            for variant in &it.variants {
                add(format!("{}::{}", it.ident, variant.to_token_stream()));
            }
        }
        Item::Impl(it) => match &it.trait_ {
            Some((path, _)) => {
                let path = path.to_token_stream().to_string();
                if !path.starts_with("crate") {
                    add(format!("{path} for {}", it.self_ty.to_token_stream()));
                }
            }
            None => {
                let methods = it.items.iter().filter_map(|item| match item {
                    ImplItem::Fn(it) if matches!(it.vis, Visibility::Public(_)) => Some(it),
                    _ => None,
                });
                let owner = it.self_ty.to_token_stream();
                let methods: Vec<String> =
                    methods.map(|it| format!("{owner}::{}", it.to_token_stream())).collect();
                methods.into_iter().for_each(&mut add);
            }
        },
        Item::Const(it) if matches!(it.vis, Visibility::Public(_)) => {
            add(format!("{}: {}", it.ident, it.ty.to_token_stream()));
        }
        _ => {}
    }
}

#[test]
fn verdicts_match_the_clients() {
    let old = State::new(&documents::FIXED);
    let before = public_items(&old.client);
    let changed = Cell::new(0);
    runner()
        .run(&edited(), |text| {
            let diagnostics = lint::lint(text.as_bytes(), false);
            if diagnostics.iter().any(|it| it.severity == Severity::Error) {
                return Ok(());
            }
            let Ok(new) = State::try_new(&text) else { return Ok(()) };
            for (one, other) in [(&*old, &new), (&new, &*old)] {
                let report = compared(one, other);
                let has_breaks = report.changes.iter().any(diff::Change::is_undeclared_break);
                prop_assert_eq!(report.status == Status::Breaking, has_breaks);
                if one.client == other.client {
                    prop_assert_eq!(report.rust, Verdict::Unchanged, "{:#?}", report.changes);
                }
                if public_items(&new.client) != before {
                    prop_assert_ne!(report.rust, Verdict::Unchanged, "{}", text);
                }
            }
            changed.set(changed.get() + u32::from(public_items(&new.client) != before));
            Ok(())
        })
        .unwrap_or_else(|error| panic!("{error}"));
    assert!(changed.get() > LEAST, "only {} edits change the client", changed.get());
}
