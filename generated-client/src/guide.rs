//! Guides for common tasks.

#[cfg_attr(not(doctest), doc = include_str!("links/always.md"))]
#[doc = include_str!("../docs/recipes.md")]
pub mod recipes {}

#[cfg_attr(not(doctest), doc = include_str!("links/always.md"))]
#[cfg_attr(
    all(not(doctest), feature = "azure_core", feature = "mock", feature = "oauth2", feature = "recorder"),
    doc = include_str!("links/features.md")
)]
#[doc = include_str!("../docs/from_dotnet.md")]
pub mod from_dotnet {}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    const DOCS_RS: &str = "https://docs.rs/partner-center-client/latest/partner_center_client/";

    const LINKS: [&str; 2] = [include_str!("links/always.md"), include_str!("links/features.md")];
    const PAGES: [&str; 3] = [
        include_str!("../README.md"),
        include_str!("../docs/recipes.md"),
        include_str!("../docs/from_dotnet.md"),
    ];

    /// Returns the link definitions in a Markdown document, each as its label and its target.
    fn definitions(text: &str) -> impl Iterator<Item = (&str, &str)> {
        text.lines().filter_map(|line| line.strip_prefix('[')?.split_once("]: "))
    }

    #[test]
    fn a_link_points_to_the_same_item_on_docs_rs_as_in_rustdoc() {
        let checked: HashMap<&str, &str> = LINKS.into_iter().flat_map(definitions).collect();
        for (label, url) in PAGES.into_iter().flat_map(definitions) {
            let Some(page) = url.strip_prefix(DOCS_RS) else { continue };
            let path = checked.get(label).unwrap_or_else(|| panic!("src/links/ lacks {label}"));
            let names: Vec<&str> = page.split(['.', '#', '/']).collect();
            for name in path.split("::").skip(1) {
                assert!(names.contains(&name), "{label}: {url} is not {path}");
            }
        }
    }
}
