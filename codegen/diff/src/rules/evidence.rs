//! The rules about the evidence for the statements of the document.

use crate::rule::rules;

rules! { Evidence;
    STATEMENT_ADDED = "statement-added", "A statement is new";
    Documentation, "compare it with its source";
    STATEMENT_REMOVED = "statement-removed", "A statement no longer exists";
    Documentation, "check that its source no longer says so";
    STATEMENT_CHANGED = "statement-changed", "A statement changes, but not its source";
    Documentation, "check that the source says so";
    SOURCE_WEAKENED = "source-weakened", "A statement rests on a weaker source";
    Documentation, "ask why the better source no longer counts";
    SOURCE_STRENGTHENED = "source-strengthened", "A statement rests on a better source";
    Documentation, "compare it with its source";
    SOURCE_NOTE_CHANGED = "source-note-changed", "The description of a statement's source changes";
    Documentation, "read the new description";
    MESSAGE_ADDED = "message-added", "A documented message is new";
    Documentation, "compare it with the page";
    MESSAGE_REMOVED = "message-removed", "A documented message no longer exists";
    Documentation, "check that the page no longer shows it";
    MESSAGE_CHANGED = "message-changed", "A documented message changes";
    Documentation, "compare it with the page";
    ERRATUM_ADDED = "erratum-added", "A mistake in a message is repaired";
    Documentation, "read its reason";
    ERRATUM_REMOVED = "erratum-removed", "A repair of a message no longer exists";
    Documentation, "check that the page no longer has the mistake";
    ERRATUM_CHANGED = "erratum-changed", "The repair of a message changes";
    Documentation, "read its reason";
}
