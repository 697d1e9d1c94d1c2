//! The models and their members.

use document::Node;
use maud::{Markup, html};

use super::{Site, anchor, beside, entry, text, users};
use crate::{
    model::{Member, Model},
    types::{self, Piece},
};

pub(super) fn section(site: &Site<'_>) -> Markup {
    html! {
        section aria-labelledby="models" {
            h2 #models { "Models" }
            @for model in &site.models { (self::model(site, model)) }
        }
    }
}

fn model(site: &Site<'_>, model: &Model<'_>) -> Markup {
    let content = html! {
        (description(model.node))
        (beside::statement(model.basis, model.page))
        (beside::errata(&site.errata_of_body(model)))
        (users::of(site, model))
        @if model.members.is_empty() {
            p { "Type: " (self::of(site, model.node)) }
            (facts(model.node))
        } @else {
            dl.members { @for member in &model.members { (self::member(site, model, member)) } }
        }
        @for message in site.evidence.messages.iter().filter(|it| it.operation.is_none()) {
            @if message.schema.as_deref() == Some(model.name) { (super::messages::message(site, message)) }
        }
    };
    entry(&anchor::model(model.name), &html! { code { (model.name) } }, &content)
}

fn member(site: &Site<'_>, model: &Model<'_>, member: &Member<'_>) -> Markup {
    html! {
        dt id=(anchor::member(model.name, &member.path)) {
            code { (member.name()) } " "
            span.type { (of(site, member.node)) }
            (flags(member))
        }
        dd {
            (description(member.node))
            (facts(member.node))
            (beside::member(model, member))
            (beside::errata(&site.errata_of_member(model, member)))
        }
    }
}

fn flags(member: &Member<'_>) -> Markup {
    let is_true = |key: &str| member.node.is_true(key);
    let named = [
        ("nullable", "nullable"),
        ("readOnly", "only in responses"),
        ("writeOnly", "only in requests"),
        ("deprecated", "deprecated"),
    ];
    let named = named.into_iter().filter(|(key, _)| is_true(key)).map(|(_, word)| word);
    html! {
        @for flag in member.is_required.then_some("required").into_iter().chain(named) {
            " " span.flag { (flag) }
        }
    }
}

/// Renders the description of an object.
pub(super) fn description(node: Node<'_>) -> Markup {
    let description = node.get_str("description");
    html! { @if let Some(description) = description { div.text { (text::markdown(description)) } } }
}

/// Renders the type of a schema, with links to models.
pub(super) fn of(site: &Site<'_>, schema: Node<'_>) -> Markup {
    html! {
        @for piece in types::describe(site.document, schema) {
            @match piece {
                Piece::Words(words) => (words),
                Piece::Model(name) => a href={ "#" (anchor::model(name)) } { (name) },
            }
        }
    }
}

/// Renders the bounds and values of a schema.
pub(super) fn facts(schema: Node<'_>) -> Markup {
    html! {
        @for (name, values) in types::facts(schema) {
            p.fact {
                (name) ":"
                @for value in values { " " code { (value) } }
            }
        }
    }
}
