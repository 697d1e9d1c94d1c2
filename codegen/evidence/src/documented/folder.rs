//! The files in the folder of the index.

use std::collections::BTreeMap;

use document::spelling::nearest;

use super::Message;

/// Returns the messages in the folder that are not in the index, with their content.
pub(super) fn unlisted(
    folder: &[String],
    messages: &[Message],
    read: impl Fn(&str) -> Option<Vec<u8>>,
) -> BTreeMap<String, Vec<u8>> {
    let is_listed = |name: &str| messages.iter().any(|message| message.file == name);
    let names = folder.iter().filter(|name| is_message(name) && !is_listed(name));
    names.filter_map(|name| Some((name.clone(), read(name)?))).collect()
}

/// Suggests a file name for a misspelled one.
///
/// The names of messages are similar to each other, so only the stem or only the ending may differ.
pub(super) fn nearest_name<'c>(
    name: &str,
    candidates: impl Iterator<Item = &'c str>,
) -> Option<&'c str> {
    let (stem, ending) = split_stem(name);
    let mut candidates = candidates.filter(|candidate| {
        let (other_stem, other_ending) = split_stem(candidate);
        match ending.eq_ignore_ascii_case(other_ending) {
            true => nearest(stem, [other_stem]).is_some(),
            false => stem == other_stem && nearest(ending, [other_ending]).is_some(),
        }
    });
    // With two candidates, a suggestion would be a guess.
    candidates.next().filter(|_| candidates.next().is_none())
}

/// Splits a name at its first dot.
fn split_stem(name: &str) -> (&str, &str) {
    name.split_at(name.find('.').unwrap_or(name.len()))
}

/// Returns true for a file that can be a message: not a note for readers, nor left over from an editor, a merge or the
/// operating system.
fn is_message(name: &str) -> bool {
    const NOTES: [&str; 5] = ["index.toml", "readme", "readme.md", "thumbs.db", "desktop.ini"];
    const LEFTOVERS: [&str; 9] =
        ["~", "#", ".bak", ".orig", ".part", ".rej", ".swo", ".swp", ".tmp"];
    let name = name.to_lowercase();
    let is_hidden = name.split('/').any(|part| part.starts_with('.'));
    !is_hidden
        && !NOTES.contains(&name.as_str())
        && !LEFTOVERS.iter().any(|ending| name.ends_with(ending))
}
