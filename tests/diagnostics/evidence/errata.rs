//! Tests of the problems that are reported for errata.

use evidence::documented::{Erratum, Evidence};
use insta::assert_snapshot;

use super::{EVIDENCE, edit, problems, problems_with};
use support::document::FIXED as DOCUMENT;

const FILE: &str = "get-overage.request.http";

fn problems_of(errata: impl IntoIterator<Item = Erratum>) -> String {
    problems_with(|evidence| evidence.errata.extend(errata))
}

/// Applies errata to a message of two header lines, and returns the resulting text or the problem.
fn repaired<const N: usize>(errata: [(&str, &str); N]) -> String {
    let mut message = EVIDENCE.messages[0].clone();
    message.bytes = b"Accept: */*\nHost: localhost\n".to_vec();
    let errata = errata.map(|(found, repair)| edit(&message.file, found, repair)).to_vec();
    let evidence = Evidence { errata, ..Evidence::default() };
    evidence.repaired(&message).unwrap_or_else(|problem| problem.to_string())
}

#[test]
fn an_erratum_that_no_longer_applies() {
    assert_snapshot!(problems_of([edit(FILE, "X-Locale: fr-FR", "X-Locale: en-US")]), @"spec/errata.toml: edit: the erratum no longer applies to `get-overage.request.http`; correct its `found`, or remove the erratum");
}

#[test]
fn an_unneeded_erratum() {
    assert_snapshot!(problems_of([edit(FILE, "Accept: ", "Accept:  ")]), @"spec/errata.toml: edit: `get-overage.request.http` conforms without this erratum; remove the erratum");
}

#[test]
fn an_erratum_whose_page_is_corrected() {
    for (index, erratum) in EVIDENCE.errata.iter().enumerate() {
        let problems = problems(&DOCUMENT, &corrected(index));
        assert!(
            !problems.is_empty(),
            "{} is not reported although its page is corrected",
            erratum.id
        );
    }
}

/// Returns the evidence as if Microsoft had corrected the message of an erratum, up to and including this erratum.
fn corrected(index: usize) -> Evidence {
    let mut evidence = EVIDENCE.clone();
    let file = &EVIDENCE.errata[index].message;
    let of_file = |erratum: &Erratum| erratum.message == *file;
    let done = Evidence { errata: EVIDENCE.errata[..=index].to_vec(), ..Evidence::default() };
    for message in evidence.messages.iter_mut().filter(|message| message.file == *file) {
        message.bytes = done.repaired(message).expect("the errata apply").into_bytes();
        message.sha256 = message.digest();
    }
    let errata = evidence.errata.into_iter().enumerate();
    let left = errata.filter(|(other, erratum)| *other >= index || !of_file(erratum));
    evidence.errata = left.map(|(_, erratum)| erratum).collect();
    evidence
}

#[test]
fn an_erratum_that_applies_more_than_once() {
    assert_snapshot!(problems_of([edit(FILE, "MS-", "Ms-")]), @"spec/errata.toml: edit: the text occurs more than once in `get-overage.request.http`; quote more of the message");
}

#[test]
fn an_erratum_without_a_change() {
    assert_snapshot!(problems_of([edit(FILE, "X-Locale", "X-Locale")]), @"spec/errata.toml: edit: `repair` is the same as `found`; remove the erratum");
}

#[test]
fn an_erratum_for_an_unknown_message() {
    assert_snapshot!(problems_of([edit("get-order.request.http", "GET", "PUT")]), @"spec/errata.toml: edit: there is no message `get-order.request.http` in the index; use a message from the index, or remove the erratum");
}

#[test]
fn a_duplicate_id() {
    let errata = [edit(FILE, "Accept: ", "Accept:"), edit(FILE, "Accept:", "Accept: ")];
    assert_snapshot!(problems_of(errata), @"spec/errata.toml: edit: another erratum has the id `edit`; rename one of them");
}

#[test]
fn an_erratum_with_evidence_of_an_unknown_kind() {
    let erratum = edit(FILE, "Accept: ", "Accept:");
    assert_snapshot!(problems_of([Erratum { evidence: "a page".to_owned(), ..erratum }]), @"spec/errata.toml: edit: the evidence is of an unknown kind; begin it with `page:`, `sample:`, `sdk:` or `inferred:`");
}

#[test]
fn an_erratum_with_several_mistakes() {
    let erratum = edit("get-order.request.http", "GET", "GET");
    let erratum = Erratum { evidence: "a page".to_owned(), reason: " ".to_owned(), ..erratum };
    assert_snapshot!(problems_of([erratum]), @"
    spec/errata.toml: edit: there is no message `get-order.request.http` in the index; use a message from the index, or remove the erratum
    spec/errata.toml: edit: `repair` is the same as `found`; remove the erratum
    spec/errata.toml: edit: the evidence is of an unknown kind; begin it with `page:`, `sample:`, `sdk:` or `inferred:`
    spec/errata.toml: edit: the erratum has no reason; explain what is wrong
    ");
}

#[test]
fn errata_that_do_not_parse() {
    let errata = "[[erratum]]\nid = 'locale'\nmesage = 'get-overage.request.http'\n";
    let problem = Evidence::parse("message = []", errata, |_| None).unwrap_err();
    assert_snapshot!(problem, @"spec/errata.toml: unknown field `mesage`, expected one of `id`, `message`, `found`, `repair`, `reason`, `evidence`, `page`; write `message`");
}

#[test]
fn errata_apply_in_order() {
    assert_snapshot!(repaired([("Accept", "Allow"), ("Allow: */*\n", "")]), @"Host: localhost");
}

#[test]
fn errata_in_the_wrong_order() {
    assert_snapshot!(repaired([("Allow: */*\n", ""), ("Accept", "Allow")]), @"spec/errata.toml: edit: the erratum no longer applies to `get-overage.request.http`; correct its `found`, or remove the erratum");
}

#[test]
fn text_that_overlaps_itself_is_ambiguous() {
    assert_snapshot!(repaired([("localhost", "1001001"), ("1001", "1002")]), @"spec/errata.toml: edit: the text occurs more than once in `get-overage.request.http`; quote more of the message");
}

#[test]
fn errata_for_other_messages_do_not_apply() {
    let message = &EVIDENCE.messages[0];
    let errata = vec![edit("get-order.request.http", "GET", "PUT")];
    let evidence = Evidence { errata, ..Evidence::default() };
    assert_eq!(evidence.repaired(message).unwrap().as_bytes(), message.bytes);
}
