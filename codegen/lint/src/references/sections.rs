//! Finds sections of `components` that do not exist, so references into them cannot be resolved.

use std::collections::HashMap;

use document::{Document, Kind, Reference};

/// The sections that do not exist.
pub(super) struct Sections(HashMap<Kind, Absence>);

/// The reason for the absence of a section.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Absence {
    /// Nothing with this path or a similar name exists.
    Missing(String),
    /// The section is misspelled or has the wrong type, which another rule reports.
    Invalid,
}

/// The kinds of components.
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

    /// Returns the reason why the section of a kind is absent; `None` if it exists.
    pub(super) fn absence(&self, kind: Kind) -> Option<&Absence> {
        self.0.get(&kind)
    }

    /// Returns the reason why the section that a reference points into is absent; `None` if it exists.
    pub(super) fn absence_for(&self, reference: &Reference<'_>) -> Option<&Absence> {
        let path = reference.target.strip_prefix("#/components/")?;
        let name = path.strip_prefix(reference.expected.section()?)?;
        self.absence(reference.expected).filter(|_| name.starts_with('/'))
    }

    /// Returns true if the components of a section are unknown.
    pub(super) fn is_any_invalid(&self) -> bool {
        self.0.values().any(|absence| *absence == Absence::Invalid)
    }
}

fn absence(document: &Document<'_>, kind: Kind) -> Option<Absence> {
    let section = kind.section()?;
    let (around, name, path) = match document.root().get("components") {
        None => (document.root(), "components", "components".to_owned()),
        Some(components) => (components, section, format!("components.{section}")),
    };
    let exists = around.get(name).is_some_and(|section| section.is_object());
    let absence =
        if document.lacks(around, name) { Absence::Missing(path) } else { Absence::Invalid };
    (!exists).then_some(absence)
}
