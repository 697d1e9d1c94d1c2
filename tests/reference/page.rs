//! An HTML page, parsed as a browser would parse it.

use std::collections::BTreeSet;

use evidence::documented::Evidence;
use scraper::{ElementRef, Html, Selector};

use crate::with_document;

pub(crate) struct Page {
    pub(crate) source: String,
    html: Html,
}

impl Page {
    pub(crate) fn new(document: &str, evidence: &Evidence) -> Self {
        let source = with_document(document, |document| reference::html(document, evidence));
        let html = Html::parse_document(&source);
        Self { source, html }
    }

    pub(crate) fn all(&self, selector: &str) -> Vec<ElementRef<'_>> {
        self.html.select(&Selector::parse(selector).unwrap()).collect()
    }

    /// Returns the element with this id. Panics if there is not exactly one.
    #[track_caller]
    pub(crate) fn element(&self, id: &str) -> ElementRef<'_> {
        let found = self.all(&format!("[id=\"{id}\"]"));
        assert_eq!(found.len(), 1, "{id}");
        found[0]
    }

    pub(crate) fn texts(&self, selector: &str) -> Vec<String> {
        self.all(selector).into_iter().map(text).collect()
    }

    /// Asserts that ids are unique, and that each link within the page points to one of them.
    #[track_caller]
    pub(crate) fn assert_linked(&self) {
        let ids: Vec<&str> = self.all("[id]").iter().filter_map(|it| it.attr("id")).collect();
        let unique: BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(ids.len(), unique.len(), "an id occurs twice");
        let links = self.all("a[href^='#']");
        assert!(!links.is_empty());
        for link in links {
            let target = link.attr("href").unwrap().trim_start_matches('#');
            assert!(unique.contains(target), "no element has the id {target}");
        }
    }
}

pub(crate) fn text(element: ElementRef<'_>) -> String {
    element.text().collect()
}
