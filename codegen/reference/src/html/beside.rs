//! Renders the evidence and the errata next to a statement.

use maud::{Markup, html};

use super::{anchor, text};
use crate::{
    basis::{Basis, Kind},
    corrections::Correction,
    model::{Member, Model},
    page::Page,
};

/// Renders the kind of evidence. The word carries the meaning, and the color only repeats it.
pub(super) fn badge(kind: Kind) -> Markup {
    html! {
        span class={ "basis " (kind.word()) } title={ "Evidence: " (kind.description()) } {
            span.hidden { "Evidence: " } (kind.name())
        }
    }
}

/// Renders the evidence of a statement with its note and page.
pub(super) fn statement(basis: Basis<'_>, page: Option<Page<'_>>) -> Markup {
    html! {
        p.evidence {
            (badge(basis.kind))
            @if let Some(note) = basis.note { " " (text::inline(note)) }
            @if let Some(page) = page { " See " (text::page(page)) "." }
        }
    }
}

/// Renders the evidence of a member. A member that states none has the evidence of its model.
pub(super) fn member(model: &Model<'_>, member: &Member<'_>) -> Markup {
    html! {
        p.evidence {
            (badge(member.basis.kind))
            @match (member.basis.kind, member.is_inherited) {
                (Kind::Page, _) => @if let Some(page) = model.page { " " (text::page(page)) },
                (_, true) => { " as for " a href={ "#" (anchor::model(model.name)) } { (model.name) } },
                (_, false) => @if let Some(note) = member.basis.note { " " (text::inline(note)) },
            }
        }
    }
}

/// Renders links to the errata that affect a statement.
pub(super) fn errata(corrections: &[&Correction<'_>]) -> Markup {
    html! {
        @if !corrections.is_empty() {
            ul.errata {
                @for correction in corrections {
                    li {
                        "Erratum " a href={ "#" (anchor::erratum(&correction.erratum.id)) } {
                            (correction.erratum.id)
                        }
                        ": " (text::inline(&correction.erratum.reason))
                    }
                }
            }
        }
    }
}
