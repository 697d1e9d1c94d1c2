//! The kinds of evidence, and the statements that rest on the weakest one.

use maud::{Markup, html};

use super::{Site, anchor, beside, text};
use crate::{
    basis::Kind,
    model::{Statement, count, statements},
};

/// Explains the kinds of evidence.
pub(super) fn legend() -> Markup {
    html! {
        p.legend {
            "Each statement shows what it rests on, from the strongest to the weakest: "
            (beside::badge(Kind::Page)) " the vendor's page states it; "
            (beside::badge(Kind::Sample)) " a sample that the vendor printed shows it; "
            (beside::badge(Kind::Sdk)) " the source of the vendor's SDKs shows it; "
            (beside::badge(Kind::Inferred)) " it was inferred from other statements. Do not base a payment on "
            a href="#inference" { "what rests on inference" } "."
        }
    }
}

pub(super) fn section(site: &Site<'_>) -> Markup {
    html! {
        section aria-labelledby="inference" {
            h2 #inference { "What rests on inference" }
            p {
                "Of " (site.models.iter().map(|model| model.members.len()).sum::<usize>()) " members, "
                @for kind in Kind::ALL {
                    @if kind != Kind::Page { ", " }
                    (count(site.models.iter().flat_map(|model| &model.members), kind))
                    " rest on " (beside::badge(kind))
                }
                "."
            }
            dl.members { (members(site)) (others(site)) }
        }
    }
}

fn members(site: &Site<'_>) -> Markup {
    html! {
        @for model in &site.models {
            @for member in model.members.iter().filter(|it| it.basis.kind == Kind::Inferred) {
                dt {
                    a href={ "#" (anchor::member(model.name, &member.path)) } {
                        code { (model.name) "." (member.name()) }
                    }
                }
                dd { @if let Some(note) = member.basis.note { (text::inline(note)) } }
            }
        }
    }
}

fn others(site: &Site<'_>) -> Markup {
    html! {
        @for statement in statements(site.document).iter().filter(|it| it.basis.kind == Kind::Inferred) {
            dt {
                (statement.object) " "
                @match anchor_of(statement) {
                    Some(id) => a href={ "#" (id) } { code { (statement.name) } },
                    None => code { (statement.name) },
                }
            }
            dd { @if let Some(note) = statement.basis.note { (text::inline(note)) } }
        }
    }
}

/// Returns the ID of a statement that has its own entry.
fn anchor_of(statement: &Statement<'_>) -> Option<String> {
    let name = statement.name;
    Some(match statement.object {
        "operation" => anchor::operation(name),
        "model" => anchor::model(name),
        "response" => anchor::component("responses", name),
        "parameter" => anchor::component("parameters", name),
        "header" => anchor::component("headers", name),
        _ => return None,
    })
}
