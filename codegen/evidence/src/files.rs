//! Checks the files of the evidence.
//!
//! The module [`conform`] finds the problems. This module locates them in the files.

mod corrupted;
mod locations;
mod pages;

use document::{Diagnostic, Document, read};

use crate::{
    conform,
    documented::{ERRATA, Evidence, FOLDER, INDEX, Problem},
};
use locations::Locations;

/// The texts of a document and its evidence.
#[derive(Clone, Copy)]
pub struct Files<'a> {
    pub document: &'a str,
    pub index: &'a str,
    pub errata: &'a str,
    /// The names of all files in the folder of the messages. The name of a subfolder ends with `/`.
    pub folder: &'a [String],
    /// Reads a message by its file name.
    pub message: &'a dyn Fn(&str) -> Option<Vec<u8>>,
}

/// A file of the document or the evidence.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum File {
    Document,
    Index,
    Errata,
    Message(String),
}

impl File {
    /// Returns the path relative to `spec`, or `None` for the document, which may be elsewhere.
    pub fn path(&self) -> Option<String> {
        match self {
            Self::Document => None,
            Self::Index => Some(INDEX.to_owned()),
            Self::Errata => Some(ERRATA.to_owned()),
            Self::Message(file) => Some(format!("{FOLDER}/{file}")),
        }
    }
}

/// Returns all disagreements between a valid document and its evidence, each with the file in which it is located.
pub fn check(files: &Files<'_>) -> Vec<(File, Diagnostic)> {
    let tree = read(files.document.as_bytes());
    let document = tree.as_ref().map(Document::new);
    check_read(files, document.as_ref().map_err(|it| *it))
}

/// Does the same as [`check`] for a document that is already parsed.
pub fn check_read(
    files: &Files<'_>,
    document: Result<&Document<'_>, &Diagnostic>,
) -> Vec<(File, Diagnostic)> {
    check_with(files, document, conform::problems_of)
}

/// Does the same as [`check`], but reports other disagreements even if some errata do not apply.
pub fn check_past_errata(files: &Files<'_>) -> Vec<(File, Diagnostic)> {
    let tree = read(files.document.as_bytes());
    let document = tree.as_ref().map(Document::new);
    check_with(files, document.as_ref().map_err(|it| *it), conform::problems_past_errata)
}

/// Returns the problems with a document and its evidence.
type Comparison = fn(Result<&Document<'_>, &Diagnostic>, &Evidence) -> Vec<Problem>;

fn check_with(
    files: &Files<'_>,
    document: Result<&Document<'_>, &Diagnostic>,
    compare: Comparison,
) -> Vec<(File, Diagnostic)> {
    let corrupted = corrupted::lists(files);
    if !corrupted.is_empty() {
        return corrupted;
    }
    // Some file systems ignore letter case, so require the exact name.
    let read_message = |name: &str| {
        let is_exact = files.folder.iter().any(|file| file == name);
        is_exact.then(|| (files.message)(name)).flatten()
    };
    let mut evidence = None;
    let problems = match Evidence::in_folder(files.folder, files.index, files.errata, read_message)
    {
        Ok(parsed) => {
            let corrupted = corrupted::messages(&parsed);
            if !corrupted.is_empty() {
                return corrupted;
            }
            let parsed = evidence.insert(parsed);
            let problems = compare(document, parsed);
            let unlisted = corrupted::unlisted(parsed, &problems);
            problems.into_iter().chain(unlisted).collect()
        }
        Err(problems) => problems,
    };
    let pages = evidence.as_ref().map(pages::texts).unwrap_or_default();
    if problems.is_empty() && pages.is_empty() {
        return Vec::new();
    }
    let locations = Locations::new(files, evidence.as_ref(), document.ok().map(|it| it.tree));
    let mut diagnostics: Vec<(File, Diagnostic)> =
        problems.into_iter().map(|problem| diagnostic(&locations, problem)).collect();
    diagnostics.extend(
        pages.iter().flat_map(|(location, text)| pages::localized(&locations, location, text)),
    );
    diagnostics.sort_by_key(|(file, diagnostic)| (file.clone(), diagnostic.span.start));
    diagnostics.dedup();
    diagnostics
}

fn diagnostic(locations: &Locations<'_>, problem: Problem) -> (File, Diagnostic) {
    let (file, span, pointer) = locations.find(&problem.location);
    let Problem { rule, message, help, difference, .. } = problem;
    let help = match &difference {
        Some(difference) if file == File::Errata => difference.help_at_repair.to_owned(),
        _ => help,
    };
    let related = difference.and_then(|difference| difference.related);
    let related = related.and_then(|(pointer, label)| locations.related(&file, &pointer, label));
    let (rule, severity, help) = (rule.id, rule.severity, Some(help));
    (file, Diagnostic { rule, severity, message, help, span, related, pointer })
}
