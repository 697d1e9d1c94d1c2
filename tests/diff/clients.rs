//! Is each change of a public item reported with the right rule?

use diff::{Area, Severity, Sources};

use crate::small;

/// A change: the source before, the source after, and the rule.
type Case = (&'static str, &'static str, &'static str);

const CASES: &[Case] = &[
    ("pub struct A;", "", "rust-type-removed"),
    ("", "pub struct A;", "rust-type-added"),
    ("pub struct A { pub a: u8 }", "pub struct B { pub a: u8 }", "rust-type-renamed"),
    ("pub struct A;", "pub enum A {}", "rust-type-form"),
    ("pub struct A { pub a: u8 }", "pub struct A {}", "rust-member-removed"),
    (
        "pub struct A { #[serde(rename = \"x\")] pub a: u8, pub c: u8 }",
        "pub struct A { #[serde(rename = \"x\")] pub b: u8, pub d: u8 }",
        "rust-member-renamed",
    ),
    ("pub struct A { pub a: u8 }", "pub struct A { pub b: u8 }", "rust-member-renamed"),
    (
        "#[non_exhaustive] pub struct A {}",
        "#[non_exhaustive] pub struct A { pub a: u8 }",
        "rust-member-added",
    ),
    ("pub struct A {}", "pub struct A { pub a: u8 }", "rust-member-added-exhaustive"),
    ("pub struct A { pub a: u8 }", "pub struct A { pub a: Option<u8> }", "rust-member-type"),
    ("pub enum A { B }", "pub enum A {}", "rust-variant-removed"),
    ("#[non_exhaustive] pub enum A {}", "#[non_exhaustive] pub enum A { B }", "rust-variant-added"),
    ("pub enum A {}", "pub enum A { B }", "rust-variant-added-exhaustive"),
    ("pub enum A { B(u8) }", "pub enum A { B(u16) }", "rust-variant-payload"),
    ("pub struct A; impl A { pub fn b() {} }", "pub struct A; impl A {}", "rust-method-removed"),
    (
        "pub struct A; impl A { pub fn b() {} }",
        "pub struct A; impl A { fn b() {} }",
        "rust-method-removed",
    ),
    ("pub struct A; impl A {}", "pub struct A; impl A { pub fn b() {} }", "rust-method-added"),
    ("pub fn a() {}", "pub fn a(b: u8) {}", "rust-argument-added"),
    ("pub fn a(b: u8) {}", "pub fn a() {}", "rust-argument-removed"),
    ("pub fn a(b: u8) {}", "pub fn a(b: u16) {}", "rust-argument-type"),
    ("pub fn a(b: u8, c: u8) {}", "pub fn a(c: u8, b: u8) {}", "rust-argument-type"),
    ("pub fn a(b: String) {}", "pub fn a(b: impl Into<String>) {}", "rust-argument-widened"),
    ("pub fn a(b: u8) {}", "pub fn a(c: u8) {}", "rust-argument-renamed"),
    ("pub fn a() {}", "pub fn a() -> u8 { 1 }", "rust-result-type"),
    ("pub fn a() {}", "pub async fn a() {}", "rust-signature"),
    (
        "pub struct A; impl A { pub fn b(&self) {} }",
        "pub struct A; impl A { pub fn b(&mut self) {} }",
        "rust-signature",
    ),
    ("#[derive(Clone, Eq)] pub struct A;", "#[derive(Eq)] pub struct A;", "rust-trait-removed"),
    ("pub struct A; impl From<u8> for A {}", "pub struct A;", "rust-trait-removed"),
    ("pub struct A;", "#[derive(Clone)] pub struct A;", "rust-trait-added"),
    ("pub struct A;", "#[non_exhaustive] pub struct A;", "rust-non-exhaustive-added"),
    ("#[non_exhaustive] pub struct A;", "pub struct A;", "rust-non-exhaustive-removed"),
    ("pub fn a() {}", "#[deprecated(note = \"b\")] pub fn a() {}", "rust-deprecated"),
    ("#[deprecated] pub fn a() {}", "pub fn a() {}", "rust-undeprecated"),
    ("pub const A: u8 = 1;", "", "rust-constant-removed"),
    ("", "pub const A: u8 = 1;", "rust-constant-added"),
    ("pub const A: u8 = 1;", "pub const A: u16 = 1;", "rust-constant-type"),
    ("pub const A: u8 = 1;", "pub const A: u8 = 2;", "rust-constant-value"),
    ("pub fn a() {}", "#[cfg(feature = \"b\")] pub fn a() {}", "rust-feature-added"),
    (
        "#[cfg_attr(feature = \"b\", derive(Clone))] pub struct A;",
        "#[derive(Clone)] pub struct A;",
        "rust-feature-removed",
    ),
    ("pub fn a() {}", "#[must_use] pub fn a() {}", "rust-must-use"),
    ("pub use a::B;", "pub use a::C;", "rust-item-changed"),
    ("pub type A = u8;", "pub type A = u16;", "rust-item-changed"),
];

/// A method that the comparison recognizes by the operation that it calls.
const OPERATION: &str =
    "impl Client { pub fn a(&self) { OperationInfo { method: \"GET\", path: \"/a\" } } }";

/// Pairs of sources with the same public items.
const SAME: &[(&str, &str)] = &[
    ("pub struct A { a: u8 }", "pub struct A { b: u16 }"),
    ("pub fn a() {}", "/// Documented.\npub fn a() { b() }"),
    ("pub struct A; pub struct B;", "pub struct B; pub struct A;"),
    ("#[derive(Clone, Eq)] pub struct A;", "#[derive(Eq, Clone)] pub struct A;"),
    ("#[derive(Default)] pub struct A;", "pub struct A; impl std::default::Default for A {}"),
    (
        "pub struct A; impl A { pub fn b(self) {} }",
        "pub struct A; impl A { pub fn b(mut self) {} }",
    ),
    ("pub struct A; impl crate::B for A {}", "pub struct A;"),
    ("pub(crate) const A: u8 = 1; pub(crate) struct B; pub(crate) use c::D;", ""),
    ("fn a() {} struct B; mod c { pub struct D; }", ""),
];

fn differences(old: &str, new: &str) -> Vec<(&'static str, Severity)> {
    let document = small::document("responses: {}");
    let sources = |types| Sources { types, operations: "", mock: "", examples: "" };
    let report = small::compared((&document, sources(old)), (&document, sources(new))).unwrap();
    report.changes_of(Area::Rust).map(|it| (it.rule, it.severity)).collect()
}

#[test]
fn each_change_is_reported_with_its_rule() {
    for (old, new, rule) in CASES {
        let found = differences(old, new);
        assert!(found.iter().any(|(it, _)| it == rule), "{old} → {new}: {found:?}");
        assert!(differences(old, old).is_empty(), "{old}");
    }
}

#[test]
fn sources_with_the_same_public_items_do_not_differ() {
    for (old, new) in SAME {
        for (old, new) in [(old, new), (new, old)] {
            assert_eq!(differences(old, new), [], "{old} → {new}");
        }
    }
}

#[test]
fn a_renamed_method_of_an_operation() {
    let found = differences(OPERATION, &OPERATION.replace("fn a", "fn b"));
    assert_eq!(found, [("rust-method-renamed", Severity::Breaking)]);
}

#[test]
fn each_rule_has_a_case() {
    let rules = diff::rules::all().filter(|rule| rule.area == Area::Rust).map(|rule| rule.id);
    let has_case = |id: &str| CASES.iter().any(|(_, _, rule)| *rule == id);
    let missing: Vec<&str> =
        rules.filter(|id| !has_case(id) && *id != "rust-method-renamed").collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn a_source_that_cannot_be_parsed_is_reported() {
    let document = small::document("responses: {}");
    let sources = |types| Sources { types, operations: "", mock: "", examples: "" };
    let reason = small::compared((&document, sources("")), (&document, sources("pub struct")));
    assert!(reason.unwrap_err().contains("types of the client cannot be parsed"));
}
