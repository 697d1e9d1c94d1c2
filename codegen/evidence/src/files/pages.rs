//! Finds locales in page URLs in the index and the errata.

use document::{
    Diagnostic,
    pages::{LOCALIZED_PAGE, Locale, locales},
};

use super::{File, locations::Locations};
use crate::documented::{Evidence, Location};

/// Returns the strings in the evidence that contain a URL with a locale.
pub(super) fn texts(evidence: &Evidence) -> Vec<(Location, &str)> {
    let pages = evidence.messages.iter().enumerate();
    let pages =
        pages.map(|(index, message)| (Location::Entry(index, "page"), message.page.as_str()));
    let errata = evidence.errata.iter().enumerate().flat_map(|(index, erratum)| {
        let location = move |member| Location::Erratum(index, erratum.id.clone(), member);
        [
            (location("page"), erratum.page.as_str()),
            (location("reason"), erratum.reason.as_str()),
            (location("evidence"), erratum.evidence.as_str()),
        ]
    });
    pages.chain(errata).filter(|(_, text)| !locales(text).is_empty()).collect()
}

/// Reports the locales in the URLs in a string.
pub(super) fn localized(
    locations: &Locations<'_>,
    location: &Location,
    text: &str,
) -> Vec<(File, Diagnostic)> {
    let (file, value, pointer) = locations.find(location);
    let diagnostic = |Locale { span, message, help }: Locale| {
        let (url, locale) = (&text[..span.end], &text[span.clone()]);
        let at = locations.text(&file)[value.clone()].find(url);
        let span = at.map_or(value.clone(), |at| {
            let end = value.start + at + url.len();
            end - locale.len()..end
        });
        let (rule, severity) = (LOCALIZED_PAGE.id, LOCALIZED_PAGE.severity);
        let pointer = pointer.clone();
        (
            file.clone(),
            Diagnostic { rule, severity, message, help: Some(help), span, related: None, pointer },
        )
    };
    locales(text).into_iter().map(diagnostic).collect()
}
