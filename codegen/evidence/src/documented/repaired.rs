//! A message that records where each of its bytes comes from.

use std::{iter::repeat_n, ops::Range};

/// Text that records the origin of each byte, so that a part of it can be located in the page.
#[derive(Clone, Debug, Default)]
pub struct Repaired {
    pub text: String,
    origins: Vec<Origin>,
}

/// The origin of a byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The page, at a byte offset.
    Page(usize),
    /// The repair of an erratum, counted from 0.
    Erratum(usize),
    /// Neither: the byte completes a message that the page prints only in part.
    Added,
}

/// The origin of a part of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    Page(Range<usize>),
    /// The repair of an erratum, counted from 0.
    Erratum(usize),
}

impl Repaired {
    /// Wraps a message in the form that the page prints.
    pub fn new(text: String) -> Self {
        Self { origins: (0..text.len()).map(Origin::Page).collect(), text }
    }

    /// Appends text with a single origin. For text from the page, the origin is the offset of its first byte.
    pub fn push(&mut self, text: &str, origin: Origin) {
        self.text.push_str(text);
        match origin {
            Origin::Page(start) => {
                self.origins.extend((start..start + text.len()).map(Origin::Page));
            }
            _ => self.origins.extend(repeat_n(origin, text.len())),
        }
    }

    /// Appends text that has no origin, such as whitespace. It gets the origin of the byte before it.
    pub fn pad(&mut self, text: &str) {
        let origin = self.origins.last().copied().unwrap_or(Origin::Added);
        self.text.push_str(text);
        self.origins.extend(repeat_n(origin, text.len()));
    }

    /// Appends a part of another text with its origins.
    pub fn append(&mut self, other: &Self, part: Range<usize>) {
        self.text.push_str(&other.text[part.clone()]);
        self.origins.extend_from_slice(&other.origins[part]);
    }

    /// Returns a part of the text with its origins.
    pub fn slice(&self, part: Range<usize>) -> Self {
        let mut slice = Self::default();
        slice.append(self, part);
        slice
    }

    /// Replaces a part of the text with the repair of an erratum.
    pub(super) fn replace(&mut self, part: Range<usize>, repair: &str, erratum: usize) {
        self.text.replace_range(part.clone(), repair);
        self.origins.splice(part, repeat_n(Origin::Erratum(erratum), repair.len()));
    }

    /// Returns the origin of a part of the text, which is an erratum if any byte comes from one.
    pub fn source(&self, part: &Range<usize>) -> Option<Source> {
        let origins = self.origins.get(part.clone())?;
        let erratum = origins.iter().find_map(|origin| match origin {
            Origin::Erratum(index) => Some(Source::Erratum(*index)),
            _ => None,
        });
        erratum.or_else(|| self.in_page(part).map(Source::Page))
    }

    /// Returns the span, within the page, of those bytes of a part that come from the page.
    pub fn in_page(&self, part: &Range<usize>) -> Option<Range<usize>> {
        let offset = |origin: &Origin| match origin {
            Origin::Page(offset) => Some(*offset),
            _ => None,
        };
        let origins = self.origins.get(part.clone())?;
        let first = origins.iter().find_map(offset)?;
        let last = origins.iter().rev().find_map(offset)?;
        (first <= last).then_some(first..last + 1)
    }
}
