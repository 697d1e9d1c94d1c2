//! Normalizes the names of pages, so that file names, URLs, titles and anchors can be compared.

/// Returns the anchor of a heading: its words in lowercase, joined with hyphens.
pub(crate) fn slug(title: &str) -> String {
    let kept = title
        .chars()
        .filter(|char| char.is_alphanumeric() || char.is_whitespace() || matches!(char, '-' | '_'));
    let kept: String = kept.flat_map(char::to_lowercase).collect();
    kept.split_whitespace().collect::<Vec<_>>().join("-")
}

/// Returns the last segment of a page's URL, in lowercase.
pub(crate) fn page_name(url: &str) -> String {
    let path = url.split(['?', '#']).next().unwrap_or_default();
    path.trim_end_matches('/').rsplit('/').next().unwrap_or_default().to_lowercase()
}

/// Returns a file name without its folder and extension, in lowercase.
pub(crate) fn stem(path: &str) -> String {
    let name = path.rsplit(['/', '\\']).next().unwrap_or_default();
    name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_slug_of_a_title_with_an_apostrophe() {
        assert_eq!(slug(" Get a customer's  order "), "get-a-customers-order");
    }

    #[test]
    fn the_name_in_a_url_with_a_fragment() {
        assert_eq!(page_name("https://example.com/Docs/Get-Orders#body"), "get-orders");
    }

    #[test]
    fn the_stem_of_a_file_in_a_folder() {
        assert_eq!([stem("a/b.c/Get-Orders.md"), stem("orders")], ["get-orders", "orders"]);
    }
}
