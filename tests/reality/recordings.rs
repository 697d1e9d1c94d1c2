//! What is reported about the recordings of a browser, a proxy and the client's recorder?
//!
//! The three files in `tests/documents/reality/` contain the same traffic, each in the form that one program writes.

use std::fmt::Write as _;

use reality::Report;
use xtask::render::{Color, Source};

use super::recording::{DOCUMENT, ORDERS, survey};
use support::document;

fn report(name: &str) -> Report {
    let har = document::read(&format!("tests/documents/reality/{name}"));
    survey(&ORDERS, har.as_bytes()).unwrap()
}

/// Renders a report with the lines of the document to which its observations refer.
fn rendered(report: &Report) -> String {
    let text = document::read(DOCUMENT);
    let source = Source::new("orders.yaml", text.as_bytes());
    let diagnostics: Vec<_> = report.observations().map(|it| it.diagnostic.clone()).collect();
    let mut rendered = source.text(&diagnostics, Color::Plain);
    for operation in report.operations.iter().filter(|operation| operation.entries > 0) {
        let (name, entries, confirmed) = (&operation.name, operation.entries, operation.confirmed);
        let unknown = &operation.unknown_bodies;
        writeln!(rendered, "{name}: {entries} entries, {confirmed:?}, {unknown:?}").unwrap();
    }
    rendered
}

#[test]
fn a_recording_by_a_browser() {
    let report = report("browser.har");
    assert_eq!(report.other, 2);
    insta::with_settings!({ omit_expression => true }, {
        insta::assert_snapshot!("traffic", rendered(&report));
    });
}

#[test]
fn a_recording_by_a_proxy_yields_the_same_report() {
    assert_eq!(rendered(&report("proxy.har")), rendered(&report("browser.har")));
}

#[test]
fn a_recording_by_the_recorder_yields_the_same_report() {
    assert_eq!(rendered(&report("recorder.har")), rendered(&report("browser.har")));
}
