//! Renders the Markdown of the document as HTML, without tags, images and unsafe links.

use maud::{Markup, PreEscaped, html};
use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, TagEnd, html::push_html};

use crate::page::Page;

/// Renders Markdown. HTML becomes text, an image its description, and a heading a paragraph.
pub(super) fn markdown(text: &str) -> Markup {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    let mut links = Vec::new();
    let events = Parser::new_ext(text, options).filter_map(|event| harmless(event, &mut links));
    let mut html = String::new();
    push_html(&mut html, events);
    PreEscaped(html)
}

/// Renders Markdown that is part of a line, such as a note.
pub(super) fn inline(text: &str) -> Markup {
    let Markup { 0: html } = markdown(text);
    let single = html.trim().strip_prefix("<p>").and_then(|html| html.strip_suffix("</p>"));
    match single {
        Some(line) if !line.contains("<p>") => PreEscaped(line.to_owned()),
        _ => PreEscaped(html),
    }
}

/// Renders a link to a vendor's page, or its title if the URL has an unknown scheme.
pub(super) fn page(page: Page<'_>) -> Markup {
    html! {
        @if Page::is_safe(page.url) {
            a href=(page.url) rel="noreferrer" { (page.title) }
        } @else {
            (page.title)
        }
    }
}

/// Replaces an event that could load, run or restructure something. `links` says, for each link around the event,
/// whether it is kept.
fn harmless<'t>(event: Event<'t>, links: &mut Vec<bool>) -> Option<Event<'t>> {
    match event {
        Event::Html(text) | Event::InlineHtml(text) => Some(Event::Text(text)),
        Event::Start(Tag::HtmlBlock) => Some(Event::Start(Tag::Paragraph)),
        Event::End(TagEnd::HtmlBlock) => Some(Event::End(TagEnd::Paragraph)),
        Event::Start(Tag::Heading { .. }) => Some(Event::Start(Tag::Paragraph)),
        Event::End(TagEnd::Heading(_)) => Some(Event::End(TagEnd::Paragraph)),
        Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image) => None,
        Event::Start(Tag::Link { link_type, dest_url, id, .. }) => {
            // Links within the document have no target on this page.
            let is_kept = Page::is_safe(&dest_url) && !dest_url.starts_with('#');
            links.push(is_kept);
            let title = CowStr::Borrowed("");
            is_kept.then_some(Event::Start(Tag::Link { link_type, dest_url, title, id }))
        }
        Event::End(TagEnd::Link) => links.pop().unwrap_or_default().then_some(event),
        event => Some(event),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn assert_html(text: &str, html: &str) {
        assert_eq!(markdown(text).0.trim(), html);
    }

    #[test]
    fn html_becomes_text() {
        assert_html("a <script>x</script>", "<p>a &lt;script&gt;x&lt;/script&gt;</p>");
        assert_html("<script>\nx\n</script>", "<p>&lt;script&gt;\nx\n&lt;/script&gt;</p>");
        assert_html("<!-- a", "<p>&lt;!-- a</p>");
    }

    #[test]
    fn a_link_with_a_scheme_that_runs_code_is_text() {
        assert_html("[a](javascript:alert(1))", "<p>a</p>");
        assert_html("[a](JaVaScRiPt:alert(1))", "<p>a</p>");
        assert_html("<javascript:alert(1)>", "<p>javascript:alert(1)</p>");
        assert_html("[a](data:text/html,x)", "<p>a</p>");
    }

    #[test]
    fn a_link_to_a_page_stays() {
        assert_html("[a](https://e.com)", "<p><a href=\"https://e.com\">a</a></p>");
    }

    #[test]
    fn an_image_is_its_description() {
        assert_html("![a](https://e.com/b.png)", "<p>a</p>");
    }
}
