//! Files in which git or an editor has changed more than anyone meant: nothing else is said of them.

use document::{Diagnostic, Rule};

use super::{File, Files};
use crate::{
    conflicts,
    documented::{Evidence, Message},
    rules::{CHANGED_MESSAGE, INVALID_ERRATUM, INVALID_INDEX},
};

/// The index and the errata, if git could not merge them.
pub(super) fn lists(files: &Files<'_>) -> Vec<(File, Diagnostic)> {
    let index = conflict(&INVALID_INDEX, files.index).map(|conflict| (File::Index, conflict));
    let errata = conflict(&INVALID_ERRATUM, files.errata).map(|conflict| (File::Errata, conflict));
    index.into_iter().chain(errata).collect()
}

/// The messages that git could not merge, and those that have other line ends.
pub(super) fn messages(evidence: &Evidence) -> Vec<(File, Diagnostic)> {
    let damaged = evidence.messages.iter().filter_map(|message| {
        let text = str::from_utf8(&message.bytes).ok()?;
        let damage = conflict(&CHANGED_MESSAGE, text).or_else(|| line_ends(message, text))?;
        Some((File::Message(message.file.clone()), damage))
    });
    damaged.collect()
}

fn conflict(rule: &'static Rule, text: &str) -> Option<Diagnostic> {
    let help = "keep one of them, and remove the lines that mark them";
    let message = "git could not merge two versions of this";
    conflicts::first(text).map(|mark| rule.spanning(mark, message, Some(help)))
}

fn line_ends(message: &Message, text: &str) -> Option<Diagnostic> {
    let unix = text.replace("\r\n", "\n");
    let windows = unix.replace('\n', "\r\n");
    let is_original = |text: &str| {
        let original = Message { bytes: text.as_bytes().to_vec(), ..message.clone() };
        original.digest().eq_ignore_ascii_case(&message.sha256)
    };
    if is_original(text) {
        return None;
    }
    let line = 0..text.find(['\r', '\n']).unwrap_or(text.len()).max(1);
    let problem = |what, help| Some(CHANGED_MESSAGE.spanning(line.clone(), what, Some(help)));
    if is_original(&unix) {
        problem(
            "the lines end in CRLF, and those of the page in LF",
            "save the file with LF line ends",
        )
    } else if is_original(&windows) {
        problem(
            "the lines end in LF, and those of the page in CRLF",
            "save the file with CRLF line ends",
        )
    } else {
        None
    }
}
