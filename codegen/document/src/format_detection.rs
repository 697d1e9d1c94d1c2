//! In what a file of another kind is written.

/// The language of a text that is neither YAML nor JSON, as far as its beginning tells.
pub(super) fn of(text: &str) -> Option<&'static str> {
    let first = first_line(text);
    let begins = |starts: &[&str]| starts.iter().any(|start| first.starts_with(start));
    // What git leaves of a merge is no markup.
    if begins(&["<"]) && !begins(&["<<"]) {
        Some("XML or HTML")
    } else if text.starts_with("#!") || begins(&["//", "/*", "use ", "import ", "package "]) {
        Some("a program")
    } else if text.starts_with("# ") && text.contains("\n```") {
        Some("Markdown")
    } else if is_table(first) || is_assignment(first) {
        Some("TOML")
    } else {
        None
    }
}

/// The first line that is neither empty nor a comment of YAML.
pub(super) fn first_line(text: &str) -> &str {
    let mut lines = text.trim_start_matches('\u{feff}').lines().map(str::trim);
    lines.find(|line| !line.is_empty() && !line.starts_with('#')).unwrap_or_default()
}

/// `[package]` or `[[erratum]]`.
fn is_table(line: &str) -> bool {
    let name = line.strip_prefix('[').and_then(|line| line.strip_suffix(']'));
    name.is_some_and(|name| is_key(name.trim_matches(['[', ']'])))
}

/// `name = "orders"`.
fn is_assignment(line: &str) -> bool {
    line.split_once('=').is_some_and(|(key, _)| is_key(key.trim_end()))
}

fn is_key(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_alphabetic())
        && name.chars().all(|sign| sign.is_ascii_alphanumeric() || "._-\"' ".contains(sign))
}

/// Whether a text has a member that says that it is OpenAPI, wherever it stands.
pub(super) fn mentions_openapi(text: &str) -> bool {
    ["openapi", "swagger"].iter().any(|name| {
        text.match_indices(name).any(|(at, _)| {
            let after = text[at + name.len()..].trim_start_matches(['"', '\'']);
            let is_whole = !text[..at].ends_with(|sign: char| sign.is_alphanumeric());
            is_whole && after.trim_start_matches(' ').starts_with(':')
        })
    })
}
