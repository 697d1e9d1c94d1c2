//! Writes pages around the recorded messages, and compares them with the document.

use std::{fs, sync::LazyLock};

use ::document::{Diagnostic, Document, Tree};
use conform::{Checked, Page, Reference};
use evidence::documented::Evidence;

use support::document;

static TREE: LazyLock<Tree> = LazyLock::new(|| Tree::parse(&document::TEXT).unwrap().unwrap());

static DOCUMENT: LazyLock<Document<'static>> = LazyLock::new(|| Document::new(&TREE));

pub(super) static EVIDENCE: LazyLock<Evidence> = LazyLock::new(|| {
    let text = |file: &str| document::read(&format!("spec/{file}"));
    let read = |file: &str| fs::read(document::path("spec/documented").join(file)).ok();
    Evidence::parse(&text("documented/index.toml"), &text("errata.toml"), read).unwrap()
});

pub(super) static REFERENCE: LazyLock<Reference<'static>> =
    LazyLock::new(|| Reference::new(&DOCUMENT, &EVIDENCE));

/// A page of the vendor and the messages that it prints.
#[derive(Clone)]
pub(super) struct VendorPage {
    /// The name of its file, without the extension.
    pub(super) name: String,
    pub(super) title: String,
    pub(super) messages: Vec<Message>,
}

#[derive(Clone)]
pub(super) struct Message {
    pub(super) file: String,
    pub(super) operation: Option<String>,
    pub(super) is_request: bool,
    pub(super) text: String,
}

/// An invented language, whose words stand in for a translation.
pub(super) struct Language {
    pub(super) locale: &'static str,
    word: &'static str,
    fence: (&'static str, &'static str),
    line_end: &'static str,
}

pub(super) static LANGUAGES: [Language; 4] = [
    Language { locale: "aa-AA", word: "Blorp", fence: ("```http", "```"), line_end: "\n" },
    Language { locale: "bb-BB", word: "Žýúł", fence: ("``` json", "```"), line_end: "\r\n" },
    Language { locale: "cc-CC", word: "要求の例", fence: ("~~~", "~~~"), line_end: "\n" },
    Language { locale: "dd-DD", word: "مثال", fence: ("   ```HTTP", "   ```"), line_end: "\n" },
];

/// A page that is written in one language.
pub(super) struct Written {
    pub(super) text: String,
    /// The line number at which each message begins.
    pub(super) lines: Vec<usize>,
}

/// Returns all pages that print recorded messages.
pub(super) fn vendor_pages() -> Vec<VendorPage> {
    let mut pages: Vec<VendorPage> = Vec::new();
    for message in &EVIDENCE.messages {
        let name = message.page.rsplit('/').next().unwrap().to_owned();
        let recorded = Message {
            file: message.file.clone(),
            operation: message.operation.clone(),
            is_request: message.status.is_none(),
            text: String::from_utf8(message.bytes.clone()).unwrap(),
        };
        match pages.iter_mut().find(|page| page.name == name) {
            Some(page) => page.messages.push(recorded),
            None => pages.push(VendorPage {
                name,
                title: message.title.clone(),
                messages: vec![recorded],
            }),
        }
    }
    pages
}

/// Returns the pages that print messages of operations.
pub(super) fn operation_pages() -> Vec<VendorPage> {
    let is_operation = |page: &VendorPage| page.messages.iter().any(|it| it.operation.is_some());
    vendor_pages().into_iter().filter(is_operation).collect()
}

impl VendorPage {
    /// Returns the page with one of its messages replaced.
    pub(super) fn with(&self, message: usize, text: &str) -> Self {
        let mut page = self.clone();
        page.messages[message].text = text.to_owned();
        page
    }

    /// Returns the page with each message changed.
    pub(super) fn map(&self, change: impl Fn(&str) -> String) -> Self {
        let mut page = self.clone();
        page.messages.iter_mut().for_each(|message| message.text = change(&message.text));
        page
    }

    /// Writes the page in a language, with an anchor in its title.
    pub(super) fn write(&self, language: &Language) -> Written {
        self.write_with(language, &format!("<a name=\"{}\"></a>", anchor(&self.title)))
    }

    /// Writes the page with `anchor` before the words of its title.
    pub(super) fn write_with(&self, language: &Language, anchor: &str) -> Written {
        let Language { locale, word, fence: (opening, closing), line_end } = language;
        let mut lines = vec![
            "---".to_owned(),
            format!("title: {word}"),
            format!("ms.contentlocale: {locale}"),
            "---".to_owned(),
            format!("# {anchor}{word} {word}"),
            String::new(),
            format!("{word}: [{word}](x.md), `{word}` **{word}**."),
            String::new(),
        ];
        let indentation = &opening[..opening.len() - opening.trim_start().len()];
        let mut starts = Vec::new();
        for message in &self.messages {
            lines.extend([format!("## {word}"), String::new(), (*opening).to_owned()]);
            starts.push(lines.len() + 1);
            let message = message.text.trim_end_matches('\n').split('\n');
            lines.extend(message.map(|line| format!("{indentation}{line}")));
            lines.extend([(*closing).to_owned(), String::new()]);
        }
        Written { text: lines.join(line_end) + line_end, lines: starts }
    }
}

/// Returns the anchor that the vendor's pages give to a title.
pub(super) fn anchor(title: &str) -> String {
    let title = title.to_lowercase().replace('\'', "");
    title.split(' ').collect::<Vec<_>>().join("-")
}

/// Compares a page whose file name does not identify it.
pub(super) fn check(text: &str) -> Checked {
    check_as("docs/0b05d67ba994a9de.txt", text)
}

pub(super) fn check_as(name: &str, text: &str) -> Checked {
    REFERENCE.check(&Page { name, content: text.as_bytes() })
}

/// Returns the rule and the line of each diagnostic.
pub(super) fn places(text: &str, diagnostics: &[Diagnostic]) -> Vec<(&'static str, usize)> {
    let line = |at: usize| text[..at].matches('\n').count() + 1;
    diagnostics.iter().map(|it| (it.rule, line(it.span.start))).collect()
}
