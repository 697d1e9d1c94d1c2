//! The addresses of pages in the index and the errata.

use document::{
    Diagnostic,
    pages::{LOCALIZED_PAGE, Locale, locales},
};

use super::{File, locations::Locations};
use crate::documented::{Evidence, Location};

/// The texts of the evidence that name a locale in an address.
pub(super) fn texts(evidence: &Evidence) -> Vec<(Location, &str)> {
    let pages = evidence.messages.iter().enumerate();
    let pages =
        pages.map(|(index, message)| (Location::Entry(index, "page"), message.page.as_str()));
    let errata = evidence.errata.iter().enumerate().flat_map(|(index, erratum)| {
        let place = move |member| Location::Erratum(index, erratum.id.clone(), member);
        [
            (place("page"), erratum.page.as_str()),
            (place("reason"), erratum.reason.as_str()),
            (place("evidence"), erratum.evidence.as_str()),
        ]
    });
    pages.chain(errata).filter(|(_, text)| !locales(text).is_empty()).collect()
}

/// The locales in such a text.
pub(super) fn localized(
    places: &Locations<'_>,
    place: &Location,
    text: &str,
) -> Vec<(File, Diagnostic)> {
    let (file, value, pointer) = places.find(place);
    let diagnostic = |Locale { span, message, help }: Locale| {
        let (address, locale) = (&text[..span.end], &text[span.clone()]);
        let at = places.text(&file)[value.clone()].find(address);
        let span = at.map_or(value.clone(), |at| {
            let end = value.start + at + address.len();
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
