//! Does lint reject operationIds that would collide with hand-written methods of the client or of the mock server?

use std::collections::BTreeSet;

use syn::{ImplItem, Item, Type};

use support::document;

/// Returns the names of a type's hand-written methods.
fn methods(owner: &str, files: &[&str]) -> BTreeSet<String> {
    let source = |file: &&str| document::read(&format!("generated-client/src/{file}"));
    let items = files.iter().flat_map(|file| syn::parse_file(&source(file)).unwrap().items);
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
    assert_taken(methods("Client", &["client.rs", "runtime.rs"]));
}

#[test]
fn each_method_name_of_the_mock_server_is_rejected() {
    assert_taken(methods("MockServer", &["mock/server.rs"]));
}
