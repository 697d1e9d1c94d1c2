//! The messages that the vendor's pages print, and their errata.

use evidence::documented::{ERRATA, Message};
use maud::{Markup, html};

use super::{Site, anchor, beside, entry, text};
use crate::{
    corrections::{Correction, NO_MISTAKE, by_page, describe},
    page::Page,
    printable::{printable, sentence, with_visible_ends},
};

/// Renders a message as the page prints it.
pub(super) fn message(site: &Site<'_>, message: &Message) -> Markup {
    let page = Page { title: &message.title, url: &message.page };
    html! {
        figure id=(anchor::message(&message.file)) {
            figcaption {
                "The " (describe(message)) " on the page " (text::page(page))
                @match site.errata_of(message).len() {
                    0 => ".",
                    1 => ", with one mistake:",
                    count => { ", with " (count) " mistakes:" },
                }
                (beside::errata(&site.errata_of(message)))
            }
            (block(&printable(&String::from_utf8_lossy(&message.bytes))))
        }
    }
}

/// Renders lines of code, which scroll sideways. Only a focusable element can be scrolled with the keyboard.
pub(super) fn block(text: &str) -> Markup {
    html! { pre tabindex="0" { code { (text) } } }
}

pub(super) fn errata(site: &Site<'_>) -> Markup {
    html! {
        section aria-labelledby="errata" {
            h2 #errata { "Errata" }
            p {
                "The mistakes in the vendor's messages, from " code { "spec/" (ERRATA) } ". A "
                code { "·" } " is a space at the end of a line."
            }
            @for group in by_page(&site.corrections, site.evidence) {
                section {
                    h3.page { (text::page(group.page)) }
                    @if group.corrections.is_empty() { p { (NO_MISTAKE) } }
                    @for correction in group.corrections { (erratum(correction)) }
                }
            }
        }
    }
}

fn erratum(correction: &Correction<'_>) -> Markup {
    let (erratum, basis) = (correction.erratum, correction.basis());
    let content = html! {
        @if let Some(message) = correction.message {
            p {
                "In the " a href={ "#" (anchor::message(&message.file)) } { (describe(message)) }
                ", at line " (correction.line) ", the page prints:"
            }
        }
        (block(&with_visible_ends(&correction.before)))
        @if correction.after.trim().is_empty() {
            p { "These lines should not be there." }
        } @else {
            p { "It should read:" }
            (block(&with_visible_ends(&correction.after)))
        }
        div.text { (text::markdown(&erratum.reason)) }
        p.evidence { (beside::badge(basis.kind)) " " (text::inline(&sentence(basis.note.unwrap_or_default()))) }
    };
    entry(&anchor::erratum(&erratum.id), &html! { code { (erratum.id) } }, &content)
}
