//! The files beside the index.

use std::collections::BTreeMap;

use document::spelling::nearest;

use super::Message;

/// The files of the folder that no entry of the index lists, with their bytes.
pub(super) fn unlisted(
    folder: &[String],
    messages: &[Message],
    read: impl Fn(&str) -> Option<Vec<u8>>,
) -> BTreeMap<String, Vec<u8>> {
    let is_listed = |name: &str| messages.iter().any(|message| message.file == name);
    let names = folder.iter().filter(|name| is_message(name) && !is_listed(name));
    names.filter_map(|name| Some((name.clone(), read(name)?))).collect()
}

/// The name that someone may have meant who wrote another.
///
/// The names of messages have most letters in common, so only one of their parts may differ.
pub(super) fn nearest_name<'c>(
    name: &str,
    candidates: impl Iterator<Item = &'c str>,
) -> Option<&'c str> {
    let (stem, ending) = parts(name);
    let mut candidates = candidates.filter(|candidate| {
        let (other_stem, other_ending) = parts(candidate);
        match ending.eq_ignore_ascii_case(other_ending) {
            true => nearest(stem, [other_stem]).is_some(),
            false => stem == other_stem && nearest(ending, [other_ending]).is_some(),
        }
    });
    // Of two names neither is meant for certain.
    candidates.next().filter(|_| candidates.next().is_none())
}

/// What is before the first dot of a name, and the rest.
fn parts(name: &str) -> (&str, &str) {
    name.split_at(name.find('.').unwrap_or(name.len()))
}

/// Whether a file may be meant as a message: neither a note for readers, nor what an editor, a merge or the
/// system leaves behind.
fn is_message(name: &str) -> bool {
    const NOTES: [&str; 5] = ["index.toml", "readme", "readme.md", "thumbs.db", "desktop.ini"];
    const LEFT_BEHIND: [&str; 9] =
        ["~", "#", ".bak", ".orig", ".part", ".rej", ".swo", ".swp", ".tmp"];
    let name = name.to_lowercase();
    let is_hidden = name.split('/').any(|part| part.starts_with('.'));
    !is_hidden
        && !NOTES.contains(&name.as_str())
        && !LEFT_BEHIND.iter().any(|ending| name.ends_with(ending))
}
