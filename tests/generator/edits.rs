//! Does a reviewer see each edit of the document in the snapshots?
//!
//! Each edit must change a snapshot of `definitions`, unless it only changes prose.

use std::collections::BTreeMap;

use serde_yaml::{Mapping, Value};

use crate::{compile, definitions};
use support::document;

type Edit = (&'static str, fn(&mut Value));

const EDITS: [Edit; 26] = [
    ("rename a property", |document| {
        rename(properties(document, "Overage"), "partnerId", "resellerId")
    }),
    ("retype a property", |document| {
        set(property(document, "Overage", "overageEnabled"), "type", "string")
    }),
    ("add an optional property", |document| {
        set(properties(document, "OverageUpdate"), "note", mapping([("type", "string")]))
    }),
    ("remove a property", |document| {
        remove(properties(document, "SpendingBudget"), "usageSpendingBudget")
    }),
    ("require a property", |document| {
        set(
            schema(document, "OverageUpdate"),
            "required",
            vec!["azureEntitlementId", "overageEnabled"],
        )
    }),
    ("no longer require a property", |document| {
        remove(schema(document, "OverageUpdate"), "required")
    }),
    ("no longer allow null", |document| {
        remove(property(document, "SpendingBudgetUpdate", "amount"), "nullable")
    }),
    ("make money a float", |document| {
        remove(property(document, "SpendingBudget", "amount"), "format")
    }),
    ("make an ID a GUID", |document| {
        set(property(document, "Overage", "azureEntitlementId"), "format", "uuid")
    }),
    ("add a known value", |document| {
        let values = vec!["PhoneServices", "Storage"];
        set(property(document, "Overage", "type"), "x-extensible-enum", values)
    }),
    ("close an enum", |document| {
        let kind = property(document, "Overage", "type");
        remove(kind, "x-extensible-enum");
        set(kind, "enum", vec!["PhoneServices"]);
    }),
    ("refer to another schema", |document| {
        let reference = mapping([("$ref", "#/components/schemas/ResourceLinks")]);
        set(properties(document, "Overage"), "links", reference)
    }),
    ("reorder properties", |document| {
        let properties = properties(document, "OverageUpdate").as_mapping_mut().unwrap();
        let first = properties.shift_remove("azureEntitlementId").unwrap();
        properties.insert("azureEntitlementId".into(), first);
    }),
    ("rename an operation", |document| {
        set(operation(document, "usagebudget", "get"), "operationId", "readBudget")
    }),
    ("change a path", |document| {
        let mut item = document["paths"][path("usagebudget")].clone();
        remove(&mut item, "patch");
        remove(&mut document["paths"][path("usagebudget")], "get");
        set(&mut document["paths"], &path("spendingbudget"), item);
    }),
    ("change a method", |document| {
        rename(&mut document["paths"][path("usagebudget")], "patch", "put")
    }),
    ("change the success status", |document| {
        rename(&mut operation(document, "usagebudget", "patch")["responses"], "200", "201")
    }),
    ("remove an error status", |document| {
        remove(&mut operation(document, "usagebudget", "get")["responses"], "404")
    }),
    ("let the caller set a header", |document| {
        let mut header = document["components"]["parameters"]["XLocale"].clone();
        remove(&mut header, "x-client-managed");
        set(operation(document, "usagebudget", "get"), "parameters", vec![header]);
    }),
    ("deprecate a property", |document| {
        set(property(document, "Overage", "partnerId"), "deprecated", true)
    }),
    ("deprecate a schema", |document| set(schema(document, "Link"), "deprecated", true)),
    ("deprecate an operation", |document| {
        set(operation(document, "usagebudget", "patch"), "deprecated", true)
    }),
    ("accept only one kind of token", |document| {
        let tokens = document["security"].clone();
        set(operation(document, "usagebudget", "get"), "security", vec![tokens[0].clone()]);
    }),
    ("require a different scope", |document| {
        let tokens = &mut operation(document, "usagebudget", "get")["security"];
        tokens[0]["AppOnly"] = vec!["https://graph.windows.net/.default"].into();
    }),
    ("change the security that operations inherit", |document| {
        remove(operation(document, "usagebudget", "get"), "security");
        document["security"] = Value::Sequence(Vec::new());
    }),
    ("receive a model that was only sent", |document| {
        let reference = mapping([("$ref", "#/components/schemas/AzureResourceGroup")]);
        set(properties(document, "Overage"), "azureResourceGroup", reference)
    }),
];

const PROSE: [Edit; 4] = [
    ("describe a property", |document| {
        set(property(document, "Overage", "partnerId"), "description", "Else.")
    }),
    ("describe a schema", |document| set(schema(document, "Overage"), "description", "Else.")),
    ("summarize an operation", |document| {
        set(operation(document, "usagebudget", "get"), "summary", "Else")
    }),
    ("describe an error", |document| {
        set(&mut document["components"]["responses"]["NotFound"], "description", "Else.")
    }),
];

fn path(end: &str) -> String {
    format!("/v1/customers/{{customer-tenant-id}}/{end}")
}

fn operation<'a>(document: &'a mut Value, end: &str, method: &str) -> &'a mut Value {
    &mut document["paths"][path(end)][method]
}

fn schema<'a>(document: &'a mut Value, name: &str) -> &'a mut Value {
    &mut document["components"]["schemas"][name]
}

fn properties<'a>(document: &'a mut Value, model: &str) -> &'a mut Value {
    &mut schema(document, model)["properties"]
}

fn property<'a>(document: &'a mut Value, model: &str, name: &str) -> &'a mut Value {
    &mut properties(document, model)[name]
}

fn set(target: &mut Value, name: &str, value: impl Into<Value>) {
    target.as_mapping_mut().unwrap().insert(name.into(), value.into());
}

fn remove(target: &mut Value, name: &str) {
    target
        .as_mapping_mut()
        .unwrap()
        .shift_remove(name)
        .unwrap_or_else(|| panic!("there is no {name}"));
}

fn rename(target: &mut Value, from: &str, to: &str) {
    let members = std::mem::take(target.as_mapping_mut().unwrap());
    assert!(members.contains_key(from), "there is no {from}");
    let renamed = members
        .into_iter()
        .map(|(name, value)| if name == from { (to.into(), value) } else { (name, value) });
    *target = Value::Mapping(renamed.collect());
}

fn mapping<const N: usize>(members: [(&str, &str); N]) -> Value {
    Value::Mapping(Mapping::from_iter(members.map(|(name, value)| (name.into(), value.into()))))
}

/// Returns the snapshots of `definitions` for a document, by name.
fn reviewed(document: &str) -> BTreeMap<String, String> {
    let client = compile::client(document);
    let document = serde_yaml::from_str(document).unwrap();
    let mut reviewed = definitions::models(&document, &client);
    reviewed.append(&mut definitions::operations(&document, &client));
    reviewed
}

/// Returns the names of the snapshots that an edit changes.
fn changed(edit: fn(&mut Value)) -> Vec<String> {
    let mut document: Value = serde_yaml::from_str(&document::FIXED).unwrap();
    edit(&mut document);
    let (before, after) =
        (reviewed(&document::FIXED), reviewed(&serde_yaml::to_string(&document).unwrap()));
    let names = before.keys().chain(after.keys().filter(|name| !before.contains_key(*name)));
    names.filter(|name| before.get(*name) != after.get(*name)).cloned().collect()
}

#[test]
fn what_each_edit_changes() {
    let lines = EDITS.map(|(name, edit)| {
        let changed = changed(edit);
        assert!(!changed.is_empty(), "no snapshot shows the edit: {name}");
        format!("{name}: {}", changed.join(", "))
    });
    insta::with_settings!({ omit_expression => true }, { insta::assert_snapshot!(lines.join("\n")) });
}

#[test]
fn edits_of_prose_change_no_snapshot() {
    for (name, edit) in PROSE {
        assert_eq!(changed(edit), Vec::<String>::new(), "{name}");
    }
}
