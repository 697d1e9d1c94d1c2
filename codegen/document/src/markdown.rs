//! Escapes text for Markdown.

/// Escapes a URL for the target of a link, in which neither a bracket nor a space may end it.
pub fn link_target(url: &str) -> String {
    let is_unsafe = |it: char| it.is_whitespace() || it.is_control() || "()<>\\".contains(it);
    let escaped = |it: char| match is_unsafe(it) {
        true => it.to_string().bytes().map(|byte| format!("%{byte:02X}")).collect(),
        false => it.to_string(),
    };
    url.chars().map(escaped).collect()
}
