//! Sections of the components that are not there, so that what refers to their components leads nowhere.

use std::collections::HashMap;

use document::{Document, Kind, Reference};

/// The sections that are not there.
pub(super) struct Sections(HashMap<Kind, Absence>);

/// Why a section is not there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Absence {
    /// There is nothing that looks like what has this path.
    Missing(String),
    /// It is misspelled or of the wrong type, which is reported there.
    Unsound,
}

/// The kinds of which there are components.
pub(super) const KINDS: [Kind; 9] = [
    Kind::Schema,
    Kind::Response,
    Kind::Parameter,
    Kind::Example,
    Kind::RequestBody,
    Kind::Header,
    Kind::SecurityScheme,
    Kind::Link,
    Kind::Callback,
];

impl Sections {
    pub(super) fn new(document: &Document<'_>) -> Self {
        let absences = KINDS.into_iter().filter_map(|kind| Some((kind, absence(document, kind)?)));
        Self(absences.collect())
    }

    /// Why there is no section of a kind.
    pub(super) fn absence(&self, kind: Kind) -> Option<&Absence> {
        self.0.get(&kind)
    }

    /// Why there is no section into which a reference leads.
    pub(super) fn absence_for(&self, reference: &Reference<'_>) -> Option<&Absence> {
        let path = reference.target.strip_prefix("#/components/")?;
        let name = path.strip_prefix(reference.expected.section()?)?;
        self.absence(reference.expected).filter(|_| name.starts_with('/'))
    }

    /// Whether components are there that nobody finds.
    pub(super) fn hide_components(&self) -> bool {
        self.0.values().any(|absence| *absence == Absence::Unsound)
    }
}

fn absence(document: &Document<'_>, kind: Kind) -> Option<Absence> {
    let section = kind.section()?;
    let (around, name, path) = match document.root().get("components") {
        None => (document.root(), "components", "components".to_owned()),
        Some(components) => (components, section, format!("components.{section}")),
    };
    let is_there = around.get(name).is_some_and(|section| section.is_object());
    let absence =
        if document.lacks(around, name) { Absence::Missing(path) } else { Absence::Unsound };
    (!is_there).then_some(absence)
}
