//! Addresses of the vendor's pages that name a locale, in any text.

mod address;

use std::ops::Range;

use super::rule::{Rule, rule};

/// Addresses of pages leave the language to their reader.
pub static LOCALIZED_PAGE: Rule = rule!("localized-page");

/// A locale in an address within a text.
pub struct Locale {
    /// Its bytes in the text.
    pub span: Range<usize>,
    /// The problem.
    pub message: String,
    /// The remedy.
    pub help: String,
}

/// The locales of all addresses in a text.
pub fn locales(text: &str) -> Vec<Locale> {
    let localized = address::all(text).filter_map(|address| {
        let found = address::locale(&text[address.clone()])?;
        let span = address.start + found.span.start..address.start + found.span.end;
        let message = format!("the address names the locale `{}`", &text[span.clone()]);
        Some(Locale { span, message, help: format!("write `{}`", found.without) })
    });
    localized.collect()
}
