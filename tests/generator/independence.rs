//! Are the tests independent of the names of the document's operations and models?

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use heck::ToSnakeCase as _;
use syn::{Item, UseTree};

use support::document;

/// Returns the text of each Rust file in a folder and its subfolders, by path.
fn sources(folder: &Path) -> BTreeMap<PathBuf, String> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let sources = entries.flat_map(|path| match path.extension() {
        Some(extension) if extension == "rs" => {
            BTreeMap::from([(path.clone(), fs::read_to_string(&path).unwrap())])
        }
        None if path.is_dir() => sources(&path),
        _ => BTreeMap::new(),
    });
    sources.collect()
}

/// Returns the names of the client models that a source file imports.
fn imported_models(source: &str) -> Vec<String> {
    let items = syn::parse_file(source).unwrap().items.into_iter();
    let uses = items.filter_map(|item| match item {
        Item::Use(item) => Some(paths(&item.tree)),
        _ => None,
    });
    let prefix = "partner_center_client::types::";
    let models = uses.flatten().filter_map(|path| Some(path.strip_prefix(prefix)?.to_owned()));
    models.collect()
}

/// Returns the paths that a `use` declaration imports, except for globs.
fn paths(tree: &UseTree) -> Vec<String> {
    match tree {
        UseTree::Path(path) => {
            paths(&path.tree).iter().map(|rest| format!("{}::{rest}", path.ident)).collect()
        }
        UseTree::Group(group) => group.items.iter().flat_map(paths).collect(),
        UseTree::Name(name) => vec![name.ident.to_string()],
        UseTree::Rename(name) => vec![name.ident.to_string()],
        UseTree::Glob(_) => Vec::new(),
    }
}

/// A test that names one would break when the document renames it.
#[test]
fn no_test_names_an_operation_or_a_model() {
    for (path, source) in sources(&document::path("tests")) {
        for operation in document::operations() {
            let call = format!(".{}(", operation.id.to_snake_case());
            assert!(!source.contains(&call), "{}: {call}", path.display());
        }
        // The hand-written part of the client depends on the fault models too, so their names are stable.
        let mut models = imported_models(&source);
        models.retain(|model| !model.starts_with("Fault"));
        assert!(models.is_empty(), "{}: {models:?}", path.display());
    }
}
