//! The rules about recorded traffic.

document::rules! {
    "Recorded traffic",
    UNDECLARED_METHOD = "undeclared-method",
    UNDECLARED_STATUS = "undeclared-status",
    UNDECLARED_HEADER = "undeclared-header",
    ABSENT_HEADER = "absent-header",
    UNDECLARED_PARAMETER = "undeclared-parameter",
    UNDECLARED_BODY = "undeclared-body",
    ABSENT_BODY = "absent-body",
    UNDECLARED_MEDIA_TYPE = "undeclared-media-type",
    UNREADABLE_BODY = "unreadable-body",
    BYTE_ORDER_MARK_IN_BODY = "byte-order-mark-in-body",
    UNDECLARED_MEMBER = "undeclared-member",
    ABSENT_MEMBER = "absent-member",
    OTHER_TYPE = "other-type",
    OTHER_FORMAT = "other-format",
    UNDECLARED_VALUE = "undeclared-value",
    UNDECLARED_NULL = "undeclared-null",
    OTHER_LETTER_CASE = "other-letter-case",
}
