//! What lowering has to tell polish.
//!
//! Descriptions are the one thing that the generator carries from the document into the code unchanged.
//! So each fact about a schema or an operation that the generated code lacks rides in the last line of
//! its description; polish reads the line and removes it.

use serde::{Deserialize, Serialize};

/// Begins with a control character, so that no line of an author begins like it.
const MARK: &str = "\u{1}codegen ";

/// Facts about a schema, or about the property that it describes, or about an operation.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Annotation {
    /// The property's position among its siblings in the document.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) position: Option<usize>,
    /// The property is an optional array or map, which may be absent, null or empty.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(crate) optional_collection: bool,
    /// A request sends this schema.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(crate) sent: bool,
    /// An answer holds this schema.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(crate) received: bool,
    /// The document allows members that it does not declare.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(crate) open: bool,
    /// The enum lists the known values of an extensible enum.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(crate) extensible: bool,
    /// The operation's method, in upper case.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) method: Option<String>,
    /// The operation's path template.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) path: Option<String>,
    /// The operation's documented error statuses.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) errors: Vec<DocumentedError>,
}

/// An error status that an operation documents.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub(crate) struct DocumentedError {
    /// The status, a range such as `4XX`, or `other` for the `default` response.
    pub(crate) status: String,
    pub(crate) description: String,
    /// Other operations describe the status in the same words, or may do so by reference.
    pub(crate) is_shared: bool,
}

impl Annotation {
    /// Adds facts to a description.
    pub(crate) fn write(description: &mut Option<String>, add: impl FnOnce(&mut Self)) {
        let (text, mut annotation) = Self::split(description.as_deref().unwrap_or_default());
        add(&mut annotation);
        let line = serde_json::to_string(&annotation).expect("an annotation is plain data");
        *description = Some(format!("{text}\n\n{MARK}{line}"));
    }

    /// The description as its author wrote it, and the facts that were added.
    pub(crate) fn split(description: &str) -> (String, Self) {
        let (marked, text): (Vec<&str>, Vec<&str>) =
            description.lines().partition(|line| line.trim_start().starts_with(MARK));
        let annotation = marked
            .iter()
            .find_map(|line| serde_json::from_str(line.trim_start().trim_start_matches(MARK)).ok())
            .unwrap_or_default();
        (text.join("\n").trim_matches('\n').to_owned(), annotation)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_the_author_is_no_annotation() {
        let mut description = Some("@codegen {\"position\":7}".to_owned());
        Annotation::write(&mut description, |annotation| annotation.open = true);
        let (text, annotation) = Annotation::split(&description.unwrap());
        assert_eq!(text, "@codegen {\"position\":7}");
        assert_eq!(annotation, Annotation { open: true, ..Annotation::default() });
    }
}
