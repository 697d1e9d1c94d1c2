//! Every mistake in a document, each at its place.
//!
//! [`lint`] reads the text into a tree that knows where everything stands, walks it along the object model of
//! OpenAPI 3.0, and lets one group of rules after the other report what it finds. Later groups may rely on what
//! earlier ones have checked: what is wrong in itself is reported once and never again for its consequences.

mod allowances;
mod characters;
mod circles;
mod conditions;
mod disguise;
pub(crate) mod evidence;
mod examples;
mod foreign_keys;
mod generator;
mod house;
mod language;
mod model;
mod names;
mod openapi;
mod page;
mod place;
mod references;
mod repeats;
mod rule;
mod schemas;
mod spelling;
mod structure;
mod syntax;
mod text;
mod tree;
mod walk;
mod widths;
mod words;
mod yaml;

use crate::diagnostic::Diagnostic;
use disguise::Unreadable;
use model::Kind;
use openapi::Document;
use rule::Report;

pub use allowances::Allowances;
pub use evidence::{File, Files, evidence};
pub use rule::{Group, Rule};
pub(crate) use {
    generator::GENERATOR_FAILURE,
    rule::Finding,
    spelling::nearest,
    tree::{Node, Tree},
};

/// The groups in the order in which they check.
static GROUPS: &[&Group] = &[
    &yaml::GROUP,
    &structure::GROUP,
    &references::GROUP,
    &names::GROUP,
    &generator::GROUP,
    &schemas::GROUP,
    &examples::GROUP,
];

/// The groups that hold for this project's document only.
static HOUSE: &[&Group] = &[&house::GROUP];

/// The groups on whose findings the later ones depend.
const FOUNDATIONS: usize = 2;

/// What is wrong with the text of a document, in its order and nothing twice.
///
/// `house` says whether the rules of this project hold for it too.
#[must_use]
pub fn lint(text: &[u8], house: bool) -> Vec<Diagnostic> {
    let mut diagnostics = tree(text).map_or_else(|broken| vec![broken], |tree| check(&tree, house));
    for diagnostic in &mut diagnostics {
        diagnostic.span = place::visible(text, &diagnostic.span);
    }
    diagnostics
}

/// Every group of rules.
pub fn groups() -> impl Iterator<Item = &'static Group> {
    GROUPS.iter().chain(HOUSE).copied().chain([&evidence::GROUP, &allowances::GROUP])
}

/// The rule with an id.
#[must_use]
pub fn rule(id: &str) -> Option<&'static Rule> {
    groups().flat_map(|group| group.rules).find(|rule| rule.id == id).copied()
}

/// The id that someone may have meant who names a rule that does not exist.
#[must_use]
pub fn nearest_rule(id: &str) -> Option<&'static str> {
    let ids = || groups().flat_map(|group| group.rules).map(|rule| rule.id);
    spelling::nearest(id, ids()).or_else(|| ids().find(|rule| rule.contains(id)))
}

/// A rule's example as a whole document: the members that it leaves out are added, if it has any.
#[must_use]
pub fn complete(example: &str) -> String {
    const REQUIRED: [(&str, &str); 3] = [
        ("openapi", "openapi: 3.0.3\n"),
        ("info", "info: { title: Orders, version: 1.0.0 }\n"),
        ("paths", "paths: {}\n"),
    ];
    let lines = || example.trim_start_matches('\u{feff}').lines();
    let has = |name: &str| lines().any(|line| line.starts_with(&format!("{name}:")));
    let fields = Kind::Document.object().fields;
    let is_part = example.starts_with("x-") || fields.iter().any(|field| has(field.name));
    let missing = REQUIRED.iter().filter(|(name, _)| is_part && !has(name));
    example.to_owned() + &missing.map(|(_, member)| *member).collect::<String>()
}

/// The tree of an OpenAPI 3.0 document; what keeps a text from being one is a problem by itself.
pub(crate) fn tree(text: &[u8]) -> Result<Tree, Diagnostic> {
    let text = text::decoded(text)?;
    let tree = disguise::tree(text).map_err(|unreadable| match unreadable {
        Unreadable::Disguised(diagnostic) => diagnostic,
        Unreadable::Broken(broken) => {
            structure::foreign_text(text).unwrap_or_else(|| text::unreadable(text, broken))
        }
    })?;
    let tree = tree.ok_or_else(|| text::empty(text))?;
    match structure::foreign(&tree).map(Finding::into_diagnostic) {
        Some(foreign) => Err(foreign),
        None => Ok(tree),
    }
}

fn check(tree: &Tree, house: bool) -> Vec<Diagnostic> {
    let document = Document::new(tree);
    let mut report = Report::default();
    let house = if house { HOUSE } else { &[] };
    for (index, group) in GROUPS.iter().chain(house).enumerate() {
        (group.check)(&document, &mut report);
        if index < FOUNDATIONS {
            report.seal();
        }
    }
    report.finish()
}
