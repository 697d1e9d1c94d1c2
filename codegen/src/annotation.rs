//! Information that `lower` passes to `polish`.
//!
//! progenitor copies descriptions from the document into the code unchanged. So `lower` replaces each one with a short
//! key. With this key, `polish` finds the description and the information that the generated code lacks. A description
//! itself would be escaped and parsed several times along the way.

/// The beginning of a key. It contains a control character, so that no line that an author writes begins the same way.
const MARK: &str = "\u{1}description ";

/// The descriptions that `lower` replaced with keys, each with information about the item that it describes.
#[derive(Clone, Debug, Default)]
pub(crate) struct Annotations(Vec<(String, Annotation)>);

impl Annotations {
    /// Changes a description and its annotation.
    pub(crate) fn change(
        &mut self,
        description: &mut Option<String>,
        change: impl FnOnce(&mut String, &mut Annotation),
    ) {
        let index = description.as_deref().and_then(index).filter(|index| *index < self.0.len());
        let index = index.unwrap_or_else(|| {
            self.0.push((description.take().unwrap_or_default(), Annotation::default()));
            self.0.len() - 1
        });
        let (text, annotation) = &mut self.0[index];
        change(text, annotation);
        *description = Some(format!("{MARK}{index}"));
    }

    /// Adds information to the annotation of a description.
    pub(crate) fn annotate(
        &mut self,
        description: &mut Option<String>,
        add: impl FnOnce(&mut Annotation),
    ) {
        self.change(description, |_, annotation| add(annotation));
    }

    /// Replaces the keys in generated documentation, and returns it with the annotation of the first key.
    pub(crate) fn resolve(&self, documentation: &str) -> (String, Annotation) {
        let mut found = None;
        let mut lines = Vec::new();
        for line in documentation.lines() {
            let described = index(line.trim_start()).and_then(|index| self.0.get(index));
            lines.push(described.map_or(line, |(text, _)| text));
            found = found.or(described);
        }
        let annotation = found.map(|(_, annotation)| annotation.clone()).unwrap_or_default();
        (lines.join("\n").trim_matches('\n').to_owned(), annotation)
    }
}

/// Returns the index that a key contains.
fn index(line: &str) -> Option<usize> {
    line.strip_prefix(MARK)?.parse().ok()
}

/// Information about a schema, about the property that it describes, or about an operation.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Annotation {
    /// The property's position among its siblings in the document.
    pub(crate) position: Option<usize>,
    /// True if the property is an optional array or map, which can be absent, null or empty.
    pub(crate) optional_collection: bool,
    /// True if a request sends this schema.
    pub(crate) sent: bool,
    /// True if a response contains this schema.
    pub(crate) received: bool,
    /// True if the document allows members that it does not declare.
    pub(crate) open: bool,
    /// True if the enum lists the known values of an extensible enum.
    pub(crate) extensible: bool,
    /// The sentence that links to the vendor's page about the component, for a schema inside it.
    pub(crate) page: Option<String>,
    /// The reason why the property or the operation is deprecated.
    pub(crate) deprecated: Option<String>,
    /// The operation's method, in upper case.
    pub(crate) method: Option<String>,
    /// The operation's path template.
    pub(crate) path: Option<String>,
    /// The kinds of access tokens that the operation accepts; empty if the document does not restrict them.
    pub(crate) tokens: Vec<TokenKind>,
    /// The operation's documented error statuses.
    pub(crate) errors: Vec<DocumentedError>,
}

/// A kind of access token, like the client's enum of the same name.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) enum TokenKind {
    /// A token that is granted to the application itself.
    AppOnly,
    /// A token that is granted to the application on behalf of a user.
    AppUser,
}

impl TokenKind {
    /// Returns the name of the variant in the client.
    pub(crate) fn variant(self) -> &'static str {
        match self {
            Self::AppOnly => "AppOnly",
            Self::AppUser => "AppUser",
        }
    }

    /// Returns the name to use in sentences.
    pub(crate) fn words(self) -> &'static str {
        match self {
            Self::AppOnly => "app-only",
            Self::AppUser => "app+user",
        }
    }
}

/// An error status that an operation documents.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub(crate) struct DocumentedError {
    /// The status, a range such as `4XX`, or `other` for the `default` response.
    pub(crate) status: String,
    pub(crate) description: String,
    /// True if the description comes from a component, or if other operations repeat it.
    pub(crate) is_shared: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_similar_line_of_the_author_is_kept() {
        let mut annotations = Annotations::default();
        let mut description = Some("description 0".to_owned());
        annotations.annotate(&mut description, |annotation| annotation.open = true);
        let (text, annotation) = annotations.resolve(&description.unwrap());
        assert_eq!(text, "description 0");
        assert_eq!(annotation, Annotation { open: true, ..Annotation::default() });
    }

    #[test]
    fn a_key_is_replaced_within_documentation() {
        let mut annotations = Annotations::default();
        let mut description = Some("It returns\none order.".to_owned());
        annotations.annotate(&mut description, |_| {});
        let documentation = format!("Get an order\n\n{}\n\nArguments:", description.unwrap());
        let (text, _) = annotations.resolve(&documentation);
        assert_eq!(text, "Get an order\n\nIt returns\none order.\n\nArguments:");
    }
}
