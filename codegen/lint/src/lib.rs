//! Every mistake in a document, each at its place.
//!
//! [`lint`] reads the text into a tree that knows where everything stands, walks it along the object model of
//! OpenAPI 3.0, and lets one group of rules after the other report what it finds. Later groups may rely on what
//! earlier ones have checked: what is wrong in itself is reported once and never again for its consequences.

#[macro_use]
mod rules;

mod cycles;
mod examples;
mod generator;
mod names;
mod object_model;
mod project;
mod references;
mod schemas;
mod widths;
mod yaml;

use document::{Diagnostic, Document, Group, Kind, Report, Tree, read, span};

/// Rules about one subject, and what reports every violation of them.
type Family = (&'static Group, fn(&Document<'_>, &mut Report));

/// The families in the order in which they check.
static FAMILIES: &[Family] = &[
    (&yaml::GROUP, yaml::check),
    (&object_model::GROUP, object_model::check),
    (&references::GROUP, references::check),
    (&names::GROUP, names::check),
    (&generator::GROUP, generator::check),
    (&schemas::GROUP, schemas::check),
    (&examples::GROUP, examples::check),
];

/// The families that hold for this project's document only.
static PROJECT: &[Family] = &[(&project::GROUP, project::check)];

/// The families on whose diagnostics the later ones depend.
const FOUNDATIONS: usize = 2;

/// Returns the diagnostics of a document's text, in its order and without duplicates.
///
/// `project_rules` says whether the rules of this project apply as well.
#[must_use]
pub fn lint(text: &[u8], project_rules: bool) -> Vec<Diagnostic> {
    match read(text) {
        Ok(tree) => lint_tree(&tree, text, project_rules),
        Err(mut unreadable) => {
            unreadable.span = span::visible(text, &unreadable.span);
            vec![unreadable]
        }
    }
}

/// Returns the diagnostics of a document that has been parsed already, as [`lint`] does.
///
/// `text` is what the tree was read from.
#[must_use]
pub fn lint_tree(tree: &Tree, text: &[u8], project_rules: bool) -> Vec<Diagnostic> {
    let mut diagnostics = check(tree, project_rules);
    for diagnostic in &mut diagnostics {
        diagnostic.span = span::visible(text, &diagnostic.span);
    }
    diagnostics
}

/// Returns every group of rules about a document.
pub fn groups() -> impl Iterator<Item = &'static Group> {
    FAMILIES.iter().chain(PROJECT).map(|(group, _)| *group)
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

fn check(tree: &Tree, project_rules: bool) -> Vec<Diagnostic> {
    let document = Document::new(tree);
    let mut report = Report::default();
    let project_rules = if project_rules { PROJECT } else { &[] };
    for (index, (_, check)) in FAMILIES.iter().chain(project_rules).enumerate() {
        check(&document, &mut report);
        if index < FOUNDATIONS {
            report.end_group();
        }
    }
    let mut diagnostics = report.finish();
    yaml::ambiguous_text::drop_explained(&mut diagnostics);
    diagnostics
}
