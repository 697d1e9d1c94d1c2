//! Collections that a mock serves page by page.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{examples, object::Object, text};

/// The header that identifies a page.
pub(super) const TOKEN: &str = "ms-continuationtoken";

/// The pages of operations, by method name.
#[derive(Default)]
pub(super) struct Collections(BTreeMap<&'static str, Vec<Object>>);

impl Collections {
    /// Sets the pages of an operation.
    ///
    /// # Panics
    ///
    /// Panics if the operation has no pages, if `pages` is empty, or if one of them is not a JSON object.
    pub(super) fn set(&mut self, operation: &str, pages: impl IntoIterator<Item: Serialize>) {
        let operation = examples::operation_by_id(operation);
        assert!(operation.is_paged, "the response of `{}` has no pages", operation.id);
        let page = |page| Object::parse(&text::json(&page)).expect("a page is a JSON object");
        let pages: Vec<Object> = pages.into_iter().map(page).collect();
        assert!(!pages.is_empty(), "a collection has at least one page, which can be empty");
        self.0.insert(operation.id, pages);
    }

    /// Returns the page that a request asks for, with a link to the next page; `None` if no pages were set for the
    /// operation, and an error if there is no such page.
    pub(super) fn page(
        &self,
        operation: &str,
        path: &str,
        token: Option<&str>,
    ) -> Option<Result<String, UnknownToken>> {
        let pages = self.0.get(operation)?;
        let number = match token {
            None => Some(0),
            Some(token) => token.strip_prefix(PREFIX).and_then(|number| number.parse().ok()),
        };
        let Some((number, page)) = number.and_then(|number| Some((number, pages.get(number)?)))
        else {
            return Some(Err(UnknownToken));
        };
        let is_last = number + 1 == pages.len();
        Some(Ok(linked(page, (!is_last).then(|| link(path, number + 1))).json()))
    }
}

/// The error for a request whose token belongs to no page.
pub(super) struct UnknownToken;

const PREFIX: &str = "page-";

/// Returns a page with this link to the next page, and with its other links unchanged.
fn linked(page: &Object, next: Option<String>) -> Object {
    let mut page = page.clone();
    let mut links = page.get("links").and_then(Object::parse).unwrap_or_default();
    match next {
        Some(next) => links.set("next", next),
        None => links.remove("next"),
    }
    page.set("links", links.json());
    page
}

/// Returns a link as the service writes it.
fn link(path: &str, number: usize) -> String {
    let link = serde_json::json!({
        "uri": format!("{path}?seekOperation=Next"),
        "method": "GET",
        "headers": [{ "key": "MS-ContinuationToken", "value": format!("{PREFIX}{number}") }],
    });
    link.to_string()
}
