//! The rules for an OpenAPI document.
//!
//! [`lint`] parses the text into a tree with locations, walks the tree according to the object model of OpenAPI 3.0,
//! and runs the groups of rules in order. Later groups skip nodes that the first groups have reported as invalid, so
//! each mistake is reported once, without its consequences.

mod cycles;
mod examples;
mod generator;
mod names;
mod object_model;
mod project;
mod references;
mod schemas;
mod yaml;

use document::{Diagnostic, Document, Group, Report, read, span};

/// A group of rules, and the function that reports their violations.
type Family = (&'static Group, fn(&Document<'_>, &mut Report));

/// The groups that apply to every document, in the order in which they run.
static FAMILIES: &[Family] = &[
    (&yaml::GROUP, yaml::check),
    (&object_model::GROUP, object_model::check),
    (&references::GROUP, references::check),
    (&names::GROUP, names::check),
    (&generator::GROUP, generator::check),
    (&schemas::GROUP, schemas::check),
    (&examples::GROUP, examples::check),
];

/// The groups that apply only to this project's document.
static PROJECT: &[Family] = &[(&project::GROUP, project::check)];

/// The number of groups at the start of the list whose diagnostics suppress later diagnostics at the same node.
const FOUNDATIONS: usize = 2;

/// Returns the diagnostics of a document's text, in document order and without duplicates.
///
/// If `project_rules` is true, the project rules apply as well.
pub fn lint(text: &[u8], project_rules: bool) -> Vec<Diagnostic> {
    let tree = read(text);
    let document = tree.as_ref().map(Document::new);
    lint_read(document.as_ref().map_err(|it| *it), text, project_rules)
}

/// Like [`lint`], but for a document that has already been read.
///
/// `text` is the source of the document.
pub fn lint_read(
    document: Result<&Document<'_>, &Diagnostic>,
    text: &[u8],
    project_rules: bool,
) -> Vec<Diagnostic> {
    let mut diagnostics = match document {
        Ok(document) => check(document, project_rules),
        Err(unreadable) => vec![unreadable.clone()],
    };
    for diagnostic in &mut diagnostics {
        diagnostic.span = span::visible(text, &diagnostic.span);
    }
    diagnostics
}

/// Returns every group of rules about a document.
pub fn groups() -> impl Iterator<Item = &'static Group> {
    FAMILIES.iter().chain(PROJECT).map(|(group, _)| *group)
}

fn check(document: &Document<'_>, project_rules: bool) -> Vec<Diagnostic> {
    let mut report = Report::default();
    let project_rules = if project_rules { PROJECT } else { &[] };
    for (index, (_, check)) in FAMILIES.iter().chain(project_rules).enumerate() {
        check(document, &mut report);
        if index < FOUNDATIONS {
            report.end_group();
        }
    }
    let mut diagnostics = report.finish();
    yaml::drop_explained(&mut diagnostics);
    diagnostics
}
