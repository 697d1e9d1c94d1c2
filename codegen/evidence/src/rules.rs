//! Rules about the evidence: the vendor's messages and their errata.

use document::{Group, Rule, rule};

pub(super) static GROUP: Group = Group {
    title: "Evidence (spec/documented, spec/errata.toml)",
    rules: &[
        &INVALID_INDEX,
        &UNLISTED_MESSAGE,
        &CHANGED_MESSAGE,
        &INVALID_ERRATUM,
        &UNNEEDED_ERRATUM,
        &MISSING_MESSAGE,
        &MISMATCHED_MESSAGE,
    ],
};

pub(crate) static INVALID_INDEX: Rule = rule!("invalid-index");

pub(crate) static UNLISTED_MESSAGE: Rule = rule!("unlisted-message");

pub(crate) static CHANGED_MESSAGE: Rule = rule!("changed-message");

pub(crate) static INVALID_ERRATUM: Rule = rule!("invalid-erratum");

pub(crate) static UNNEEDED_ERRATUM: Rule = rule!("unneeded-erratum");

pub(crate) static MISSING_MESSAGE: Rule = rule!("missing-message");

pub(crate) static MISMATCHED_MESSAGE: Rule = rule!("mismatched-message");
