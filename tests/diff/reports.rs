//! What does a report look like in each format?

use diff::{Finding, Location, Pages, Report};
use xtask::{
    render::Color,
    report::{Format, compared, not_compared},
};

use crate::{
    patch::EDITS,
    states::{self, State},
};

/// The edits whose reports are compared with snapshots.
const SHOWN: [&str; 12] = [
    "alternative_added",
    "closed_enum_value_added",
    "component_renamed",
    "evidence_inferred",
    "operation_added",
    "operation_renamed",
    "optional_parameter_added",
    "path_renamed",
    "request_member_required",
    "response_member_removed",
    "sent_model_received",
    "shared_member_retyped",
];

fn report(name: &str) -> Report {
    let edit = &EDITS[name];
    states::compared(&State::new(&edit.before), &State::new(&edit.after))
}

#[test]
fn reports_as_text() {
    for name in SHOWN {
        let text = compared(&report(name), Format::Text(Color::Plain));
        insta::with_settings!({ omit_expression => true }, { insta::assert_snapshot!(name, text) });
    }
}

#[test]
fn a_report_as_markdown() {
    let page = compared(&report("request_member_required"), Format::Markdown);
    insta::with_settings!({ omit_expression => true }, { insta::assert_snapshot!(page) });
}

#[test]
fn a_report_as_json() {
    let json = compared(&report("request_member_required"), Format::Json);
    insta::with_settings!({ omit_expression => true }, { insta::assert_snapshot!(json) });
}

#[test]
fn a_report_as_github_commands() {
    let commands = compared(&report("request_member_required"), Format::Github);
    insta::with_settings!({ omit_expression => true }, { insta::assert_snapshot!(commands) });
}

/// A required argument becomes optional, which is compatible on the wire but breaks programs.
#[test]
fn an_annotation_is_as_severe_as_the_worst_consequence_of_its_cause() {
    let commands = compared(&report("request_member_optional"), Format::Github);
    let annotations: Vec<&str> = commands.lines().filter(|it| it.contains("file=")).collect();
    let [annotation] = annotations[..] else { panic!("{commands}") };
    assert!(annotation.starts_with("::error "), "{annotation}");
    assert!(annotation.contains("title=rust-argument-removed::"), "{annotation}");
    assert!(annotation.contains("becomes optional"), "{annotation}");
}

/// Returns pages with two findings whose text is special in Markdown. The second has no location in the document.
fn pages() -> Pages {
    let location = |file: &str, line, column| Location { file: file.to_owned(), line, column };
    let finding = |rule, message: &str, document| Finding {
        rule,
        message: message.to_owned(),
        page: location("pages/a|b,c.md", 12, 5),
        document,
    };
    let known = Some(location("spec/partner-center.yaml", 30, 7));
    Pages {
        clean: 2,
        with_findings: 1,
        other: 3,
        findings: vec![
            finding("differing-member", "`/a|<b>` is not declared", known),
            finding("differing-path", "the path is /<b>*", None),
        ],
    }
}

#[test]
fn findings_of_pages() {
    let formats = [Format::Text(Color::Plain), Format::Markdown, Format::Json, Format::Github];
    let report = report("evidence_inferred").with_pages(pages());
    let shown = formats.map(|format| compared(&report, format));
    insta::with_settings!({ omit_expression => true }, { insta::assert_snapshot!(shown.join("---\n")) });
}

#[test]
fn pages_without_findings() {
    let clean = Pages { clean: 1, ..Pages::default() };
    let formats = [Format::Text(Color::Plain), Format::Markdown, Format::Json, Format::Github];
    let report = report("evidence_inferred").with_pages(clean);
    for format in formats {
        let shown = compared(&report, format);
        let counts = ["1 page: 1 clean, 0 with findings, 0 other", "\"clean\": 1"];
        assert!(counts.iter().any(|counts| shown.contains(counts)), "{shown}");
        assert!(!shown.contains("Differences"), "{shown}");
    }
}

#[test]
fn color_adds_nothing_but_escape_codes() {
    let report = report("request_member_required").with_pages(pages());
    let colored = compared(&report, Format::Text(Color::Ansi));
    let mut parts = colored.split("\u{1b}[");
    let first = parts.next().unwrap().to_owned();
    let plain = parts.fold(first, |text, part| text + part.split_once('m').unwrap().1);
    assert_eq!(plain, compared(&report, Format::Text(Color::Plain)));
}

#[test]
fn a_failed_comparison_does_not_look_like_a_verdict() {
    for format in [Format::Markdown, Format::Json, Format::Github] {
        let text = not_compared("there is no git", format).to_lowercase();
        assert!(text.contains("there is no git"), "{text}");
        assert!(text.contains("could not compare") || text.contains("not-compared"), "{text}");
        for word in ["nothing breaks", "unchanged", "\"compatible\""] {
            assert!(!text.contains(word), "{text}");
        }
    }
}
