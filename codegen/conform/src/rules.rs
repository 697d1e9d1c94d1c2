//! The rules about pages.

use document::{Group, Rule, rule};

/// Declares rules with a page in `codegen/conform/rules/`.
macro_rules! rules {
    ($($name:ident = $id:literal;)*) => {
        $(pub(crate) static $name: Rule = rule!($id, "/rules/");)*
    };
}

pub(crate) static FINDINGS: Group = Group {
    title: "Pages: findings",
    rules: &[
        &DIFFERING_METHOD,
        &DIFFERING_PATH,
        &DIFFERING_STATUS,
        &DIFFERING_HEADER,
        &INVALID_HEAD,
        &DIFFERING_BODY,
        &DIFFERING_MEMBER,
        &MISSING_MEMBER,
        &DUPLICATE_MEMBER,
        &DIFFERING_TYPE,
        &DIFFERING_CODE,
        &UNREADABLE_PAGE,
    ],
};

pub(crate) static ADVISORIES: Group = Group {
    title: "Pages: advisories",
    rules: &[&REPAIRED_BY_VENDOR, &UNRECORDED_MESSAGE, &TRANSLATED_TEXT],
};

rules! {
    DIFFERING_METHOD = "differing-method";
    DIFFERING_PATH = "differing-path";
    DIFFERING_STATUS = "differing-status";
    DIFFERING_HEADER = "differing-header";
    INVALID_HEAD = "invalid-head";
    DIFFERING_BODY = "differing-body";
    DIFFERING_MEMBER = "differing-member";
    MISSING_MEMBER = "missing-required-member";
    DUPLICATE_MEMBER = "duplicate-member";
    DIFFERING_TYPE = "differing-type";
    DIFFERING_CODE = "differing-code";
    UNREADABLE_PAGE = "unreadable-page";
    REPAIRED_BY_VENDOR = "repaired-by-vendor";
    UNRECORDED_MESSAGE = "unrecorded-message";
    TRANSLATED_TEXT = "translated-text";
}
