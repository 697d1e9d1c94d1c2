//! Rules about what stands behind the document: the vendor's messages, and what is wrong with them.
//!
//! What is wrong is found by [`conform`](crate::conform); here it gets its place in a file.

mod damaged;
mod pages;
mod places;
mod unlisted;

use super::rule::{Group, Rule, rule};
use crate::{
    conform,
    diagnostic::Diagnostic,
    documented::{ERRATA, Evidence, FOLDER, Flaw, INDEX},
};
use places::Places;

pub(crate) use super::syntax::SYNTAX;

pub(super) static GROUP: Group = Group {
    title: "Evidence (spec/documented, spec/errata.toml)",
    rules: &[
        &UNSOUND_INDEX,
        &unlisted::UNLISTED_MESSAGE,
        &CHANGED_MESSAGE,
        &UNSOUND_ERRATUM,
        &UNNEEDED_ERRATUM,
        &MISSING_MESSAGE,
        &MISMATCHED_MESSAGE,
    ],
    check: |_, _| {},
};

/// The text of a document and of the evidence for it.
#[derive(Clone, Copy)]
pub struct Files<'a> {
    /// The document.
    pub document: &'a str,
    /// The index of the messages.
    pub index: &'a str,
    /// The errata.
    pub errata: &'a str,
    /// The names of all files in the folder of the messages; `/` stands between a subfolder and its file.
    pub folder: &'a [String],
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
pub fn evidence(files: &Files<'_>) -> Vec<(File, Diagnostic)> {
    let damaged = damaged::lists(files);
    if !damaged.is_empty() {
        return damaged;
    }
    // Some systems find a file by a name in other letters, and others do not.
    let read = |name: &str| {
        let is_there = files.folder.iter().any(|file| file == name);
        is_there.then(|| (files.message)(name)).flatten()
    };
    let mut evidence = None;
    let flaws = match Evidence::in_folder(files.folder, files.index, files.errata, read) {
        Ok(parsed) => {
            let damaged = damaged::messages(&parsed);
            if !damaged.is_empty() {
                return damaged;
            }
            let parsed = evidence.insert(parsed);
            let flaws = conform::flaws(files.document, parsed);
            let unlisted = unlisted::flaws(parsed, &flaws);
            flaws.into_iter().chain(unlisted).collect()
        }
        Err(flaws) => flaws,
    };
    let pages = evidence.as_ref().map(pages::texts).unwrap_or_default();
    if flaws.is_empty() && pages.is_empty() {
        return Vec::new();
    }
    let places = Places::new(files, evidence.as_ref());
    let mut diagnostics: Vec<(File, Diagnostic)> =
        flaws.into_iter().map(|flaw| diagnostic(&places, flaw)).collect();
    diagnostics
        .extend(pages.iter().flat_map(|(place, text)| pages::localized(&places, place, text)));
    diagnostics.sort_by_key(|(file, diagnostic)| (file.clone(), diagnostic.span.start));
    diagnostics.dedup();
    diagnostics
}

fn diagnostic(places: &Places<'_>, flaw: Flaw) -> (File, Diagnostic) {
    let (file, span, pointer) = places.find(&flaw.place);
    let Flaw { rule, message, help, difference, .. } = flaw;
    let help = match &difference {
        Some(difference) if file == File::Errata => difference.help_at_repair.to_owned(),
        _ => help,
    };
    let related = difference.and_then(|difference| difference.related);
    let related = related.and_then(|(pointer, label)| places.related(&file, &pointer, label));
    let (rule, severity, help) = (rule.id, rule.severity, Some(help));
    (file, Diagnostic { rule, severity, message, help, span, related, pointer })
}

pub(crate) static UNSOUND_INDEX: Rule = rule!("unsound-index");

pub(crate) static CHANGED_MESSAGE: Rule = rule!("changed-message");

pub(crate) static UNSOUND_ERRATUM: Rule = rule!("unsound-erratum");

pub(crate) static UNNEEDED_ERRATUM: Rule = rule!("unneeded-erratum");

pub(crate) static MISSING_MESSAGE: Rule = rule!("missing-message");

pub(crate) static MISMATCHED_MESSAGE: Rule = rule!("mismatched-message");
