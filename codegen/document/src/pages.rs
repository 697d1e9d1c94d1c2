//! Finds URLs of documentation pages that contain a locale.
//!
//! The crate `url` would normalize a URL, but the remedy should quote it as its author wrote it.

use std::ops::Range;

use super::{page::rule, rule::Rule};

pub static LOCALIZED_PAGE: Rule = rule!("localized-page");

/// A locale in a URL.
pub struct Locale {
    pub span: Range<usize>,
    pub message: String,
    /// The remedy: the URL without the locale.
    pub help: String,
}

/// Returns the locales in all URLs of a text.
pub fn locales(text: &str) -> Vec<Locale> {
    let localized = urls(text).filter_map(|url| {
        let found = locale(&text[url.clone()])?;
        let span = url.start + found.span.start..url.start + found.span.end;
        let message = format!("the URL contains the locale `{}`", &text[span.clone()]);
        Some(Locale { span, message, help: format!("write `{}`", found.without) })
    });
    localized.collect()
}

/// The locale of a URL.
struct Found {
    span: Range<usize>,
    without: String,
}

/// Returns the spans of the URLs in a text, without trailing punctuation.
fn urls(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let lower = text.to_ascii_lowercase();
    let starts: Vec<usize> = lower
        .match_indices("http")
        .map(|(start, _)| start)
        .filter(|start| scheme_length(&lower[*start..]).is_some())
        .collect();
    starts.into_iter().map(|start| start..start + length(&text[start..]))
}

fn length(text: &str) -> usize {
    let is_end = |letter: char| letter.is_whitespace() || "<>()[]{}\"'`|\\".contains(letter);
    let whole = text.find(is_end).unwrap_or(text.len());
    text[..whole].trim_end_matches(['.', ',', ';', ':', '!', '?']).len()
}

fn scheme_length(url: &str) -> Option<usize> {
    let after = url.strip_prefix("http")?;
    let after = after.strip_prefix('s').unwrap_or(after).strip_prefix("://")?;
    Some(url.len() - after.len())
}

/// Returns the locale in a URL: the first segment of the path, or the value of a query parameter for the language.
fn locale(url: &str) -> Option<Found> {
    in_path(url).or_else(|| in_query(url))
}

fn in_path(url: &str) -> Option<Found> {
    let scheme = scheme_length(&url.to_ascii_lowercase())?;
    let host = url[scheme..].find(['/', '?', '#']).map(|end| scheme + end)?;
    let segment = url[host..].find(|letter| letter != '/').map(|slashes| host + slashes)?;
    let end = url[segment..].find(['/', '?', '#']).map_or(url.len(), |end| segment + end);
    if !url[host..].starts_with('/') || !is_locale(&url[segment..end]) {
        return None;
    }
    let rest = url[end..].strip_prefix('/').unwrap_or(&url[end..]);
    Some(Found { span: segment..end, without: format!("{}/{rest}", &url[..host]) })
}

fn in_query(url: &str) -> Option<Found> {
    const NAMES: [&str; 7] = ["culture", "hl", "lang", "language", "locale", "mkt", "setlang"];
    let fragment = url.find('#').unwrap_or(url.len());
    let query = url[..fragment].find('?')?;
    let mut start = query + 1;
    for pair in url[query + 1..fragment].split('&') {
        let end = start + pair.len();
        let named = pair
            .split_once('=')
            .filter(|(name, _)| NAMES.iter().any(|known| name.eq_ignore_ascii_case(known)));
        if let Some((_, value)) = named.filter(|(_, value)| is_locale(value) || is_language(value))
        {
            let (before, after) = (&url[..start - 1], &url[end..]);
            // The next parameter becomes the first one.
            let after = match (url.as_bytes()[start - 1], after.strip_prefix('&')) {
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

/// Returns true for a language with a script, a region or both, such as `sv-se`, `es-419` or `sr-latn-rs`.
///
/// A language alone is often a word: `/ai/`, `/ad/`, `/is/`.
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
    // Three letters are often a word, as in `log-in` or `how-to`, so only known languages count.
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

/// Returns true for a variant such as `valencia`, which Microsoft has translations for.
fn is_variant(text: &str) -> bool {
    (5..=8).contains(&text.len()) && is_word(text)
}

fn is_word(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphabetic())
}
