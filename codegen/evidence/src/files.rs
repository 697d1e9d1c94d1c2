//! The files of the evidence, and where in them something is wrong.
//!
//! What is wrong is found by [`conform`]; here it gets its place in a file.

mod damaged;
mod locations;
mod pages;
mod unlisted;

use document::{Diagnostic, read};

use crate::{
    conform,
    documented::{ERRATA, Evidence, FOLDER, INDEX, Problem},
};
use locations::Locations;

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
pub fn check(files: &Files<'_>) -> Vec<(File, Diagnostic)> {
    let damaged = damaged::lists(files);
    if !damaged.is_empty() {
        return damaged;
    }
    // Some systems find a file by a name in other letters, and others do not.
    let read_message = |name: &str| {
        let is_there = files.folder.iter().any(|file| file == name);
        is_there.then(|| (files.message)(name)).flatten()
    };
    let document = read(files.document.as_bytes());
    let mut evidence = None;
    let problems = match Evidence::in_folder(files.folder, files.index, files.errata, read_message)
    {
        Ok(parsed) => {
            let damaged = damaged::messages(&parsed);
            if !damaged.is_empty() {
                return damaged;
            }
            let parsed = evidence.insert(parsed);
            let problems = conform::problems_of(document.as_ref(), parsed);
            let unlisted = unlisted::problems(parsed, &problems);
            problems.into_iter().chain(unlisted).collect()
        }
        Err(problems) => problems,
    };
    let pages = evidence.as_ref().map(pages::texts).unwrap_or_default();
    if problems.is_empty() && pages.is_empty() {
        return Vec::new();
    }
    let places = Locations::new(files, evidence.as_ref(), document.as_ref().ok());
    let mut diagnostics: Vec<(File, Diagnostic)> =
        problems.into_iter().map(|problem| diagnostic(&places, problem)).collect();
    diagnostics
        .extend(pages.iter().flat_map(|(place, text)| pages::localized(&places, place, text)));
    diagnostics.sort_by_key(|(file, diagnostic)| (file.clone(), diagnostic.span.start));
    diagnostics.dedup();
    diagnostics
}

fn diagnostic(places: &Locations<'_>, problem: Problem) -> (File, Diagnostic) {
    let (file, span, pointer) = places.find(&problem.place);
    let Problem { rule, message, help, difference, .. } = problem;
    let help = match &difference {
        Some(difference) if file == File::Errata => difference.help_at_repair.to_owned(),
        _ => help,
    };
    let related = difference.and_then(|difference| difference.related);
    let related = related.and_then(|(pointer, label)| places.related(&file, &pointer, label));
    let (rule, severity, help) = (rule.id, rule.severity, Some(help));
    (file, Diagnostic { rule, severity, message, help, span, related, pointer })
}
