//! The document and its evidence, prepared for comparisons with many pages.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use document::{Document, Node, Tree};
use evidence::{
    conform::Structure,
    documented::{Erratum, Evidence, Message, Repaired, variant::Recorded},
};
use memchr::memmem::Finder;

use crate::{
    blocks::{Kind, kind_of, shape},
    slug::{page_name, slug},
};

/// The document and its evidence.
pub struct Reference<'t> {
    pub(crate) structure: Structure<'t>,
    pub(crate) tree: &'t Tree,
    pub(crate) errata: &'t [Erratum],
    pub(crate) known: Vec<Known<'t>>,
    pub(crate) subjects: Vec<Subject>,
    pub(crate) by_name: HashMap<String, usize>,
    pub(crate) by_title: HashMap<String, usize>,
    /// The names and title slugs of all pages that the document refers to.
    pub(crate) related: BTreeSet<String>,
    /// The fault codes of the document, with their statuses.
    pub(crate) codes: BTreeMap<u64, BTreeSet<u16>>,
    finders: Vec<Finder<'static>>,
}

/// A recorded message.
pub(crate) struct Known<'t> {
    pub(crate) message: &'t Message,
    pub(crate) recorded: Recorded,
    pub(crate) shape: String,
    pub(crate) shape_of_body: String,
    /// The index of the message's subject.
    pub(crate) subject: usize,
}

/// A page that describes an operation or prints a recorded message.
#[derive(Default)]
pub(crate) struct Subject {
    /// The last segment of its URL.
    pub(crate) name: String,
    pub(crate) url: String,
    pub(crate) title: String,
    /// The IDs of the operations that it describes.
    pub(crate) operations: Vec<String>,
    /// The indices of its recorded messages.
    pub(crate) known: Vec<usize>,
}

impl<'t> Reference<'t> {
    /// Prepares a document and its evidence.
    pub fn new(document: &'t Document<'t>, evidence: &'t Evidence) -> Self {
        let structure = Structure::new(document);
        let mut reference = Self {
            codes: structure.codes(),
            structure,
            tree: document.tree,
            errata: &evidence.errata,
            known: Vec::new(),
            subjects: Vec::new(),
            by_name: HashMap::new(),
            by_title: HashMap::new(),
            related: BTreeSet::new(),
            finders: Vec::new(),
        };
        reference.add_operations();
        reference.add_messages(evidence);
        reference.related = related(document.tree);
        reference.finders =
            reference.needles().iter().map(|it| Finder::new(it).into_owned()).collect();
        reference
    }

    fn add_operations(&mut self) {
        let operations = self.structure.operations();
        let operations: Vec<(String, String, String)> = operations
            .filter_map(|it| {
                let page = it.page?;
                let title = it.title.map_or_else(|| page_name(page), str::to_owned);
                Some((it.id.to_owned(), page.to_owned(), title))
            })
            .collect();
        for (id, url, title) in operations {
            let subject = self.subject(&url, &title);
            self.subjects[subject].operations.push(id);
        }
    }

    fn add_messages(&mut self, evidence: &'t Evidence) {
        for message in &evidence.messages {
            let Some(recorded) = Recorded::new(evidence, message) else { continue };
            let Some(kind) = kind_of(recorded.text()) else { continue };
            let operation = message.operation.as_ref();
            let of_operation = operation.and_then(|id| {
                self.subjects.iter().position(|subject| subject.operations.contains(id))
            });
            let subject =
                of_operation.unwrap_or_else(|| self.subject(&message.page, &message.title));
            self.by_name.entry(page_name(&message.page)).or_insert(subject);
            self.by_title.entry(slug(&message.title)).or_insert(subject);
            self.subjects[subject].known.push(self.known.len());
            let text = Repaired::new(recorded.text().to_owned());
            let shape_of_body = shape(&Kind::Body, &Repaired::new(recorded.body().join(" ")));
            let shape = shape(&kind, &text);
            self.known.push(Known { message, recorded, shape, shape_of_body, subject });
        }
    }

    /// Returns the index of the subject with a URL. Adds the subject if it is new.
    fn subject(&mut self, url: &str, title: &str) -> usize {
        let name = page_name(url);
        if let Some(index) = self.by_name.get(&name) {
            return *index;
        }
        let index = self.subjects.len();
        self.by_name.insert(name.clone(), index);
        self.by_title.entry(slug(title)).or_insert(index);
        let (url, title) = (url.to_owned(), title.to_owned());
        self.subjects.push(Subject { name, url, title, ..Subject::default() });
        index
    }

    /// Returns strings that identify pages: every page to compare contains at least one of them, or has a known name or
    /// title.
    fn needles(&self) -> Vec<String> {
        let paths = self.structure.operations();
        let ends = paths.filter_map(|operation| operation.path.rsplit_once('/'));
        let mut needles: BTreeSet<String> = ends.map(|(_, end)| format!("/{end}")).collect();
        for known in &self.known {
            let tokens = known.recorded.tokens().iter().map(|token| token.trim_matches('"'));
            needles.extend(tokens.max_by_key(|token| token.len()).map(str::to_owned));
        }
        needles.extend(self.by_title.keys().cloned());
        needles.extend(self.subjects.iter().map(|subject| subject.title.clone()));
        needles.into_iter().collect()
    }

    /// Returns true if the text of a page mentions an operation, a title or a recorded message.
    pub(crate) fn is_mentioned(&self, text: &[u8]) -> bool {
        self.finders.iter().any(|finder| finder.find(text).is_some())
    }
}

/// Returns the names and title slugs of all pages that the document links to.
fn related(tree: &Tree) -> BTreeSet<String> {
    let pages = tree.nodes().filter(|node| node.name() == Some("externalDocs"));
    let text = |page: Node<'_>, key: &str| page.get_str(key).map(str::to_owned);
    let names = pages.flat_map(|page| {
        let name = text(page, "url").map(|url| page_name(&url));
        let title = text(page, "description").map(|title| slug(&title));
        name.into_iter().chain(title)
    });
    names.filter(|name| !name.is_empty()).collect()
}
