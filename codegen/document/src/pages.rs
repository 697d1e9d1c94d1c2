//! Finds URLs of documentation pages that contain a locale.

mod url;

use std::ops::Range;

use super::rule::{Rule, rule};

/// Forbids a locale in the URL of a page, so each reader gets their own language.
pub static LOCALIZED_PAGE: Rule = rule!("localized-page");

/// A locale in a URL.
pub struct Locale {
    /// The span of the locale in the text.
    pub span: Range<usize>,
    /// The message of the diagnostic.
    pub message: String,
    /// The remedy: the URL without the locale.
    pub help: String,
}

/// Returns the locales in all URLs of a text.
pub fn locales(text: &str) -> Vec<Locale> {
    let localized = url::all(text).filter_map(|url| {
        let found = url::locale(&text[url.clone()])?;
        let span = url.start + found.span.start..url.start + found.span.end;
        let message = format!("the URL contains the locale `{}`", &text[span.clone()]);
        Some(Locale { span, message, help: format!("write `{}`", found.without) })
    });
    localized.collect()
}
