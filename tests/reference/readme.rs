//! Does the list show the evidence of each model, and of the members and components that name theirs?

use reference::{BEGIN, END, MarkerError};

use crate::with_document;

const DOCUMENT: &str = "
openapi: 3.0.3
info: {title: A document, version: 1.0.0}
paths: {}
components:
  headers:
    Sure: {schema: {type: string}}
    Guess: {schema: {type: string}, x-evidence: inferred, x-evidence-note: From its name.}
  schemas:
    Stated:
      externalDocs: {url: 'https://example.com/things'}
      properties:
        page: {type: string}
        sample: {type: string, x-evidence: sample, x-evidence-note: It shows it.}
        guess: {type: string, x-evidence: inferred, x-evidence-note: 'a | b <i>'}
    Guessed:
      x-evidence: inferred
      x-evidence-note: There is none.
      properties:
        same: {type: string}
        sdk: {type: string, x-evidence: sdk, x-evidence-note: The class `Guessed`.}
        inner:
          type: array
          items: {type: object, properties: {deep: {type: string}}}
    Alternatives:
      oneOf:
        - {properties: {same: {type: string}}}
        - {properties: {same: {type: string, x-evidence: sdk, x-evidence-note: The class.}}}
    Word: {type: string}
";

fn readme(text: &str) -> Result<String, MarkerError> {
    with_document(DOCUMENT, |document| reference::readme(text, document))
}

fn list() -> String {
    let readme = readme(&format!("{BEGIN}\n{END}")).unwrap();
    readme.replace(BEGIN, "").replace(END, "").trim().to_owned()
}

#[test]
fn members_that_inherit_their_evidence_are_not_listed() {
    insta::assert_snapshot!(list());
}

#[test]
fn a_document_without_evidence() {
    let document = "{openapi: 3.0.3, info: {title: A document, version: 1.0.0}, paths: {}}";
    let found = format!("{BEGIN}\n{END}");
    let readme = with_document(document, |document| reference::readme(&found, document));
    assert_eq!(readme, Ok(format!("{BEGIN}\n\n\n\n{END}")));
}

#[test]
fn text_outside_the_markers_does_not_change() {
    let fresh = readme(&format!("# Before\n\n{BEGIN}\nstale\n{END}\n\nAfter\n")).unwrap();
    assert!(fresh.starts_with(&format!("# Before\n\n{BEGIN}\n\n- model ")), "{fresh}");
    assert!(fresh.ends_with(&format!("From its name.\n\n{END}\n\nAfter\n")), "{fresh}");
    assert!(!fresh.contains("stale"));
    assert_eq!(readme(&fresh), Ok(fresh.clone()));
    assert_eq!(readme(&fresh.replace('\n', "\r\n")), Ok(fresh));
}

#[test]
fn wrong_markers() {
    let cases = [
        ("no marker", "Text".to_owned()),
        ("no end", format!("{BEGIN}\n")),
        ("no begin", format!("{END}\n")),
        ("begin twice", format!("{BEGIN}\n{BEGIN}\n{END}\n")),
        ("end twice", format!("{BEGIN}\n{END}\n\n{END}\n")),
        ("swapped", format!("{END}\n{BEGIN}\n")),
        ("in a line", format!("The line {BEGIN} is one.\n{END}\n")),
    ];
    let errors = cases.map(|(case, text)| {
        let error = readme(&text).unwrap_err();
        format!("{case}: line {:?}: {error}", error.line)
    });
    insta::assert_snapshot!(errors.join("\n"));
}
