//! Does lint reject operationIds that would collide with hand-written methods of the client or of the mock server?

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use syn::{ImplItem, Item, Type};

use support::document;

/// Returns the hand-written source files below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let paths = paths.filter(|path| path.file_stem().unwrap() != "generated");
    paths.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

/// Returns the names of a type's hand-written methods.
fn methods(owner: &str) -> BTreeSet<String> {
    let files = files(&document::path("generated-client/src"));
    let files = files.iter().filter(|file| file.extension().is_some_and(|it| it == "rs"));
    let sources = files.map(|file| fs::read_to_string(file).unwrap());
    let items = sources.flat_map(|source| syn::parse_file(&source).unwrap().items);
    let items = items.flat_map(|item| match item {
        Item::Impl(block) if block.trait_.is_none() && is(&block.self_ty, owner) => block.items,
        _ => Vec::new(),
    });
    let names = items.filter_map(|item| match item {
        ImplItem::Fn(method) => Some(method.sig.ident.to_string()),
        _ => None,
    });
    names.collect()
}

fn is(ty: &Type, name: &str) -> bool {
    matches!(ty, Type::Path(path) if path.path.is_ident(name))
}

/// Asserts that lint rejects each method name as an operationId.
fn assert_taken(methods: BTreeSet<String>) {
    assert!(methods.contains("builder"));
    for name in methods {
        let paths = format!(
            "paths: {{ /v1/orders: {{ get: {{ operationId: {name}, responses: {{ '200': {{ description: Done. }} }} }} }} }}\n"
        );
        let found = lint::lint(document::complete(&paths).as_bytes(), false);
        assert!(found.iter().any(|found| found.rule == "taken-operation-id"), "{name}");
    }
}

#[test]
fn each_method_name_of_the_client_is_rejected() {
    assert_taken(methods("Client"));
}

#[test]
fn each_method_name_of_the_mock_server_is_rejected() {
    assert_taken(methods("MockServer"));
}
