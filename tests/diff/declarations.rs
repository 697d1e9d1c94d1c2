//! Do declared breaks pass, and are wrong declarations reported?

use diff::{Change, Status};

use crate::{
    patch::EDITS,
    states::{State, declared},
};

const EDIT: &str = "request_member_required";
const POINTER: &str = "/components/schemas/OverageUpdate/properties/azureEntitlementId";

/// Returns the text of a declaration.
fn declaration(rule: &str, pointer: &str, reason: &str, version: &str) -> String {
    format!(
        "[[break]]\nrule = {rule:?}\npointer = {pointer:?}\nreason = {reason:?}\nversion = {version:?}\n"
    )
}

fn right() -> String {
    declaration("member-required", POINTER, "The page requires it.", "0.2.0")
}

/// Compares the states before and after an edit, and returns the status and the problems with the declarations.
fn outcome(edit: &str, breaks: &str, old_breaks: &str) -> (Status, Vec<String>) {
    let edit = &EDITS[edit];
    let report = declared(&State::new(&edit.before), &State::new(&edit.after), breaks, old_breaks);
    let problems = report.problems.iter();
    (report.status, problems.map(|it| format!("{}: {}", it.location, it.message)).collect())
}

#[test]
fn a_declared_break_covers_its_consequences_in_rust() {
    assert_eq!(outcome(EDIT, "", "").0, Status::Breaking);
    assert_eq!(outcome(EDIT, &right(), ""), (Status::Declared, vec![]));
}

#[test]
fn a_declared_break_names_its_version() {
    let edit = &EDITS[EDIT];
    let report = declared(&State::new(&edit.before), &State::new(&edit.after), &right(), "");
    let versions: Vec<_> = report.changes.iter().filter_map(|it| it.declared.as_deref()).collect();
    assert_eq!(versions, ["0.2.0"; 4]);
    assert!(!report.changes.iter().any(Change::is_undeclared_break));
}

#[test]
fn a_declaration_for_rust_alone_does_not_cover_the_wire() {
    let rust = declaration("rust-argument-added", POINTER, "Needed.", "0.2.0");
    assert_eq!(outcome(EDIT, &rust, "").0, Status::Breaking);
}

#[test]
fn an_unused_declaration_is_reported() {
    let unused = declaration("member-removed", POINTER, "Needed.", "0.2.0");
    let (status, problems) = outcome(EDIT, &format!("{}{unused}", right()), "");
    assert_eq!(status, Status::Breaking);
    insta::assert_snapshot!(problems.join("\n"), @"spec/breaks.toml:8:11: there is no `member-removed` break at this pointer; remove the declaration");
}

#[test]
fn a_declaration_with_a_wrong_pointer_suggests_the_right_one() {
    let elsewhere = declaration("member-required", "/paths", "Needed.", "0.2.0");
    insta::assert_snapshot!(outcome(EDIT, &elsewhere, "").1.join("\n"), @"spec/breaks.toml:3:11: there is no `member-required` break at this pointer; this rule has a break at `/components/schemas/OverageUpdate/properties/azureEntitlementId`");
}

#[test]
fn a_compatible_change_needs_no_declaration() {
    let pointer = "/components/schemas/Overage/properties/note";
    let (status, problems) = outcome(
        "response_member_added",
        &declaration("member-added", pointer, "New.", "0.2.0"),
        "",
    );
    assert_eq!((status, problems.len()), (Status::Breaking, 1));
}

#[test]
fn a_declaration_that_was_merged_earlier_is_accepted_until_its_release() {
    assert_eq!(outcome("flow_style", &right(), &right()), (Status::Compatible, vec![]));
    let released = right().replace("0.2.0", "0.1.0");
    insta::assert_snapshot!(outcome("flow_style", &released, &released).1.join("\n"), @"spec/breaks.toml:5:11: version 0.1.0 is released; remove the declaration");
}

#[test]
fn each_mistake_in_a_declaration_is_reported() {
    let wrong =
        "[[break]]\nrule = \"member-requird\"\npointr = \"/a\"\nreason = \"\"\nversion = 2\n";
    let unused = declaration("member-removed", POINTER, " ", "next");
    insta::with_settings!({ omit_expression => true }, {
        insta::assert_snapshot!(outcome(EDIT, &format!("{wrong}\n{unused}"), "").1.join("\n"));
    });
}

#[test]
fn a_declaration_with_a_mistake_covers_nothing() {
    let edit = &EDITS[EDIT];
    let without_reason = declaration("member-required", POINTER, "", "0.2.0");
    let without_version = right().replace("version = \"0.2.0\"\n", "");
    for text in [without_reason, without_version] {
        let report = declared(&State::new(&edit.before), &State::new(&edit.after), &text, "");
        assert_eq!(report.problems.len(), 1, "{text}");
        assert!(report.changes.iter().all(|change| change.declared.is_none()), "{text}");
    }
}

#[test]
fn malformed_declarations_are_reported() {
    let texts = [
        declaration("member-requird", POINTER, "Needed.", "0.2.0"),
        declaration("no", POINTER, "Needed.", "0.2.0"),
        declaration("member-required", POINTER, " ", "0.2.0"),
        declaration("member-required", POINTER, "…", "0.2.0"),
        declaration("member-required", POINTER, "Needed.", "next"),
        declaration("member-required", POINTER, "Needed.", "0.1.1"),
        right() + &right(),
        "[[break]]\nrule = 1\n".to_owned(),
        "[[brake]]\n".to_owned(),
        "break = 1\n".to_owned(),
        "[[break]\n".to_owned(),
        "<<<<<<< HEAD\n".to_owned(),
    ];
    let problems = texts.map(|text| {
        let (status, problems) = outcome(EDIT, &text, "");
        assert_eq!(status, Status::Breaking, "{text}");
        problems.join("\n")
    });
    insta::with_settings!({ omit_expression => true }, { insta::assert_snapshot!(problems.join("\n")) });
}
