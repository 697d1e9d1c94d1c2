//! Does each page, however broken, get an outcome, with findings only at locations within the page?

use conform::{Checked, Outcome, Page};
use proptest::{prelude::*, sample::Index};
use xtask::render::{Color, Source};

use super::page::{LANGUAGES, REFERENCE, vendor_pages};

/// Strings that have a meaning in Markdown, JSON or HTTP.
const SNIPPETS: [&str; 26] = [
    "```",
    "~~~\n",
    "```http\n",
    "\n\n",
    "\r",
    "\r\n",
    "\u{feff}",
    "\u{202f}",
    "\"",
    "{",
    "}",
    "[",
    ",",
    "|",
    "|---|\n",
    "# ",
    "---\n",
    "&lt;",
    "&#0;",
    "&#x110000;",
    "> ",
    "\t",
    "\\",
    "HTTP/1.1 200 OK\n",
    "GET /v1 HTTP/1.1\n",
    "<a name=\"x\">",
];

#[derive(Clone, Debug)]
enum Edit {
    Insert(Index, usize),
    InsertByte(Index, u8),
    Remove(Index, usize),
    Repeat(Index, usize),
    Cut(Index),
}

fn edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        4 => (any::<Index>(), 0..SNIPPETS.len()).prop_map(|(at, it)| Edit::Insert(at, it)),
        1 => (any::<Index>(), any::<u8>()).prop_map(|(at, byte)| Edit::InsertByte(at, byte)),
        3 => (any::<Index>(), 1..40_usize).prop_map(|(at, length)| Edit::Remove(at, length)),
        2 => (any::<Index>(), 1..400_usize).prop_map(|(at, length)| Edit::Repeat(at, length)),
        1 => any::<Index>().prop_map(Edit::Cut),
    ]
}

fn apply(page: &mut Vec<u8>, edit: &Edit) {
    let at = |index: &Index| index.index(page.len() + 1);
    match edit {
        Edit::Insert(index, snippet) => {
            let at = at(index);
            page.splice(at..at, SNIPPETS[*snippet].bytes());
        }
        Edit::InsertByte(index, byte) => page.insert(at(index), *byte),
        Edit::Remove(index, length) => {
            let start = at(index);
            page.drain(start..page.len().min(start + length));
        }
        Edit::Repeat(index, length) => {
            let start = at(index);
            let part = page[start..page.len().min(start + length)].to_vec();
            page.splice(start..start, part);
        }
        Edit::Cut(index) => page.truncate(at(index)),
    }
}

fn assert_valid(content: &[u8], checked: &Checked) {
    let is_reported = matches!(checked.outcome, Outcome::Findings | Outcome::Unable);
    assert_eq!(is_reported, !checked.findings.is_empty());
    let source = Source::new("page.md", content);
    for diagnostics in [&checked.findings, &checked.advisories] {
        for diagnostic in diagnostics {
            assert!(diagnostic.span.start <= diagnostic.span.end, "{diagnostic:?}");
            assert!(diagnostic.span.end <= content.len(), "{diagnostic:?}");
            assert!(content.is_empty() || !diagnostic.span.is_empty(), "{diagnostic:?}");
        }
        assert_eq!(source.text(diagnostics, Color::Plain).is_empty(), diagnostics.is_empty());
        assert_eq!(source.json(diagnostics).lines().count(), diagnostics.len());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_edits_of_a_page(
        page in any::<Index>(),
        language in any::<Index>(),
        name in prop::bool::ANY,
        edits in prop::collection::vec(edit(), 0..12),
    ) {
        let pages = vendor_pages();
        let page = page.get(&pages);
        let mut content = page.write(language.get(&LANGUAGES)).text.into_bytes();
        edits.iter().for_each(|edit| apply(&mut content, edit));
        let name = if name { format!("{}.md", page.name) } else { "0.txt".to_owned() };
        let checked = REFERENCE.check(&Page { name: &name, content: &content });
        assert_valid(&content, &checked);
    }

    #[test]
    fn random_snippets(content in prop::collection::vec(0..SNIPPETS.len(), 0..40)) {
        let content: String = content.into_iter().map(|snippet| SNIPPETS[snippet]).collect();
        for page in vendor_pages() {
            let name = format!("{}.md", page.name);
            let checked = REFERENCE.check(&Page { name: &name, content: content.as_bytes() });
            assert_valid(content.as_bytes(), &checked);
        }
    }
}
