//! Rules about the evidence: the vendor's messages and their errata.

document::rules! {
    "Evidence (spec/documented, spec/errata.toml)",
    INVALID_INDEX = "invalid-index",
    UNLISTED_MESSAGE = "unlisted-message",
    CHANGED_MESSAGE = "changed-message",
    INVALID_ERRATUM = "invalid-erratum",
    UNNEEDED_ERRATUM = "unneeded-erratum",
    MISSING_MESSAGE = "missing-message",
    MISMATCHED_MESSAGE = "mismatched-message",
}
