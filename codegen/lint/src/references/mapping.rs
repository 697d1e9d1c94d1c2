//! Mappings of discriminators to schemas.

use document::{DiagnosticBuilder, Document, Kind, Node, Report};

use super::{DANGLING_MAPPING, suggestions};

pub(super) fn check(document: &Document<'_>, report: &mut Report) {
    let mappings = document.objects(Kind::Discriminator).filter_map(|node| node.get("mapping"));
    let values = mappings.flat_map(Node::entries).map(|entry| entry.value);
    report.extend(values.filter_map(|value| dangling(document, value)));
}

fn dangling<'t>(document: &Document<'t>, value: Node<'t>) -> Option<DiagnosticBuilder<'t>> {
    let text = value.as_str().filter(|text| !is_known(document, text))?;
    let name = suggestions::last_step(text);
    let diagnostic = DANGLING_MAPPING.at(value, format!("there is no schema `{name}`"));
    Some(match suggestions::component(document, Kind::Schema, name) {
        Some(meant) if text.starts_with('#') => {
            diagnostic.help(format!("write `#/components/schemas/{}`", meant.name()))
        }
        Some(meant) => diagnostic.help(format!("write `{}`", meant.name())),
        None => {
            diagnostic.help("add it to `components.schemas`, or write the name of another schema")
        }
    })
}

/// Returns true for a valid reference or the name of a schema.
fn is_known(document: &Document<'_>, text: &str) -> bool {
    let schemas = document.root().get("components").and_then(|all| all.get("schemas"));
    schemas.is_some_and(|schemas| schemas.get(text).is_some()) || document.target(text).is_some()
}
