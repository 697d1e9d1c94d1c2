//! Suggests components for dangling references.

use std::collections::HashMap;

use document::{Document, Entry, Kind, Reference, spelling};

/// The maximum number of suggestions.
///
/// If a document has more dangling references, they are probably not misspellings.
const MAX_SUGGESTIONS: usize = 100;

/// The components that dangling references are probably meant to point to.
pub(super) struct Suggestions<'t> {
    /// The components, by the expected kind and the target of the reference.
    found: HashMap<(Kind, &'t str), Entry<'t>>,
    /// True if some dangling reference has no suggestion.
    pub(super) is_incomplete: bool,
}

impl<'t> Suggestions<'t> {
    pub(super) fn new(document: &Document<'t>) -> Self {
        let mut suggestions = HashMap::new();
        let dangling = document.references().iter().filter(|reference| {
            reference.expected.section().is_some() && document.target(reference.target).is_none()
        });
        for Reference { target, expected, .. } in dangling {
            if suggestions.len() < MAX_SUGGESTIONS {
                suggestions
                    .entry((*expected, *target))
                    .or_insert_with(|| component(document, *expected, last_step(target)));
            }
        }
        let is_incomplete =
            suggestions.len() == MAX_SUGGESTIONS || suggestions.values().any(Option::is_none);
        let found = suggestions.into_iter().filter_map(|(of, meant)| Some((of, meant?)));
        Self { found: found.collect(), is_incomplete }
    }

    /// Returns the component that a dangling reference is probably meant to point to.
    pub(super) fn of(&self, reference: &Reference<'t>) -> Option<Entry<'t>> {
        self.found.get(&(reference.expected, reference.target)).copied()
    }
}

/// Returns the component with a name, or else the component with the most similar name.
pub(super) fn component<'t>(document: &Document<'t>, kind: Kind, name: &str) -> Option<Entry<'t>> {
    let names = document.components(kind).map(|entry| entry.name());
    let nearest = || document.component(kind, spelling::nearest(name, names)?);
    document.component(kind, name).or_else(nearest)
}

/// Returns the last step of a reference, which is the name of the component.
pub(super) fn last_step(target: &str) -> &str {
    target.rsplit(['/', '#']).next().unwrap_or(target)
}
