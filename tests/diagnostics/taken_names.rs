//! Does lint refuse operationIds that become methods of the client's runtime?

use std::collections::BTreeSet;

use syn::{ImplItem, Item, Type};

use support::document;

/// Returns the hand-written methods of the client.
fn methods() -> BTreeSet<String> {
    let files = ["client.rs", "runtime.rs"].map(|name| format!("generated-client/src/{name}"));
    let items = files.iter().flat_map(|file| syn::parse_file(&document::read(file)).unwrap().items);
    let items = items.flat_map(|item| match item {
        Item::Impl(block) if block.trait_.is_none() && is_client(&block.self_ty) => block.items,
        _ => Vec::new(),
    });
    let names = items.filter_map(|item| match item {
        ImplItem::Fn(method) => Some(method.sig.ident.to_string()),
        _ => None,
    });
    names.collect()
}

fn is_client(ty: &Type) -> bool {
    matches!(ty, Type::Path(path) if path.path.is_ident("Client"))
}

#[test]
fn each_method_of_the_client() {
    assert!(methods().contains("builder"));
    for name in methods() {
        let paths = format!(
            "paths: {{ /v1/orders: {{ get: {{ operationId: {name}, responses: {{ '200': {{ description: Done. }} }} }} }} }}\n"
        );
        let found = lint::lint(lint::complete(&paths).as_bytes(), false);
        assert!(found.iter().any(|found| found.rule == "taken-operation-id"), "{name}");
    }
}
