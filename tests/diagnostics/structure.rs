//! Do the rules about the object model reject everything that OpenAPI's own JSON Schema rejects?

use jsonschema::Validator;
use serde_json::Value;

use support::{
    document,
    mutation::{Change, pointers},
};

/// Returns a validator for OpenAPI's JSON Schema: <https://spec.openapis.org/oas/3.0/schema/2021-09-28>.
fn official() -> Validator {
    let schema = document::read("tests/documents/openapi/3.0.schema.json");
    jsonschema::draft4::new(&serde_json::from_str(&schema).unwrap()).unwrap()
}

fn every_member() -> Value {
    serde_yaml::from_str(&document::read("tests/documents/openapi/every_member.yaml")).unwrap()
}

/// Returns true if a document breaks no rule about YAML or the object model.
fn is_valid(document: &Value) -> bool {
    let diagnostics = lint::lint(document.to_string().as_bytes(), false);
    let model = |id| {
        let mut groups =
            lint::groups().filter(|group| group.rules.iter().any(|rule| rule.id == id));
        groups.any(|group| ["YAML", "OpenAPI 3.0"].contains(&group.title))
    };
    !diagnostics.iter().any(|diagnostic| model(diagnostic.rule))
}

#[test]
fn a_document_with_every_member_is_valid() {
    assert!(official().is_valid(&every_member()));
    assert!(is_valid(&every_member()));
}

#[test]
fn each_change_that_the_json_schema_rejects_is_reported() {
    let (official, original) = (official(), every_member());
    for pointer in pointers(&original) {
        for change in [Change::Drop, Change::Extend, Change::Null, Change::Number, Change::Text] {
            let mut changed = original.clone();
            change.apply(&mut changed, &pointer);
            let refused = || official.validate(&changed).err().map(|error| error.to_string());
            assert_eq!(is_valid(&changed).then(refused).flatten(), None, "{pointer}");
        }
    }
}
