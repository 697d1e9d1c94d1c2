//! A message after its errata.

use std::{iter::repeat_n, ops::Range};

/// A text that knows from where each of its bytes is.
#[derive(Clone, Debug)]
pub(crate) struct Repaired {
    /// The text.
    pub(crate) text: String,
    origins: Vec<Origin>,
}

/// From where a byte is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Origin {
    /// From the page: a byte of the message.
    Page(usize),
    /// From an erratum, counted from 0.
    Erratum(usize),
}

/// From where a part of the text is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    /// These bytes of the message.
    Page(Range<usize>),
    /// The repair of an erratum, counted from 0.
    Erratum(usize),
}

impl Repaired {
    /// A message as the page has it.
    pub(super) fn new(text: String) -> Self {
        Self { origins: (0..text.len()).map(Origin::Page).collect(), text }
    }

    /// Replaces a part of the text by the repair of an erratum.
    pub(super) fn replace(&mut self, part: Range<usize>, repair: &str, erratum: usize) {
        self.text.replace_range(part.clone(), repair);
        self.origins.splice(part, repeat_n(Origin::Erratum(erratum), repair.len()));
    }

    /// From where a part of the text is: from an erratum, if that has made any of it.
    pub(crate) fn source(&self, part: &Range<usize>) -> Option<Source> {
        let origins = self.origins.get(part.clone())?;
        let erratum = origins.iter().find_map(|origin| match origin {
            Origin::Erratum(index) => Some(Source::Erratum(*index)),
            Origin::Page(_) => None,
        });
        erratum.or_else(|| match (origins.first()?, origins.last()?) {
            (Origin::Page(first), Origin::Page(last)) => Some(Source::Page(*first..last + 1)),
            _ => None,
        })
    }
}
