//! The reference: an HTML page that needs no network.

mod anchor;
mod beside;
mod components;
mod inference;
mod messages;
mod models;
mod operations;
mod site;
mod text;
mod users;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use document::{Document, Kind as ObjectKind, Node};
use evidence::documented::Evidence;
use maud::{DOCTYPE, Markup, PreEscaped, html as markup};
use sha2::{Digest as _, Sha256};

use site::{OperationName, Site};

const STYLE: &str = include_str!("html/style.css");
const SCRIPT: &str = include_str!("html/search.js");

/// Returns the reference as a single HTML page: the document, with the evidence and errata beside each statement.
///
/// The page loads nothing. Everything except the search works without its script.
pub fn html(document: &Document<'_>, evidence: &Evidence) -> String {
    page(&Site::new(document, evidence)).into_string()
}

fn page(site: &Site<'_>) -> Markup {
    let info = site.document.root().get("info");
    let text = |key| info.and_then(|info| info.get_str(key)).unwrap_or_default();
    markup! {
        (DOCTYPE)
        html lang="en" {
            (head(text("title")))
            body {
                a.skip href="#contents" { "Skip to the contents" }
                div.layout {
                    (navigation(site))
                    main #contents tabindex="-1" {
                        h1 { (text("title")) }
                        p { "Version " (text("version")) }
                        div.text { (text::markdown(text("description"))) }
                        (inference::legend())
                        (operations::section(site))
                        (models::section(site))
                        (components::sections(site))
                        (messages::errata(site))
                        (inference::section(site))
                    }
                }
                script { (PreEscaped(SCRIPT)) }
            }
        }
    }
}

fn head(title: &str) -> Markup {
    markup! {
        head {
            meta charset="utf-8";
            meta http-equiv="Content-Security-Policy" content=(policy(STYLE, SCRIPT));
            meta name="viewport" content="width=device-width, initial-scale=1";
            meta name="color-scheme" content="light dark";
            meta name="referrer" content="no-referrer";
            title { (title) " – reference" }
            // Without this, a browser requests an icon from the server.
            link rel="icon" href="data:,";
            style { (PreEscaped(STYLE)) }
        }
    }
}

fn navigation(site: &Site<'_>) -> Markup {
    markup! {
        nav aria-label="Contents" {
            form.search role="search" hidden {
                label for="search" { "Search" }
                input #search type="search" autocomplete="off";
                p.found role="status" {}
            }
            details open {
                summary { "Contents" }
                (links("operations", "Operations", site.document.operations().map(|operation| {
                    let OperationName { id, summary } = OperationName::of(&operation);
                    (anchor::operation(id), summary)
                })))
                (links("models", "Models", site.models.iter().map(|model| {
                    (anchor::model(model.name), model.name)
                })))
                ul {
                    @for (key, heading) in components::headings(site) { li { a href={ "#" (key) } { (heading) } } }
                    li { a href="#errata" { "Errata" } }
                    li { a href="#inference" { "What rests on inference" } }
                }
            }
        }
    }
}

fn links<'t>(id: &str, heading: &str, entries: impl Iterator<Item = (String, &'t str)>) -> Markup {
    markup! {
        p { a href={ "#" (id) } { (heading) } }
        ul { @for (id, name) in entries { li { a href={ "#" (id) } { (name) } } } }
    }
}

/// Renders an entry with a heading, which is a link to it. The search hides and shows entries.
fn entry(id: &str, heading: &Markup, content: &Markup) -> Markup {
    markup! {
        article id=(id) {
            h3 { a.self href={ "#" (id) } { (heading) } }
            (content)
        }
    }
}

/// Returns the schema of a body, if it is a component.
fn model_of<'t>(document: &Document<'t>, body: Node<'t>) -> Option<&'t str> {
    let body = document.resolve(body)?;
    let schema = body.entries_of("content").find_map(|media| media.value.get("schema"))?;
    document.component_name(ObjectKind::Schema, document.resolve(schema)?)
}

/// Returns a content security policy under which a browser loads nothing, runs only this script, and applies only this
/// style.
fn policy(style: &str, script: &str) -> String {
    format!(
        "default-src 'none'; style-src '{}'; script-src '{}'; img-src data:; base-uri 'none'; form-action 'none'",
        source(style),
        source(script)
    )
}

fn source(text: &str) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(text)))
}
