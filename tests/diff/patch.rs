//! Reads the edits of the fixed document in `tests/documents/edits/`.
//!
//! Each file states the expected verdicts for the edit and for its reversal, and then the edit itself as parts of the
//! document with lines that begin with `-` and `+`. Line numbers are absent, so the old lines must occur exactly once.

use std::{collections::BTreeMap, fs, sync::LazyLock};

use support::document;

/// An edit of the fixed document.
pub(crate) struct Edit {
    pub(crate) name: String,
    /// The expected verdicts by key: `wire`, `rust` and `evidence`, and the same with the prefix `reversed `.
    pub(crate) expected: BTreeMap<String, String>,
    pub(crate) before: String,
    pub(crate) after: String,
}

/// All edits, by name.
pub(crate) static EDITS: LazyLock<BTreeMap<String, Edit>> = LazyLock::new(|| {
    let folder = document::path("tests/documents/edits");
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let texts: BTreeMap<String, String> = paths
        .filter(|path| path.extension().is_some_and(|it| it == "patch"))
        .map(|path| {
            let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
            (name, fs::read_to_string(path).unwrap().replace("\r\n", "\n"))
        })
        .collect();
    let names = texts.keys().cloned();
    names.map(|name| (name.clone(), edit(&name, &texts))).collect()
});

fn edit(name: &str, texts: &BTreeMap<String, String>) -> Edit {
    let (head, parts) = texts[name].split_once("@@\n").unwrap();
    let mut expected: BTreeMap<String, String> = head
        .lines()
        .map(|line| line.split_once(": ").unwrap())
        .map(|(key, value)| (key.to_owned(), value.to_owned()))
        .collect();
    let before = match expected.remove("after") {
        Some(earlier) => edit(&earlier, texts).after,
        None => document::FIXED.clone(),
    };
    let after = parts.split("@@\n").fold(before.clone(), |text, part| applied(name, &text, part));
    Edit { name: name.to_owned(), expected, before, after }
}

/// Replaces the old lines of a part with the new lines.
fn applied(name: &str, text: &str, part: &str) -> String {
    let lines = |marks: [char; 2]| -> String {
        let lines = part.lines().filter(|line| line.starts_with(marks));
        lines.map(|line| format!("\n{}", &line[1..])).collect()
    };
    let (old, new) = (lines([' ', '-']), lines([' ', '+']));
    let text = format!("\n{text}");
    let old = format!("{old}\n");
    assert_eq!(text.matches(&old).count(), 1, "{name}: the old lines must occur once:{old}");
    text.replace(&old, &format!("{new}\n"))[1..].to_owned()
}
