//! Prints types and other tokens, and names items in sentences, as an author would write them.

use quote::ToTokens;

use super::api::{Name, Path};

/// Prints tokens on one line, with spaces only where they are usual.
pub(super) fn shown(tokens: &impl ToTokens) -> String {
    let text = tokens.to_token_stream().to_string();
    let mut printed = String::with_capacity(text.len());
    for token in text.split(' ').filter(|token| !token.is_empty()) {
        if needs_space(&printed, token) {
            printed.push(' ');
        }
        printed.push_str(token);
    }
    printed
}

fn needs_space(before: &str, token: &str) -> bool {
    let Some(last) = before.chars().last() else { return false };
    let is_word = |char: char| char.is_alphanumeric() || char == '_' || char == '"';
    let first = token.chars().next().unwrap_or(' ');
    let is_lifetime = before
        .rsplit(['<', '&', ' ', ','])
        .next()
        .is_some_and(|word| word.starts_with('\'') && word.len() > 1);
    match last {
        ',' | ';' | '=' | '+' => true,
        ':' => !before.ends_with("::") && first != ':',
        '-' => false,
        '>' if before.ends_with("->") => true,
        _ if token == "->" || token.starts_with('=') || token == "+" => true,
        _ if is_lifetime => is_word(first),
        _ => is_word(last) && (is_word(first) || first == '\'' || first == '&'),
    }
}

/// Names an item, such as `OverageUpdate::new`.
pub(crate) fn named(path: &Path) -> String {
    format!("`{}`", plain(path))
}

pub(super) fn plain(path: &Path) -> String {
    let owner = path.owner.strip_prefix("types::").unwrap_or(&path.owner);
    match &path.name {
        Name::Owner => owner.to_owned(),
        Name::Member(name) => format!("{owner}.{name}"),
        Name::Variant(name) | Name::Function(name) => format!("{owner}::{name}"),
        Name::Trait(name) => format!("{owner}: {name}"),
    }
}
