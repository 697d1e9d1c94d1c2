//! A message after its errata are applied.

use std::{iter::repeat_n, ops::Range};

/// A text that records the origin of each byte.
#[derive(Clone, Debug)]
pub(crate) struct Repaired {
    /// The text.
    pub(crate) text: String,
    origins: Vec<Origin>,
}

/// The origin of a byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Origin {
    /// The page; the offset of a byte in the message.
    Page(usize),
    /// The repair of an erratum, counted from 0.
    Erratum(usize),
}

/// The origin of a part of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    /// A span of the message.
    Page(Range<usize>),
    /// The repair of an erratum, counted from 0.
    Erratum(usize),
}

impl Repaired {
    /// Wraps a message as the page prints it.
    pub(super) fn new(text: String) -> Self {
        Self { origins: (0..text.len()).map(Origin::Page).collect(), text }
    }

    /// Replaces a part of the text with the repair of an erratum.
    pub(super) fn replace(&mut self, part: Range<usize>, repair: &str, erratum: usize) {
        self.text.replace_range(part.clone(), repair);
        self.origins.splice(part, repeat_n(Origin::Erratum(erratum), repair.len()));
    }

    /// Returns the origin of a part of the text: an erratum, if any of its bytes is from one.
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
