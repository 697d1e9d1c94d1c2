//! Facts that lowering passes on to polish.
//!
//! progenitor copies descriptions from the document into the code unchanged. So each fact about a schema or an
//! operation that the generated code lacks is stored in a line of its description, which polish reads and removes.

use serde::{Deserialize, Serialize};

/// The beginning of the line. It has a control character, so that no line of an author begins like it.
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
    /// A response contains this schema.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(crate) received: bool,
    /// The document allows members that it does not declare.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(crate) open: bool,
    /// The enum lists the known values of an extensible enum.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(crate) extensible: bool,
    /// The sentence that links to the page of the component, for a schema inside of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) page: Option<String>,
    /// The reason why the property or the operation is deprecated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) deprecated: Option<String>,
    /// The operation's method, in upper case.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) method: Option<String>,
    /// The operation's path template.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) path: Option<String>,
    /// The kinds of access tokens that the operation accepts; empty if the document does not restrict them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) tokens: Vec<TokenKind>,
    /// The operation's documented error statuses.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) errors: Vec<DocumentedError>,
}

/// A kind of access token, as the client's enum of this name has it.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
pub(crate) enum TokenKind {
    /// The application itself is granted the token.
    AppOnly,
    /// The application is granted the token on behalf of a user.
    AppUser,
}

impl TokenKind {
    /// Returns the name of its variant in the client.
    pub(crate) fn variant(self) -> &'static str {
        match self {
            Self::AppOnly => "AppOnly",
            Self::AppUser => "AppUser",
        }
    }

    /// Returns its name in sentences.
    pub(crate) fn words(self) -> &'static str {
        match self {
            Self::AppOnly => "app-only",
            Self::AppUser => "app+user",
        }
    }
}

/// An error status that an operation documents.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub(crate) struct DocumentedError {
    /// The status, a range such as `4XX`, or `other` for the `default` response.
    pub(crate) status: String,
    pub(crate) description: String,
    /// The description is that of a component, or other operations repeat it.
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

    /// Splits a description into the text of its author and the facts.
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
    fn a_similar_line_of_the_author_stays() {
        let mut description = Some("@codegen {\"position\":7}".to_owned());
        Annotation::write(&mut description, |annotation| annotation.open = true);
        let (text, annotation) = Annotation::split(&description.unwrap());
        assert_eq!(text, "@codegen {\"position\":7}");
        assert_eq!(annotation, Annotation { open: true, ..Annotation::default() });
    }
}
