//! The files of the evidence, and where in them something is wrong.
//!
//! What is wrong is found by [`conform`](crate::conform); here it gets its place in a file.

mod places;

use document::{Diagnostic, read};

use crate::{
    conform,
    documented::{ERRATA, Evidence, FOLDER, Flaw, INDEX},
};
use places::Places;

/// The text of a document and of the evidence for it.
#[derive(Clone, Copy)]
pub struct Files<'a> {
    /// The document.
    pub document: &'a str,
    /// The index of the messages.
    pub index: &'a str,
    /// The errata.
    pub errata: &'a str,
    /// The messages by their file names.
    pub message: &'a dyn Fn(&str) -> Option<Vec<u8>>,
}

/// One of these files.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum File {
    /// The document.
    Document,
    /// The index of the messages.
    Index,
    /// The errata.
    Errata,
    /// A message, by its file name.
    Message(String),
}

impl File {
    /// Its path below `spec`; that of the document is its own.
    #[must_use]
    pub fn path(&self) -> Option<String> {
        match self {
            Self::Document => None,
            Self::Index => Some(INDEX.to_owned()),
            Self::Errata => Some(ERRATA.to_owned()),
            Self::Message(file) => Some(format!("{FOLDER}/{file}")),
        }
    }
}

/// What keeps a sound document and the evidence for it from agreeing, and in which file that is to be seen.
#[must_use]
pub fn check(files: &Files<'_>) -> Vec<(File, Diagnostic)> {
    let document = read(files.document.as_bytes());
    let mut evidence = None;
    let flaws = match Evidence::parse(files.index, files.errata, files.message) {
        Ok(parsed) => conform::flaws_of(document.as_ref(), evidence.insert(parsed)),
        Err(flaw) => vec![flaw],
    };
    if flaws.is_empty() {
        return Vec::new();
    }
    let places = Places::new(files, evidence.as_ref(), document.as_ref().ok());
    let mut diagnostics: Vec<(File, Diagnostic)> =
        flaws.into_iter().map(|flaw| diagnostic(&places, flaw)).collect();
    diagnostics.sort_by_key(|(file, diagnostic)| (file.clone(), diagnostic.span.start));
    diagnostics.dedup();
    diagnostics
}

fn diagnostic(places: &Places<'_>, flaw: Flaw) -> (File, Diagnostic) {
    let (file, span, pointer) = places.find(&flaw.place);
    let Flaw { rule, message, help, .. } = flaw;
    let (rule, severity, help) = (rule.id, rule.severity, Some(help));
    (file, Diagnostic { rule, severity, message, help, span, related: None, pointer })
}
