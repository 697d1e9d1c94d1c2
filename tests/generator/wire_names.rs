//! Does the client use each name and value exactly as it is spelled in the document?

mod source;

use std::{cell::Cell, collections::BTreeSet};

use document::Severity;
use proc_macro2::TokenStream;
use proptest::{
    prelude::*,
    sample::select,
    test_runner::{Config, RngSeed, TestRunner},
};
use serde_json::json;

use self::source::{Wire, texts};

/// Fragments of names that a step of the generator might misinterpret.
const PIECES: [&str; 49] = [
    " ",
    "  ",
    "::",
    ":",
    "\"",
    "'",
    "\\",
    "/",
    "{}",
    "{",
    "}",
    "\n",
    "\t",
    "r#",
    "#",
    "type",
    "self",
    "Self",
    "_",
    "-",
    ".",
    ",",
    "$",
    "`",
    "```",
    "///",
    "*/",
    "é",
    "e\u{301}",
    "\u{212b}",
    "\u{1100}\u{1161}",
    "ß",
    "🦀",
    "\u{200f}",
    "\u{a0}",
    "1",
    "a",
    "A",
    "bC",
    "::std::option::Option",
    "::std::vec::Vec",
    "Vec <",
    "query_param",
    "@codegen ",
    "null",
    "\u{feff}",
    "\u{2028}",
    "\u{85}",
    "\r",
];

/// Generates a name from fragments that are hard to handle, or from arbitrary characters.
fn name() -> impl Strategy<Value = String> {
    let pieces = prop::collection::vec(select(&PIECES[..]), 1..5).prop_map(|it| it.concat());
    prop_oneof![4 => pieces, 1 => "\\PC{1,8}", 1 => "[ -~]{1,8}"]
}

/// Generates a header name.
fn header() -> impl Strategy<Value = String> {
    "X[A-Za-z0-9!#$%&'*+.^_`|~-]{0,6}"
}

/// One name or value of each kind that the test document contains.
#[derive(Clone, Debug)]
struct Names {
    property: String,
    closed: String,
    extensible: String,
    query: String,
    header: String,
}

prop_compose! {
    fn names()(
        property in name(),
        closed in name(),
        extensible in name(),
        query in name(),
        header in header(),
    ) -> Names {
        Names { property, closed, extensible, query, header }
    }
}

impl Names {
    fn document(&self) -> String {
        let Self { property, closed, extensible, query, header } = self;
        json!({
            "openapi": "3.0.3",
            "info": { "title": "Names", "version": "1.0.0" },
            "paths": { "/v1/things": { "put": {
                "operationId": "putThing",
                "parameters": [
                    { "name": query, "in": "query", "schema": { "type": "string" } },
                    { "name": header, "in": "header", "schema": { "type": "string" } },
                ],
                "requestBody": { "required": true, "content": { "application/json": {
                    "schema": { "$ref": "#/components/schemas/Thing" },
                } } },
                "responses": { "200": { "description": "Done.", "content": { "application/json": {
                    "schema": { "$ref": "#/components/schemas/Thing" },
                } } } },
            } } },
            "components": { "schemas": {
                "Thing": { "type": "object", "required": [property], "properties": {
                    property: { "type": "string", "nullable": true },
                    "closed": { "$ref": "#/components/schemas/Closed" },
                    "extensible": { "$ref": "#/components/schemas/Extensible" },
                } },
                "Closed": { "type": "string", "enum": [closed] },
                "Extensible": { "type": "string", "x-extensible-enum": [extensible] },
            } },
        })
        .to_string()
    }
}

fn set(names: &[&String]) -> BTreeSet<String> {
    names.iter().map(|name| (*name).clone()).collect()
}

/// Returns true if lint accepts a document with these names. Fails if its client uses different names.
fn check(names: &Names) -> Result<bool, TestCaseError> {
    let text = names.document();
    let found = lint::lint(text.as_bytes(), false);
    if found.iter().any(|diagnostic| diagnostic.severity == Severity::Error) {
        return Ok(false);
    }
    let generated = codegen::generate("document.json", &text)
        .map_err(|refused| TestCaseError::fail(format!("no rule covers {refused:?}")))?;
    let support = generated.support.unwrap();
    let client = Wire::of(&(generated.types + &generated.operations));
    let mock = Wire::of(&support.mock);
    let (closed, extensible) = ("closed".to_owned(), "extensible".to_owned());
    prop_assert_eq!(client.members, set(&[&names.property, &closed, &extensible]));
    prop_assert_eq!(client.required, set(&[&names.property]));
    prop_assert_eq!(client.values, set(&[&names.closed, &names.extensible]));
    prop_assert!(client.patterns.is_superset(&set(&[&names.closed, &names.extensible])));
    let mut parameters = mock.parameters;
    parameters.remove("content-type");
    prop_assert_eq!(&parameters, &set(&[&names.query, &names.header]));
    prop_assert_eq!(client.parameters, parameters);
    prop_assert!(
        texts(support.examples.parse::<TokenStream>().unwrap()).contains(&names.extensible)
    );
    Ok(true)
}

#[test]
fn arbitrary_names() {
    let config = Config {
        cases: 400,
        rng_seed: RngSeed::Fixed(1),
        failure_persistence: None,
        ..Config::default()
    };
    let accepted = Cell::new(0);
    let outcome = TestRunner::new(config).run(&names(), |names| {
        accepted.set(accepted.get() + u32::from(check(&names)?));
        Ok(())
    });
    outcome.unwrap_or_else(|failure| panic!("{failure}"));
    assert!(accepted.get() > 200, "lint accepts only {} of the documents", accepted.get());
}

#[test]
fn names_with_spaces_and_colons() {
    let [property, closed, extensible, query, header] =
        ["cost center", "Calling Plans", "::p", "page size", "X-Page"].map(str::to_owned);
    let is_accepted = check(&Names { property, closed, extensible, query, header });
    assert!(is_accepted.unwrap_or_else(|failure| panic!("{failure}")));
}
