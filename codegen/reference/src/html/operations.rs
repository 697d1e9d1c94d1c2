//! The operations.

use document::{Node, Operation};
use maud::{Markup, html};

use super::{
    anchor, beside, components, entry, messages, models,
    site::{OperationName, Site},
};
use crate::{basis::Basis, page::Page};

pub(super) fn section(site: &Site<'_>) -> Markup {
    html! {
        section aria-labelledby="operations" {
            h2 #operations { "Operations" }
            @for operation in site.document.operations() { (self::operation(site, &operation)) }
        }
    }
}

fn operation(site: &Site<'_>, operation: &Operation<'_>) -> Markup {
    let OperationName { id, summary } = OperationName::of(operation);
    let node = operation.node;
    let parameters = site.document.parameters(operation);
    let names: Vec<&str> = parameters.iter().filter_map(|it| it.get_str("name")).collect();
    let content = html! {
        p.call {
            span.method { (operation.method.to_uppercase()) } " "
            code { (breakable(operation.path)) }
        }
        p.id { "operationId " code { (id) } }
        @if node.is_true("deprecated") {
            p { span.flag { "deprecated" } }
        }
        (beside::errata(&site.errata_of_call(id, &names)))
        (models::description(node))
        (beside::statement(Basis::of(node), Page::of(node)))
        (security(site, node))
        (self::parameters(site, id, parameters))
        (body(site, node))
        h4 { "Responses" }
        dl.members { @for response in node.entries_of("responses") { (components::response(site, id, response)) } }
        (printed(site, id))
    };
    entry(&anchor::operation(id), &html! { (summary) }, &content)
}

/// Lets a path break after each slash, so that it fits on a phone screen.
fn breakable(path: &str) -> Markup {
    html! { @for part in path.split_inclusive('/') { (part) wbr; } }
}

fn security(site: &Site<'_>, node: Node<'_>) -> Markup {
    let own = node.get("security").or_else(|| site.document.root().get("security"));
    let schemes: Vec<&str> =
        own.into_iter().flat_map(Node::items).flat_map(Node::entries).map(|it| it.name()).collect();
    html! {
        @if !schemes.is_empty() {
            p {
                "Tokens:"
                @for scheme in schemes {
                    " " (components::link(site, "securitySchemes", scheme))
                }
            }
        }
    }
}

fn parameters(site: &Site<'_>, id: &str, parameters: Vec<Node<'_>>) -> Markup {
    html! {
        @if !parameters.is_empty() {
            h4 { "Parameters" }
            dl.members { @for parameter in parameters { (components::parameter(site, id, parameter)) } }
        }
    }
}

fn body(site: &Site<'_>, node: Node<'_>) -> Markup {
    let body = node.get("requestBody").and_then(|body| site.document.resolve(body));
    html! {
        @if let Some(body) = body {
            h4 { "Request body" }
            (models::description(body))
            @if let Some(basis) = Basis::named_by(body) { (beside::statement(basis, None)) }
            (components::content(site, body))
        }
    }
}

/// Renders the messages on the page of an operation.
fn printed(site: &Site<'_>, id: &str) -> Markup {
    let of =
        site.evidence.messages.iter().filter(|message| message.operation.as_deref() == Some(id));
    let of: Vec<_> = of.collect();
    html! {
        @if !of.is_empty() {
            h4 { "Messages on the page" }
            @for message in of { (messages::message(site, message)) }
        }
    }
}
