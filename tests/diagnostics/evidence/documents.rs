//! Tests of the problems that are reported if the document changes but its evidence does not.

use insta::assert_snapshot;

use super::{EVIDENCE, edit, problems};
use support::document::FIXED as DOCUMENT;

/// Returns the problems after replacing every occurrence of a string in the document.
fn problems_after(found: &str, replacement: &str) -> String {
    assert!(DOCUMENT.contains(found), "the document does not contain {found:?}");
    problems(&DOCUMENT.replace(found, replacement), &EVIDENCE)
}

/// Returns the problems of the `getOverage` request after a replacement in a part that several operations share.
fn problems_of_get_overage(found: &str, replacement: &str) -> String {
    let problems = problems_after(found, replacement);
    let of_message = |line: &&str| line.starts_with("spec/documented/get-overage.request.http: ");
    problems.lines().filter(of_message).collect::<Vec<_>>().join("\n")
}

#[test]
fn an_example_that_differs_by_a_digit() {
    assert_snapshot!(problems_after(" amount: 100\n", " amount: 101\n"), @"
    spec/documented/get-usage-budget.response.http: `/amount` is `100`, but `101` in the example `documented`; correct the example, or write an erratum
    spec/documented/update-usage-budget.request.http: `/amount` is `100`, but `101` in the example `documented`; correct the example, or write an erratum
    spec/documented/update-usage-budget.response.http: `/amount` is `100`, but `101` in the example `documented`; correct the example, or write an erratum
    ");
}

#[test]
fn an_example_with_different_digits_for_the_same_number() {
    assert_snapshot!(problems_after(" amount: 100\n", " amount: 100.0\n"), @"
    spec/documented/get-usage-budget.response.http: `/amount` is `100`, but `100.0` in the example `documented`; correct the example, or write an erratum
    spec/documented/update-usage-budget.request.http: `/amount` is `100`, but `100.0` in the example `documented`; correct the example, or write an erratum
    spec/documented/update-usage-budget.response.http: `/amount` is `100`, but `100.0` in the example `documented`; correct the example, or write an erratum
    ");
}

#[test]
fn an_example_with_a_string_instead_of_a_number() {
    assert_snapshot!(problems_after(" amount: 100\n", " amount: '100'\n"), @r#"
    spec/documented/get-usage-budget.response.http: `/amount` is `100`, but `"100"` in the example `documented`; correct the example, or write an erratum
    spec/documented/update-usage-budget.request.http: `/amount` is `100`, but `"100"` in the example `documented`; correct the example, or write an erratum
    spec/documented/update-usage-budget.response.http: `/amount` is `100`, but `"100"` in the example `documented`; correct the example, or write an erratum
    "#);
}

#[test]
fn an_example_named_documented_without_a_message() {
    assert_snapshot!(problems_after(" noRelationship:\n", " documented:\n"), @"the document: /components/responses/Forbidden/content/application~1json/examples/documented: no message documents this example `documented`; copy the page's message to spec/documented and list it in spec/documented/index.toml, or rename the example");
}

#[test]
fn a_renamed_member() {
    assert_snapshot!(problems_after("        totalCount:\n", "        count:\n"), @"spec/documented/get-overage.response.http: `/totalCount` is not declared; declare it, or write an erratum");
}

#[test]
fn a_renamed_path() {
    assert_snapshot!(problems_after("/usagebudget:\n", "/spendingbudget:\n"), @"
    spec/documented/get-usage-budget.request.http: the URL of `getUsageBudget` is a server URL followed by `/v1/customers/{customer-tenant-id}/spendingbudget`; correct the document, or write an erratum
    spec/documented/update-usage-budget.request.http: the URL of `updateUsageBudget` is a server URL followed by `/v1/customers/{customer-tenant-id}/spendingbudget`; correct the document, or write an erratum
    ");
}

#[test]
fn a_changed_method() {
    assert_snapshot!(problems_after("    patch:\n", "    put:\n"), @"spec/documented/update-usage-budget.request.http: `updateUsageBudget` is a PUT; correct the document, or write an erratum");
}

#[test]
fn a_renamed_header() {
    assert_snapshot!(problems_of_get_overage("name: X-Locale\n", "name: Accept-Language\n"), @"spec/documented/get-overage.request.http: `X-Locale` is not declared; declare it, or write an erratum");
}

#[test]
fn a_header_that_becomes_required() {
    let declaration = "name: MS-PartnerCenter-Application\n      in: header\n      required: ";
    let (optional, required) = (format!("{declaration}false"), format!("{declaration}true"));
    assert_snapshot!(problems_of_get_overage(&optional, &required), @"spec/documented/get-overage.request.http: `MS-PartnerCenter-Application` is missing, although it is required; correct the document, or write an erratum");
}

#[test]
fn an_operation_that_inherits_the_security_of_the_document() {
    let of_operations = "\n      security:\n        - AppOnly:";
    assert!(DOCUMENT.contains(of_operations));
    let document = DOCUMENT.replace(of_operations, "\n      x-security:\n        - AppOnly:");
    let mut evidence = EVIDENCE.clone();
    evidence.errata.push(edit("get-overage.request.http", "Bearer ", "Basic "));
    assert_snapshot!(problems(&document, &evidence), @"spec/documented/get-overage.request.http: `Authorization` has no bearer token; write an erratum");
}

#[test]
fn a_renamed_operation() {
    assert_snapshot!(problems_after("operationId: getOverage\n", "operationId: readOverage\n"), @"
    spec/documented/index.toml: `get-overage.request.http` does not belong to any operation of the document; write `readOverage`
    spec/documented/index.toml: `get-overage.response.http` does not belong to any operation of the document; write `readOverage`
    ");
}

#[test]
fn a_renamed_operation_with_a_name_like_another_operation() {
    assert_snapshot!(problems_after("operationId: getUsageBudget\n", "operationId: readBudget\n"), @"
    spec/documented/index.toml: `get-usage-budget.request.http` does not belong to any operation of the document; write `readBudget`
    spec/documented/index.toml: `get-usage-budget.response.http` does not belong to any operation of the document; write `readBudget`
    ");
}

#[test]
fn a_renamed_operation_with_another_method() {
    let before = "    get:\n      operationId: getUsageBudget\n";
    let after = "    post:\n      operationId: readBudget\n";
    assert_snapshot!(problems_after(before, after), @"
    spec/documented/index.toml: `get-usage-budget.request.http` does not belong to any operation of the document; use an operationId from the document, or remove the entry
    spec/documented/index.toml: `get-usage-budget.response.http` does not belong to any operation of the document; use an operationId from the document, or remove the entry
    ");
}

#[test]
fn a_document_that_is_not_yaml() {
    assert_snapshot!(problems("openapi: 3.0.3\n\tpaths: {}\n", &EVIDENCE), @"the document: a tab in the indentation; indent with spaces");
}
