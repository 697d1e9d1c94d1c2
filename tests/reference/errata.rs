//! Does the errata page show the lines that the vendor prints, the correct lines and the reason?

use evidence::documented::Evidence;

use crate::{FIXED, erratum, ledger};

const REQUEST: &str = "GET /things HTTP/1.1\nAccept: text\nX-Locale: \"en-US\"\n\n{\"sise\": 1}\n";

/// Returns the part of the page after the introduction.
fn entries(evidence: &Evidence) -> String {
    let page = reference::errata(evidence);
    page.split_once("\n## ").map(|(_, entries)| format!("## {entries}")).unwrap_or_default()
}

#[test]
fn a_changed_line() {
    insta::assert_snapshot!(entries(&ledger(REQUEST, vec![erratum("size", "sise", "size")])));
}

#[test]
fn removed_lines() {
    let evidence = ledger(REQUEST, vec![erratum("no-accept", "Accept: text\n", "")]);
    insta::assert_snapshot!(entries(&evidence));
}

#[test]
fn line_numbers_refer_to_the_file_and_not_to_the_repaired_text() {
    let errata = vec![
        erratum("no-accept", "Accept: text\n", ""),
        erratum("unquoted", "\"en-US\"", "en-US"),
        erratum("size", "sise", "size"),
    ];
    let page = entries(&ledger(REQUEST, errata));
    let lines: Vec<&str> = page.lines().filter(|line| line.starts_with("In the")).collect();
    let places: Vec<&str> = lines.iter().map(|line| &line[..26]).collect();
    assert_eq!(
        places,
        ["In the request, at line 2 ", "In the request, at line 3 ", "In the request, at line 5 "]
    );
}

#[test]
fn trailing_spaces_are_visible() {
    let evidence = ledger("GET / HTTP/1.1  \n\n", vec![erratum("space", "1.1  ", "1.1")]);
    assert!(entries(&evidence).contains("\nGET / HTTP/1.1··\n"));
    assert!(entries(&evidence).contains("\nGET / HTTP/1.1\n"));
}

#[test]
fn a_fence_in_a_message_does_not_end_its_code_block() {
    let evidence = ledger("a\n````\n# b\n", vec![erratum("fence", "````", "```")]);
    assert!(entries(&evidence).contains("`````text\n````\n`````\n"));
}

#[test]
fn html_in_a_reason_is_escaped() {
    let mut escaped = erratum("html", "sise", "size");
    escaped.reason = "An <img src=x> of `<b>`.\n\n# Not a heading".to_owned();
    let page = entries(&ledger(REQUEST, vec![escaped]));
    assert!(page.contains("\nAn \\<img src=x> of `<b>`. # Not a heading\n"), "{page}");
}

#[test]
fn a_page_without_errata() {
    let heading = "## [Get a thing](https://example.com/things)";
    assert_eq!(
        entries(&ledger(REQUEST, Vec::new())),
        format!("{heading}\n\nNo mistake is recorded.\n")
    );
}

#[test]
fn each_erratum_is_listed_once_under_its_page() {
    let page = reference::errata(&FIXED);
    assert!(!FIXED.errata.is_empty());
    for erratum in &FIXED.errata {
        let heading = format!("\n### `{}`\n", erratum.id);
        assert_eq!(page.matches(&heading).count(), 1, "{}", erratum.id);
        let before = &page[..page.find(&heading).unwrap()];
        let section = before.lines().rfind(|line| line.starts_with("## ")).unwrap();
        assert!(section.ends_with(&format!("]({})", erratum.page)), "{}: {section}", erratum.id);
    }
}

#[test]
fn windows_line_endings_do_not_matter() {
    let errata = vec![erratum("size", "sise", "size")];
    let windows = ledger(&REQUEST.replace('\n', "\r\n"), errata.clone());
    assert_eq!(entries(&windows), entries(&ledger(REQUEST, errata)));
}
