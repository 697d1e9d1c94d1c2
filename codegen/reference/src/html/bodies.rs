//! Bodies of requests and responses, with their examples.

use document::Node;
use maud::{Markup, html};

use super::{Site, messages::block, models, text};
use crate::types;

/// Renders the content of a body: its types and examples.
pub(super) fn content(site: &Site<'_>, body: Node<'_>) -> Markup {
    html! {
        @for media in body.entries_of("content") {
            p.body {
                code { (media.name()) } ": "
                @if let Some(schema) = media.value.get("schema") { (models::of(site, schema)) }
            }
            @if let Some(example) = media.value.get("example") { (block(&types::json(example))) }
            @for example in media.value.entries_of("examples") { (self::example(site, example.name(), example.value)) }
        }
    }
}

fn example(site: &Site<'_>, name: &str, example: Node<'_>) -> Markup {
    let example = site.document.resolve(example).unwrap_or(example);
    let text = |key| example.get_str(key);
    html! {
        figure {
            figcaption {
                "Example " code { (name) }
                @if let Some(summary) = text("summary") { ": " (text::inline(summary)) }
                @if let Some(description) = text("description") { div.text { (text::markdown(description)) } }
            }
            @if let Some(value) = example.get("value") { (block(&types::json(value))) }
        }
    }
}
