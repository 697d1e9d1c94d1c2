//! Guesses the format of a file that is not an OpenAPI document.

/// Returns the format of a text that looks like neither YAML nor JSON, judged by its first line.
pub(super) fn of(text: &str) -> Option<&'static str> {
    let first = first_line(text);
    let begins = |starts: &[&str]| starts.iter().any(|start| first.starts_with(start));
    // A conflict marker of git is not markup.
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

/// Returns the first line that is neither blank nor a comment.
pub(super) fn first_line(text: &str) -> &str {
    let mut lines = text.trim_start_matches('\u{feff}').lines().map(str::trim);
    lines.find(|line| !line.is_empty() && !line.starts_with('#')).unwrap_or_default()
}

/// Returns true for the header of a TOML table, such as `[package]` or `[[erratum]]`.
fn is_table(line: &str) -> bool {
    let name = line.strip_prefix('[').and_then(|line| line.strip_suffix(']'));
    name.is_some_and(|name| is_key(name.trim_matches(['[', ']'])))
}

/// Returns true for an assignment of TOML, such as `name = "orders"`.
fn is_assignment(line: &str) -> bool {
    line.split_once('=').is_some_and(|(key, _)| is_key(key.trim_end()))
}

fn is_key(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_alphabetic())
        && name.chars().all(|char| char.is_ascii_alphanumeric() || "._-\"' ".contains(char))
}

/// Returns true if a text has the key `openapi` or `swagger` anywhere.
pub(super) fn mentions_openapi(text: &str) -> bool {
    ["openapi", "swagger"].iter().any(|name| {
        text.match_indices(name).any(|(start, _)| {
            let after = text[start + name.len()..].trim_start_matches(['"', '\'']);
            let is_whole = !text[..start].ends_with(char::is_alphanumeric);
            is_whole && after.trim_start_matches(' ').starts_with(':')
        })
    })
}
