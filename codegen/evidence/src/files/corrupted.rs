//! Reports files that git or an editor has corrupted, whose other problems are then not reported, and files that the
//! index does not list.

use document::{Diagnostic, Rule, conflicts};

use super::{File, Files};
use crate::{
    documented::{self, Evidence, INDEX, Location, Message, Part, Problem},
    rules::{CHANGED_MESSAGE, INVALID_ERRATUM, INVALID_INDEX, UNLISTED_MESSAGE},
};

/// Reports unresolved merge conflicts in the index and the errata.
pub(super) fn lists(files: &Files<'_>) -> Vec<(File, Diagnostic)> {
    let index = conflict(&INVALID_INDEX, files.index).map(|conflict| (File::Index, conflict));
    let errata = conflict(&INVALID_ERRATUM, files.errata).map(|conflict| (File::Errata, conflict));
    index.into_iter().chain(errata).collect()
}

/// Reports messages with unresolved merge conflicts, or whose line endings differ from the page's.
pub(super) fn messages(evidence: &Evidence) -> Vec<(File, Diagnostic)> {
    let corrupted = evidence.messages.iter().filter_map(|message| {
        let text = str::from_utf8(&message.bytes).ok()?;
        let diagnostic =
            conflict(&CHANGED_MESSAGE, text).or_else(|| line_endings(message, text))?;
        Some((File::Message(message.file.clone()), diagnostic))
    });
    corrupted.collect()
}

fn conflict(rule: &'static Rule, text: &str) -> Option<Diagnostic> {
    let marker = conflicts::first(text)?;
    Some(rule.spanning(marker, conflicts::MESSAGE, Some(conflicts::HELP)))
}

fn line_endings(message: &Message, text: &str) -> Option<Diagnostic> {
    let unix = text.replace("\r\n", "\n");
    let windows = unix.replace('\n', "\r\n");
    let is_original = |text: &str| {
        let original = Message { bytes: text.as_bytes().to_vec(), ..message.clone() };
        original.digest().eq_ignore_ascii_case(&message.sha256)
    };
    if is_original(text) {
        return None;
    }
    let (message, help) = if is_original(&unix) {
        (
            "the lines end in CRLF, but the page's lines end in LF",
            "save the file with LF line endings",
        )
    } else if is_original(&windows) {
        (
            "the lines end in LF, but the page's lines end in CRLF",
            "save the file with CRLF line endings",
        )
    } else {
        return None;
    };
    let first_line = 0..text.find(['\r', '\n']).unwrap_or(text.len()).max(1);
    Some(CHANGED_MESSAGE.spanning(first_line, message, Some(help)))
}

/// Reports unlisted files, unless the help of another problem already says to list them.
pub(super) fn unlisted(evidence: &Evidence, problems: &[Problem]) -> Vec<Problem> {
    let is_reported =
        |file: &str| problems.iter().any(|problem| problem.help.contains(&format!("`{file}`")));
    let unlisted = evidence.unlisted.iter().filter(|(file, _)| !is_reported(file));
    unlisted
        .map(|(file, bytes)| {
            let what = format!("`{file}` is not in the index");
            let help = format!(
                "list it in spec/{INDEX}, with `sha256 = \"{}\"`, or remove the file",
                documented::digest(bytes)
            );
            let location = Location::Message(file.clone(), Part::Start);
            Problem::new(&UNLISTED_MESSAGE, location, (what, help))
        })
        .collect()
}
