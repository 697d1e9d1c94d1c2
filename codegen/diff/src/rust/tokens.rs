//! Prints types and other tokens as an author would write them.

use quote::ToTokens;

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
