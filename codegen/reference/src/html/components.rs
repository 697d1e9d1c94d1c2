//! Renders parameters, headers, responses, bodies and tokens, both those of an operation and the shared ones that
//! operations refer to.

use document::{Entry, Kind as ObjectKind, Node};
use maud::{Markup, html};

use super::{Site, anchor, beside, entry, messages::block, models, text};
use crate::{basis::Basis, types};

/// The sections of shared components: the key, the heading and the kind.
const SECTIONS: [(&str, &str, ObjectKind); 4] = [
    ("parameters", "Shared parameters", ObjectKind::Parameter),
    ("responses", "Shared responses", ObjectKind::Response),
    ("headers", "Response headers", ObjectKind::Header),
    ("securitySchemes", "Tokens", ObjectKind::SecurityScheme),
];

pub(super) fn sections(site: &Site<'_>) -> Markup {
    html! {
        @for (key, heading, kind) in SECTIONS {
            @if site.document.components(kind).next().is_some() {
                section aria-labelledby=(key) {
                    h2 id=(key) { (heading) }
                    @for component in site.document.components(kind) { (self::component(site, key, component)) }
                }
            }
        }
    }
}

/// Returns the keys and headings of the sections that the document has.
pub(super) fn headings(site: &Site<'_>) -> impl Iterator<Item = (&'static str, &'static str)> {
    let present = SECTIONS.into_iter().filter(|it| site.document.components(it.2).next().is_some());
    present.map(|(key, heading, _)| (key, heading)).collect::<Vec<_>>().into_iter()
}

fn component(site: &Site<'_>, key: &str, component: Entry<'_>) -> Markup {
    let (name, node) = (component.name(), component.value);
    let content = html! {
        @match key {
            "responses" => (response_parts(site, node)),
            "securitySchemes" => (token(node)),
            _ => (value_parts(site, node)),
        }
    };
    entry(&anchor::component(key, name), &html! { code { (name) } }, &content)
}

/// Renders a link to a component, or its name if there is none.
pub(super) fn link(site: &Site<'_>, key: &str, name: &str) -> Markup {
    let kind = SECTIONS.into_iter().find(|(section, ..)| *section == key).map(|it| it.2);
    let mut components = kind.into_iter().flat_map(|kind| site.document.components(kind));
    html! {
        @if components.any(|component| component.name() == name) {
            a href={ "#" (anchor::component(key, name)) } { (name) }
        } @else {
            (name)
        }
    }
}

/// Returns the name of the component that a node is or refers to.
fn shared<'t>(site: &Site<'t>, kind: ObjectKind, node: Node<'t>) -> Option<&'t str> {
    site.document.component_name(kind, site.document.resolve(node)?)
}

/// Renders a parameter of an operation: in full, or as a link to the shared one.
pub(super) fn parameter(site: &Site<'_>, operation: &str, node: Node<'_>) -> Markup {
    let name = node.get_str("name").unwrap_or_default();
    let shared = shared(site, ObjectKind::Parameter, node);
    html! {
        dt {
            @match shared {
                Some(component) => a href={ "#" (anchor::component("parameters", component)) } { code { (name) } },
                None => code { (name) },
            }
            (place(node))
            " " (beside::badge(Basis::of(node).kind))
        }
        dd {
            @if shared.is_none() { (value_parts(site, node)) }
            (beside::errata(&site.errata_of_parameter(operation, name)))
        }
    }
}

fn place(node: Node<'_>) -> Markup {
    let text = |key| node.get_str(key);
    let is_true = |key| node.is_true(key);
    html! {
        @if let Some(place) = text("in") { " " span.flag { (place) } }
        @if is_true("required") { " " span.flag { "required" } }
        @if is_true("x-client-managed") { " " span.flag { "set by the client" } }
    }
}

/// Renders the parts of a parameter or a header.
fn value_parts(site: &Site<'_>, node: Node<'_>) -> Markup {
    html! {
        @if let Some(name) = node.get_str("name") {
            p { code { (name) } (place(node)) }
        }
        (models::description(node))
        @if let Some(schema) = node.get("schema") {
            p { "Type: " (models::of(site, schema)) }
            (models::facts(schema))
        }
        (beside::statement(Basis::of(node), None))
    }
}

/// Renders a response of an operation: in full, or as a link to the shared one.
pub(super) fn response(site: &Site<'_>, operation: &str, response: Entry<'_>) -> Markup {
    let node = site.document.resolve(response.value).unwrap_or(response.value);
    let status = response.name();
    html! {
        dt { code { (status) } " "
            @match shared(site, ObjectKind::Response, response.value) {
                Some(component) => {
                    (link(site, "responses", component)) " " (beside::badge(Basis::of(node).kind))
                },
                None => (beside::badge(Basis::of(node).kind)),
            }
        }
        dd {
            @if shared(site, ObjectKind::Response, response.value).is_none() { (response_parts(site, node)) }
            (beside::errata(&site.errata_of_response(operation, status)))
        }
    }
}

fn response_parts(site: &Site<'_>, node: Node<'_>) -> Markup {
    let headers: Vec<Entry<'_>> = node.entries_of("headers").collect();
    html! {
        (models::description(node))
        @if let Some(basis) = Basis::named_by(node) { (beside::statement(basis, None)) }
        @if !headers.is_empty() {
            p.headers {
                "Headers:"
                @for header in headers {
                    " " (self::header(site, header))
                }
            }
        }
        (content(site, node))
    }
}

fn header(site: &Site<'_>, header: Entry<'_>) -> Markup {
    let node = site.document.resolve(header.value).unwrap_or(header.value);
    html! {
        span.header {
            @match shared(site, ObjectKind::Header, header.value) {
                Some(component) => a href={ "#" (anchor::component("headers", component)) } { code { (header.name()) } },
                None => code { (header.name()) },
            }
            " " (beside::badge(Basis::of(node).kind))
        }
    }
}

fn token(node: Node<'_>) -> Markup {
    let kind = node.get_str("type");
    html! {
        (models::description(node))
        @if let Some(kind) = kind { p { "Type: " (kind) } }
        @for flow in node.entries_of("flows") {
            p { "Flow " code { (flow.name()) } }
            dl.members {
                @for scope in flow.value.entries_of("scopes") {
                    dt { code { (scope.name()) } }
                    dd { @if let Some(text) = scope.value.as_str() { (text::inline(text)) } }
                }
            }
        }
        (beside::statement(Basis::of(node), None))
    }
}

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
