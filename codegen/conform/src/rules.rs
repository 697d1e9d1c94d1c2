//! The rules about pages, each with a page in `codegen/conform/rules/`.

document::rules! {
    FINDINGS: "Pages: findings",
    DIFFERING_METHOD = "differing-method",
    UNDECLARED_OPERATION = "undeclared-operation",
    DIFFERING_PATH = "differing-path",
    DIFFERING_STATUS = "differing-status",
    DIFFERING_HEADER = "differing-header",
    INVALID_HEAD = "invalid-head",
    DIFFERING_BODY = "differing-body",
    DIFFERING_MEMBER = "differing-member",
    MISSING_MEMBER = "missing-required-member",
    DUPLICATE_MEMBER = "duplicate-member",
    DIFFERING_TYPE = "differing-type",
    DIFFERING_CODE = "differing-code",
    UNREADABLE_PAGE = "unreadable-page",
}

document::rules! {
    ADVISORIES: "Pages: advisories",
    REPAIRED_BY_VENDOR = "repaired-by-vendor",
    UNRECORDED_MESSAGE = "unrecorded-message",
    TRANSLATED_TEXT = "translated-text",
}
