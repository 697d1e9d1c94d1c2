//! Does each change of an operation get the right severity?

use diff::Severity::{self, Breaking, Compatible, Documentation};

use crate::{schemas, small};

/// A change: the operation's members before, its members after, the rule and the severity.
type Case = (&'static str, &'static str, &'static str, Severity);

const CASES: &[Case] = &[
    (
        "parameters: []",
        "parameters: [{ name: q, in: query, schema: {} }]",
        "parameter-added",
        Compatible,
    ),
    (
        "parameters: []",
        "parameters: [{ name: q, in: query, required: true, schema: {} }]",
        "required-parameter-added",
        Breaking,
    ),
    (
        "parameters: [{ name: q, in: cookie, schema: {} }]",
        "parameters: []",
        "parameter-removed",
        Breaking,
    ),
    (
        "parameters: [{ name: q, in: query, schema: {} }]",
        "parameters: [{ name: q, in: query, required: true, schema: {} }]",
        "parameter-required",
        Breaking,
    ),
    (
        "parameters: [{ name: q, in: query, required: true, schema: {} }]",
        "parameters: [{ name: q, in: query, schema: {} }]",
        "parameter-optional",
        Compatible,
    ),
    (
        "parameters: [{ name: q, in: query, explode: true, schema: {} }]",
        "parameters: [{ name: q, in: query, explode: false, schema: {} }]",
        "encoding-changed",
        Breaking,
    ),
    (
        "parameters: [{ name: q, in: query, schema: { type: string } }]",
        "parameters: [{ name: q, in: query, schema: { type: integer } }]",
        "type-changed",
        Breaking,
    ),
    (
        "parameters: [{ name: q, in: query, schema: {} }]",
        "parameters: [{ name: q, in: query, allowEmptyValue: true, schema: {} }]",
        "empty-value-allowed",
        Compatible,
    ),
    (
        "parameters: [{ name: q, in: query, allowEmptyValue: true, schema: {} }]",
        "parameters: [{ name: q, in: query, schema: {} }]",
        "empty-value-forbidden",
        Breaking,
    ),
    ("tags: []", "requestBody: { content: { a/b: {} } }", "body-added", Compatible),
    (
        "tags: []",
        "requestBody: { required: true, content: { a/b: {} } }",
        "required-body-added",
        Breaking,
    ),
    ("requestBody: { content: { a/b: {} } }", "tags: []", "body-removed", Breaking),
    (
        "requestBody: { content: { a/b: {} } }",
        "requestBody: { required: true, content: { a/b: {} } }",
        "body-required",
        Breaking,
    ),
    (
        "requestBody: { required: true, content: { a/b: {} } }",
        "requestBody: { content: { a/b: {} } }",
        "body-optional",
        Compatible,
    ),
    (
        "requestBody: { content: { a/b: {} } }",
        "requestBody: { content: { a/b: {}, a/c: {} } }",
        "media-type-added",
        Compatible,
    ),
    (
        "requestBody: { content: { a/b: {}, a/c: {} } }",
        "requestBody: { content: { a/b: {} } }",
        "media-type-removed",
        Breaking,
    ),
    (
        "responses: { '200': { description: A. } }",
        "responses: { '200': { description: A. }, '201': { description: A. } }",
        "status-added",
        Breaking,
    ),
    (
        "responses: { '200': { description: A. }, '201': { description: A. } }",
        "responses: { '200': { description: A. } }",
        "status-removed",
        Breaking,
    ),
    (
        "responses: { '200': { description: A. } }",
        "responses: { '200': { description: A. }, default: { description: A. } }",
        "error-status-added",
        Compatible,
    ),
    (
        "responses: { '200': { description: A. }, '404': { description: A. } }",
        "responses: { '200': { description: A. } }",
        "error-status-removed",
        Compatible,
    ),
    (
        "responses: { '200': { description: A. } }",
        "responses: { 2XX: { description: A. } }",
        "status-added",
        Breaking,
    ),
    (
        "responses: { 2XX: { description: A. } }",
        "responses: { '200': { description: A. } }",
        "status-narrowed",
        Compatible,
    ),
    (
        "responses: { '200': { description: A. }, '404': { description: A. } }",
        "responses: { '200': { description: A. }, 4XX: { description: A. } }",
        "error-status-added",
        Compatible,
    ),
    (
        "responses: { '200': { description: A. } }",
        "responses: { '200': { description: A., headers: { h: { schema: {} } } } }",
        "header-added",
        Compatible,
    ),
    (
        "responses: { '200': { description: A., headers: { h: { schema: {} } } } }",
        "responses: { '200': { description: A. } }",
        "header-removed",
        Breaking,
    ),
    (
        "responses: { '200': { description: A., headers: { h: { schema: {} } } } }",
        "responses: { '200': { description: A., headers: { H: { required: true, schema: {} } } } }",
        "header-required",
        Compatible,
    ),
    (
        "responses: { '200': { description: A., headers: { h: { required: true, schema: {} } } } }",
        "responses: { '200': { description: A., headers: { h: { schema: {} } } } }",
        "header-optional",
        Breaking,
    ),
    (
        "tags: []",
        "servers: [{ url: https://a.example }, { url: https://b.example }]",
        "server-added",
        Compatible,
    ),
    (
        "servers: [{ url: https://a.example }, { url: https://b.example }]",
        "tags: []",
        "server-removed",
        Breaking,
    ),
    ("security: [Key: []]", "security: [Key: [], Other: []]", "security-added", Compatible),
    ("security: [Key: []]", "security: [Key: [], {}]", "security-added", Compatible),
    ("security: [Key: [], Other: []]", "security: [Key: []]", "security-removed", Breaking),
    ("security: []", "security: [Key: []]", "security-removed", Breaking),
    ("security: [Key: []]", "security: [{ Key: [], Other: [] }]", "security-removed", Breaking),
    ("callbacks: { a: { b: {} } }", "callbacks: { a: { c: {} } }", "callback-changed", Breaking),
    ("deprecated: false", "deprecated: true", "deprecation-changed", Documentation),
    ("summary: A", "summary: B", "documentation-changed", Documentation),
    ("x-a: 1", "x-a: 2", "extension-changed", Documentation),
    ("tags: []", "operationId: other", "operation-id-changed", Documentation),
];

/// Pairs of operations that are the same on the wire.
const SAME: &[(&str, &str)] = &[
    ("tags: [a, b]", "tags: [b, a]"),
    ("security: [Key: [], Other: []]", "security: [Other: [], Key: []]"),
    ("security: []", "security: [{}]"),
    ("tags: []", "servers: [{ url: https://a.example/ }]"),
    (
        "parameters: [{ name: A, in: header, schema: {} }]",
        "parameters: [{ name: a, in: header, schema: {}, style: simple, explode: false }]",
    ),
    ("requestBody: { content: { 'a/b;c=d': {} } }", "requestBody: { content: { 'A/b; c=d': {} } }"),
];

fn document(members: &str) -> String {
    let responses = match members.contains("responses") {
        true => "",
        false => ", responses: { '200': { description: A. } }",
    };
    let document = small::document(&format!("{members}{responses}"));
    match members.contains("operationId") {
        true => document.replace("operationId: send, ", ""),
        false => document,
    }
}

#[test]
fn each_change_gets_its_rule_and_severity() {
    for (old, new, rule, severity) in CASES {
        let changes = small::wire(&document(old), &document(new));
        let found: Vec<_> = changes.iter().map(|it| (it.rule, it.severity)).collect();
        // Replacing a security requirement removes one and adds one.
        assert!(found.contains(&(rule, *severity)), "{old} → {new}: {found:?}");
        let others = found.iter().filter(|(it, _)| it != rule && !it.starts_with("security"));
        assert_eq!(others.count(), 0, "{old} → {new}: {found:?}");
    }
}

#[test]
fn operations_that_are_the_same_on_the_wire() {
    for (old, new) in SAME {
        for (old, new) in [(old, new), (new, old)] {
            let changes = small::wire(&document(old), &document(new));
            assert!(changes.is_empty(), "{old} → {new}: {changes:#?}");
        }
    }
}

#[test]
fn changes_of_methods_and_paths() {
    let old = document("tags: []");
    let cases = [
        (old.replace("/a/{id}", "/b/{id}"), "path-changed"),
        (old.replace("    put:", "    post:"), "method-changed"),
        (old.replace("    put:", "    x-put:"), "operation-removed"),
        (old.replace("/a/{id}", "/a/{name}"), ""),
    ];
    for (new, rule) in cases {
        let rules: Vec<_> = small::wire(&old, &new).iter().map(|it| it.rule).collect();
        assert_eq!(rules, [rule].into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>());
    }
    let new = old.replace("    put:", "    get: { responses: {} }\n    put:");
    assert_eq!(small::wire(&old, &new)[0].rule, "operation-added");
    let with = |name: &str| {
        let parameter = "parameters: [{ name: id, in: path, required: true, schema: {} }]";
        document(parameter)
            .replace("id}", &format!("{name}}}"))
            .replace("name: id", &format!("name: {name}"))
    };
    assert_eq!(small::wire(&with("id"), &with("key"))[0].rule, "path-parameter-renamed");
}

#[test]
fn a_change_of_a_parameter_names_the_parameter() {
    let document = |schema: &str| {
        document(&format!("parameters: [{{ name: q, in: query, schema: {{ {schema} }} }}]"))
    };
    let changes = small::wire(&document("minLength: 1"), &document("minLength: 2"));
    assert!(
        changes[0]
            .message
            .starts_with("the parameter `q` of `PUT /a/{id}` changes its `minLength`"),
        "{}",
        changes[0].message
    );
}

#[test]
fn schemes_with_the_same_name_are_distinguished_by_their_types() {
    let old = document("security: [Key: []]");
    let new = old.replace("type: apiKey, in: header, name: Key", "type: http, scheme: basic");
    let messages: Vec<_> = small::wire(&old, &new).into_iter().map(|it| it.message).collect();
    assert!(messages[0].contains("no longer accepts `Key` (apiKey)"), "{messages:?}");
    assert!(messages[1].contains("accepts `Key` (http)"), "{messages:?}");
}

#[test]
fn a_changed_server_of_all_operations_is_reported_once() {
    let old =
        document("tags: []").replace("  /a/{id}:", "  /b: { get: { responses: {} } }\n  /a/{id}:");
    let changes = small::wire(&old, &old.replace("https://a.example", "https://b.example"));
    let rules: Vec<_> = changes.iter().map(|it| it.rule).collect();
    assert_eq!(rules, ["server-removed", "server-added"]);
}

/// Security schemes are compared by their content, not by their names.
#[test]
fn a_renamed_security_scheme_does_not_differ() {
    let old = document("security: [Key: []]");
    let new = old.replace("Key: [", "Renamed: [").replace("Key: {", "Renamed: {");
    assert!(small::wire(&old, &new).is_empty());
    let new = old.replace("name: Key", "name: Other");
    let rules: Vec<_> = small::wire(&old, &new).iter().map(|it| it.rule).collect();
    assert_eq!(rules, ["security-removed", "security-added"]);
}

/// The rules that only the test `changes_of_methods_and_paths` covers.
const OF_ADDRESSES: [&str; 5] = [
    "method-changed",
    "operation-added",
    "operation-removed",
    "path-changed",
    "path-parameter-renamed",
];

#[test]
fn each_rule_has_a_case() {
    let cases: Vec<&str> = CASES.iter().map(|(_, _, rule, _)| *rule).collect();
    let known = |id: &str| cases.contains(&id) || schemas::rules().any(|rule| rule == id);
    let rules = diff::rules::all().filter(|rule| rule.area == diff::Area::Wire);
    let missing: Vec<&str> =
        rules.map(|rule| rule.id).filter(|id| !known(id) && !OF_ADDRESSES.contains(id)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}
