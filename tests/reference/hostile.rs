//! Is text from the document and the evidence always escaped in the page?

use evidence::documented::Evidence;

use crate::{erratum, ledger, page::Page};

const HOSTILE: &str = "\"'><script>alert(1)</script><img src=x onerror=alert(1)><!-- [a](javascript:alert(1)) ]]> & `";

/// Returns a document in which each string is hostile.
fn document() -> String {
    let template = "
openapi: 3.0.3
info: {title: X, version: X, description: X}
security: [{X: []}]
paths:
  /X:
    get:
      operationId: X
      summary: X
      description: X
      x-evidence: sample
      x-evidence-note: X
      externalDocs: {description: X, url: 'javascript:alert(1)'}
      security: [{X: []}]
      parameters:
        - {name: X, in: query, description: X, schema: {type: string, default: X, pattern: X}}
      requestBody: {description: X, content: {X: {schema: {$ref: X}, example: X}}}
      responses:
        X: {description: X, headers: {X: {schema: {type: X}}}, content: {X: {examples: {X: {summary: X, description: X, value: {X: X}}}}}}
components:
  securitySchemes:
    X: {type: X, description: X, flows: {X: {scopes: {X: X}}}}
  responses:
    X: {description: X}
  headers:
    X: {description: X, schema: {type: X, format: X, enum: [X]}}
  schemas:
    X:
      description: X
      externalDocs: {description: X, url: X}
      x-evidence: inferred
      x-evidence-note: X
      properties:
        X: {type: X, format: X, description: X, x-extensible-enum: [X], example: X, x-evidence: sdk, x-evidence-note: X}
";
    template.replace('X', &format!("{HOSTILE:?}"))
}

fn evidence() -> Evidence {
    let mut evidence = ledger(HOSTILE, vec![erratum(HOSTILE, HOSTILE, HOSTILE)]);
    let erratum = &mut evidence.errata[0];
    (erratum.reason, erratum.evidence) = (HOSTILE.to_owned(), format!("page: {HOSTILE}"));
    erratum.page = "javascript:alert(1)".to_owned();
    let message = &mut evidence.messages[0];
    (message.title, message.page) = (HOSTILE.to_owned(), "javascript:alert(1)".to_owned());
    message.operation = Some(HOSTILE.to_owned());
    evidence
}

fn page() -> Page {
    Page::new(&document(), &evidence())
}

#[test]
fn no_text_becomes_an_html_element() {
    let page = page();
    assert!(page.texts("article").concat().contains("<script>alert(1)</script>"));
    assert_eq!(page.all("script").len(), 1);
    assert_eq!(page.texts("img, svg, iframe, object, embed, link:not([rel='icon'])"), [""; 0]);
}

#[test]
fn no_attribute_runs_code() {
    for element in page().all("*") {
        for (name, value) in element.value().attrs() {
            assert!(!name.starts_with("on") && name != "style", "{name}");
            let is_link = name == "href" && value != "data:,";
            let is_safe =
                ["#", "http://", "https://", "mailto:"].iter().any(|it| value.starts_with(it));
            assert!(!is_link || is_safe, "{value}");
        }
    }
}

#[test]
fn each_link_still_has_a_target() {
    page().assert_linked();
}

#[test]
fn control_characters_in_a_message_are_replaced() {
    let page = Page::new(&document(), &ledger("a\u{0}b\u{202e}c", vec![erratum("e", "b", "d")]));
    assert!(page.texts("#erratum-e pre")[0].contains("a\u{fffd}b\u{fffd}c"));
}
