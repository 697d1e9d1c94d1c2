//! Web addresses in a text, and the locales in them.

use std::ops::Range;

/// The locale of an address.
pub(super) struct Found {
    /// Its bytes in the address.
    pub(super) span: Range<usize>,
    /// The address without it.
    pub(super) without: String,
}

/// The addresses in a text, without the punctuation that follows them.
pub(super) fn all(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let lower = text.to_ascii_lowercase();
    let starts: Vec<usize> = lower
        .match_indices("http")
        .map(|(start, _)| start)
        .filter(|start| path_start(&lower[*start..]).is_some())
        .collect();
    starts.into_iter().map(|start| start..start + length(&text[start..]))
}

fn length(text: &str) -> usize {
    let is_end = |letter: char| letter.is_whitespace() || "<>()[]{}\"'`|\\".contains(letter);
    let whole = text.find(is_end).unwrap_or(text.len());
    text[..whole].trim_end_matches(['.', ',', ';', ':', '!', '?']).len()
}

/// The length of the scheme.
fn path_start(address: &str) -> Option<usize> {
    let after = address.strip_prefix("http")?;
    let after = after.strip_prefix('s').unwrap_or(after).strip_prefix("://")?;
    Some(address.len() - after.len())
}

/// The locale in an address: the first segment of its path, or a parameter of its query that is called so.
pub(super) fn locale(address: &str) -> Option<Found> {
    in_path(address).or_else(|| in_query(address))
}

fn in_path(address: &str) -> Option<Found> {
    let scheme = path_start(&address.to_ascii_lowercase())?;
    let host = address[scheme..].find(['/', '?', '#']).map(|end| scheme + end)?;
    let segment = address[host..].find(|letter| letter != '/').map(|slashes| host + slashes)?;
    let end = address[segment..].find(['/', '?', '#']).map_or(address.len(), |end| segment + end);
    if !address[host..].starts_with('/') || !is_locale(&address[segment..end]) {
        return None;
    }
    let rest = address[end..].strip_prefix('/').unwrap_or(&address[end..]);
    Some(Found { span: segment..end, without: format!("{}/{rest}", &address[..host]) })
}

fn in_query(address: &str) -> Option<Found> {
    const NAMES: [&str; 7] = ["culture", "hl", "lang", "language", "locale", "mkt", "setlang"];
    let fragment = address.find('#').unwrap_or(address.len());
    let query = address[..fragment].find('?')?;
    let mut start = query + 1;
    for pair in address[query + 1..fragment].split('&') {
        let end = start + pair.len();
        let named = pair
            .split_once('=')
            .filter(|(name, _)| NAMES.iter().any(|known| name.eq_ignore_ascii_case(known)));
        if let Some((_, value)) = named.filter(|(_, value)| is_locale(value) || is_language(value))
        {
            let (before, after) = (&address[..start - 1], &address[end..]);
            // The next parameter takes the place of the first one.
            let after = match (address.as_bytes()[start - 1], after.strip_prefix('&')) {
                (b'?', Some(next)) => format!("?{next}"),
                _ => after.to_owned(),
            };
            return Some(Found {
                span: end - value.len()..end,
                without: before.to_owned() + &after,
            });
        }
        start = end + 1;
    }
    None
}

/// Whether a text is a language with a script, a region or both, such as `sv-se`, `es-419` or `sr-latn-rs`.
///
/// A language alone is a word too often: `/ai/`, `/ad/`, `/is/`.
fn is_locale(text: &str) -> bool {
    let parts: Vec<&str> = text.split(['-', '_']).collect();
    match parts.as_slice() {
        [language, region] => {
            is_language(language) && (is_region(region) || is_known_script(region))
        }
        [language, script, region] => {
            is_language(language)
                && (is_script(script) && is_region(region)
                    || is_region(script) && is_variant(region))
        }
        _ => false,
    }
}

fn is_language(text: &str) -> bool {
    // Three letters are a word too often, as in `log-in` or `how-to`.
    const OF_THREE_LETTERS: [&str; 9] =
        ["chr", "fil", "kok", "mni", "nso", "prs", "qps", "quc", "quz"];
    let is_known = || OF_THREE_LETTERS.iter().any(|known| text.eq_ignore_ascii_case(known));
    is_word(text) && (text.len() == 2 || is_known())
}

fn is_region(text: &str) -> bool {
    (text.len() == 2 && is_word(text))
        || (text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_digit()))
}

fn is_script(text: &str) -> bool {
    text.len() == 4 && is_word(text)
}

fn is_known_script(text: &str) -> bool {
    const SCRIPTS: [&str; 7] = ["arab", "cans", "cyrl", "hans", "hant", "latn", "ploc"];
    SCRIPTS.iter().any(|script| text.eq_ignore_ascii_case(script))
}

/// Such as `valencia`, for which Microsoft has translations.
fn is_variant(text: &str) -> bool {
    (5..=8).contains(&text.len()) && is_word(text)
}

fn is_word(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphabetic())
}
