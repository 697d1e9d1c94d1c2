//! How does each model and operation of the client look to a user's program?
//!
//! The definitions omit documentation and the models' function bodies, because the diff of the client shows them.
//! Comments list the details of the document that Rust cannot express.

mod directions;
mod facts;

use std::collections::BTreeMap;

use heck::ToSnakeCase as _;
use serde_json::Value;
use syn::{Attribute, Fields, ImplItem, ImplItemFn, Item, ItemImpl, Type};

use self::facts::Facts;
use crate::compile;
use support::{document, generated};

/// Returns the definition of each model in a document's client, by name.
pub(crate) fn models(document: &Value, client: &str) -> BTreeMap<String, String> {
    let file = syn::parse_file(client).unwrap();
    let facts = Facts::new(document, &file);
    let mut models: BTreeMap<String, Vec<Item>> = BTreeMap::new();
    // The operations follow the types and begin with an import.
    let types = file.items.into_iter().take_while(|item| !matches!(item, Item::Use(_)));
    for item in types.filter(|item| !is_shared(item)) {
        models.entry(name(&item)).or_default().push(stripped(item));
    }
    let definitions = models.into_iter().map(|(name, items)| {
        let definition = commented(facts.of_model(&name), &print(items));
        (name, definition)
    });
    definitions.collect()
}

/// Returns true for the constant with the operations' common path, and for the macro call that lists all models.
fn is_shared(item: &Item) -> bool {
    matches!(item, Item::Const(_) | Item::Macro(_))
}

/// Returns the definition of each operation by name, with the error statuses that it documents.
pub(crate) fn operations(document: &Value, client: &str) -> BTreeMap<String, String> {
    let file = syn::parse_file(client).unwrap();
    let facts = Facts::new(document, &file);
    let methods = file.items.into_iter().filter_map(|item| match item {
        Item::Impl(block) if block.self_ty == syn::parse_quote!(Client) => Some(block.items),
        _ => None,
    });
    let methods = methods.flatten().filter_map(|item| match item {
        ImplItem::Fn(method) => Some(method),
        _ => None,
    });
    let (operations, streams): (Vec<_>, Vec<_>) =
        methods.partition(|method: &ImplItemFn| method.sig.asyncness.is_some());
    let definitions = operations.into_iter().map(|method| {
        let name = method.sig.ident.to_string();
        let own = streams.iter().filter(|stream| is_stream_of(stream, &name)).cloned();
        let definition = commented(facts.of_operation(&name), &operation(method, own));
        (name, definition)
    });
    definitions.collect()
}

/// Returns true if a method streams the pages or items of an operation.
fn is_stream_of(method: &ImplItemFn, operation: &str) -> bool {
    let name = method.sig.ident.to_string();
    ["_items", "_pages"].iter().any(|suffix| name.strip_suffix(suffix) == Some(operation))
}

fn commented(lines: Vec<String>, code: &str) -> String {
    let comment: String = lines.into_iter().map(|line| format!("// {line}\n")).collect();
    comment + code
}

fn operation(mut method: ImplItemFn, streams: impl Iterator<Item = ImplItemFn>) -> String {
    let docs: Vec<String> = method.attrs.iter().filter_map(doc).collect();
    let text = docs.concat();
    let shared = text.split_once("(crate::statuses): ").and_then(|(_, list)| list.split_once('.'));
    let shared = shared.into_iter().flat_map(|(list, _)| list.split(", "));
    let own = docs.iter().filter_map(|line| line.strip_prefix(" - ")?.split_once(':'));
    let own = own.map(|(status, _)| status).filter(|status| !status.starts_with('`'));
    let statuses: Vec<&str> = shared.chain(own).map(str::trim).collect();
    let without_docs = |method: &mut ImplItemFn| {
        method.attrs.retain(|attribute| attribute.path().is_ident("deprecated"));
    };
    without_docs(&mut method);
    let streams = streams.map(|mut stream| {
        without_docs(&mut stream);
        stream
    });
    let block: ItemImpl = syn::parse_quote!(impl Client { #method #(#streams)* });
    format!("// documented errors: {}\n{}", statuses.join(" "), print(vec![Item::Impl(block)]))
}

fn name(item: &Item) -> String {
    match item {
        Item::Struct(item) => item.ident.to_string(),
        Item::Enum(item) => item.ident.to_string(),
        Item::Impl(item) => model(item),
        Item::Mod(item) => item.ident.to_string(),
        _ => panic!("models have no items of this kind"),
    }
}

/// Returns the model to which an `impl` belongs. A conversion from a model to `String` belongs to the model.
fn model(item: &ItemImpl) -> String {
    let text = |ty: &Type| quote::quote!(#ty).to_string();
    match (&item.trait_, text(&item.self_ty)) {
        (Some((path, ..)), ty) if ty == "String" => {
            let path = quote::quote!(#path).to_string();
            path.trim_start_matches("From < ").trim_end_matches(" >").to_owned()
        }
        (_, ty) => ty,
    }
}

/// Removes documentation and function bodies from an item.
fn stripped(mut item: Item) -> Item {
    match &mut item {
        Item::Struct(item) => {
            without_docs(&mut item.attrs);
            without_field_docs(&mut item.fields);
        }
        Item::Enum(item) => {
            without_docs(&mut item.attrs);
            for variant in &mut item.variants {
                without_docs(&mut variant.attrs);
                without_field_docs(&mut variant.fields);
            }
        }
        Item::Impl(item) => item.items.iter_mut().for_each(without_body),
        _ => {}
    }
    item
}

fn without_field_docs(fields: &mut Fields) {
    fields.iter_mut().for_each(|field| without_docs(&mut field.attrs));
}

fn without_docs(attributes: &mut Vec<Attribute>) {
    attributes.retain(|attribute| doc(attribute).is_none());
}

fn without_body(item: &mut ImplItem) {
    if let ImplItem::Fn(function) = item {
        without_docs(&mut function.attrs);
        function.block.stmts.clear();
    }
}

fn doc(attribute: &Attribute) -> Option<String> {
    let syn::Meta::NameValue(pair) = &attribute.meta else { return None };
    let syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) = &pair.value else {
        return None;
    };
    pair.path.is_ident("doc").then(|| text.value())
}

fn print(items: Vec<Item>) -> String {
    prettyplease::unparse(&syn::parse_quote!(#(#items)*))
}

/// Returns the source of the checked-in client: its types, followed by its operations.
pub(crate) fn client() -> String {
    let files = ["types", "operations"];
    files.map(|file| document::read(&format!("generated-client/src/generated/{file}.rs"))).concat()
}

fn parsed(document: &str) -> Value {
    serde_yaml::from_str(document).unwrap()
}

#[test]
fn each_model() {
    let models = models(&parsed(&document::TEXT), &client());
    assert!(models.keys().eq(generated::MODELS.iter()), "the table lists different models");
    for (name, definition) in models {
        insta::with_settings!({ description => document::component_page(&name), omit_expression => true }, {
            insta::assert_snapshot!(name, definition);
        });
    }
}

#[test]
fn each_operation() {
    let documented = document::operations();
    for (name, body) in operations(&parsed(&document::TEXT), &client()) {
        let operation = documented.iter().find(|operation| operation.id.to_snake_case() == name);
        let page = operation.expect("each method belongs to an operation of the document").page;
        insta::with_settings!({ description => page, omit_expression => true }, {
            insta::assert_snapshot!(name, body);
        });
    }
}

/// Covers kinds of models and operations that might be added to the document.
#[test]
fn kinds_that_might_be_added_to_the_document() {
    let text = compile::document_with_every_kind();
    let client = compile::client(&text);
    let document = parsed(&text);
    let (models, operations) = (models(&document, &client), operations(&document, &client));
    for name in [
        "Box",
        "Event",
        "ListThingsKind",
        "Part",
        "Shelf",
        "ThingInline",
        "ThingKind",
        "browse_shelf",
        "delete_thing",
        "get_events",
        "get_pair",
        "list_things",
        "read_notes",
    ] {
        let definition = models.get(name).or(operations.get(name)).unwrap();
        insta::with_settings!({ omit_expression => true, description => "no page; the document has none of this kind yet" }, {
            insta::assert_snapshot!(name, definition);
        });
    }
}

/// Returns the client of a document in which a response has this schema.
fn client_of(schema: &str) -> String {
    compile::client(&compile::document_with(&format!(
        "paths: {{ /v1/choice: {{ get: {{ operationId: getChoice, responses: {{ '200': {{ description: Done., \
         content: {{ application/json: {{ schema: {{ $ref: '#/components/schemas/Choice' }} }} }} }} }} }} }} }}\n\
         components: {{ schemas: {{ Choice: {{ {schema} }} }} }}\n"
    )))
}

#[test]
fn alternatives_that_only_require_members_do_not_change_the_client() {
    let members = "type: object, properties: { a: { type: string }, b: { type: integer } }";
    let condition = "oneOf: [{ required: [a] }, { type: object, required: [b] }]";
    let (whole, part) = (client_of(members), client_of(&format!("allOf: [{{ {members} }}]")));
    assert_eq!(client_of(&format!("{members}, {condition}")), whole);
    assert_eq!(client_of(&format!("{members}, {}", condition.replace("one", "any"))), whole);
    assert_eq!(client_of(&format!("allOf: [{{ {members} }}, {{ {condition} }}]")), part);
    assert_eq!(client_of(&format!("allOf: [{{ {members} }}], {condition}")), part);
}
