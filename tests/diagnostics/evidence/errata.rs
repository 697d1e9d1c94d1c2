//! What is said of an erratum that is wrong?

use evidence::documented::{Erratum, Evidence};
use insta::assert_snapshot;

use super::{EVIDENCE, edit, problems, problems_with};
use support::document::FIXED as DOCUMENT;

const FILE: &str = "get-overage.request.http";

fn problems_of(errata: impl IntoIterator<Item = Erratum>) -> String {
    problems_with(|evidence| evidence.errata.extend(errata))
}

/// Two header lines after errata, or why these do not apply.
fn repaired<const N: usize>(errata: [(&str, &str); N]) -> String {
    let mut message = EVIDENCE.messages[0].clone();
    message.bytes = b"Accept: */*\nHost: localhost\n".to_vec();
    let errata = errata.map(|(found, repair)| edit(&message.file, found, repair)).to_vec();
    let evidence = Evidence { errata, ..Evidence::default() };
    evidence.repaired(&message).unwrap_or_else(|problem| problem.to_string())
}

#[test]
fn an_erratum_that_no_longer_applies_fails() {
    assert_snapshot!(problems_of([edit(FILE, "X-Locale: fr-FR", "X-Locale: en-US")]), @"spec/errata.toml: edit: the erratum no longer applies to `get-overage.request.http`; correct what it finds, or remove the erratum");
}

#[test]
fn an_erratum_without_which_all_is_well_fails() {
    assert_snapshot!(problems_of([edit(FILE, "Accept: ", "Accept:  ")]), @"spec/errata.toml: edit: `get-overage.request.http` conforms without this erratum; remove the erratum");
}

#[test]
fn a_mistake_that_the_page_no_longer_has_fails() {
    for (index, erratum) in EVIDENCE.errata.iter().enumerate() {
        let problems = problems(&DOCUMENT, &corrected(index));
        assert!(!problems.is_empty(), "{} can stay although the page is corrected", erratum.id);
    }
}

/// The evidence after Microsoft has corrected the mistake of an erratum, and those before it.
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
    assert_snapshot!(problems_of([edit(FILE, "MS-", "Ms-")]), @"spec/errata.toml: edit: the text stands more than once in `get-overage.request.http`; quote more of the message");
}

#[test]
fn an_erratum_that_repairs_nothing() {
    assert_snapshot!(problems_of([edit(FILE, "X-Locale", "X-Locale")]), @"spec/errata.toml: edit: the repair is the same as what is found; remove the erratum");
}

#[test]
fn an_erratum_of_an_unknown_message() {
    assert_snapshot!(problems_of([edit("get-order.request.http", "GET", "PUT")]), @"spec/errata.toml: edit: there is no message `get-order.request.http` in the index; name a message of the index, or remove the erratum");
}

#[test]
fn an_erratum_with_the_id_of_another() {
    let there_and_back = [edit(FILE, "Accept: ", "Accept:"), edit(FILE, "Accept:", "Accept: ")];
    assert_snapshot!(problems_of(there_and_back), @"spec/errata.toml: edit: another erratum has the id `edit`; rename one of them");
}

#[test]
fn an_erratum_without_a_kind_of_evidence() {
    let erratum = edit(FILE, "Accept: ", "Accept:");
    assert_snapshot!(problems_of([Erratum { evidence: "a page".to_owned(), ..erratum }]), @"spec/errata.toml: edit: the evidence is of no known kind; begin it with `page:`, `sample:`, `sdk:` or `inferred:`");
}

#[test]
fn errata_that_do_not_parse() {
    let errata = "[[erratum]]\nid = 'locale'\nmesage = 'get-overage.request.http'\n";
    let problem = Evidence::parse("message = []", errata, |_| None).unwrap_err();
    assert_snapshot!(problem, @"spec/errata.toml: unknown field `mesage`, expected one of `id`, `message`, `found`, `repair`, `reason`, `evidence`, `page`; write `message`");
}

#[test]
fn errata_apply_in_their_order() {
    assert_snapshot!(repaired([("Accept", "Allow"), ("Allow: */*\n", "")]), @"Host: localhost");
}

#[test]
fn errata_that_need_another_order() {
    assert_snapshot!(repaired([("Allow: */*\n", ""), ("Accept", "Allow")]), @"spec/errata.toml: edit: the erratum no longer applies to `get-overage.request.http`; correct what it finds, or remove the erratum");
}

#[test]
fn a_text_that_overlaps_itself_is_ambiguous() {
    assert_snapshot!(repaired([("localhost", "1001001"), ("1001", "1002")]), @"spec/errata.toml: edit: the text stands more than once in `get-overage.request.http`; quote more of the message");
}

#[test]
fn errata_of_other_messages_are_left_out() {
    let message = &EVIDENCE.messages[0];
    let errata = vec![edit("get-order.request.http", "GET", "PUT")];
    let evidence = Evidence { errata, ..Evidence::default() };
    assert_eq!(evidence.repaired(message).unwrap().as_bytes(), message.bytes);
}
