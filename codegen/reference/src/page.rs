//! The vendor's pages.

use document::Node;

/// A page that describes something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Page<'t> {
    pub(crate) title: &'t str,
    pub(crate) url: &'t str,
}

impl<'t> Page<'t> {
    /// Returns the page that an object names in its `externalDocs`.
    pub(crate) fn of(node: Node<'t>) -> Option<Self> {
        let page = node.get("externalDocs")?;
        let url = page.get_str("url")?;
        Some(Self { title: page.get_str("description").unwrap_or(url), url })
    }

    /// Returns true if it is safe for a browser to follow the URL. A URL with another scheme, such as `javascript`, is
    /// shown as text.
    pub(crate) fn is_safe(url: &str) -> bool {
        let url = url.trim_start().to_ascii_lowercase();
        ["https://", "http://", "mailto:", "#"].iter().any(|start| url.starts_with(start))
    }
}
