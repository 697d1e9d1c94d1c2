//! Rules about what stands behind the document: the vendor's messages, and what is wrong with them.

use document::{Group, Rule, Severity};

pub(super) static GROUP: Group = Group {
    title: "Evidence (spec/documented, spec/errata.toml)",
    rules: &[
        &UNSOUND_INDEX,
        &CHANGED_MESSAGE,
        &UNSOUND_ERRATUM,
        &UNNEEDED_ERRATUM,
        &MISSING_MESSAGE,
        &MISMATCHED_MESSAGE,
    ],
};

pub(crate) static UNSOUND_INDEX: Rule = Rule {
    id: "unsound-index",
    severity: Severity::Error,
    summary: "each entry of the index leads from a file to an operation",
    why: "A message that belongs to no operation, or has the place of another one, proves nothing.",
    wrong: "\
-- documented/index.toml --
[[message]]
file = \"get-orders.response.http\"
operation = \"getOrders\"
code = 200
page = \"https://example.com/get-orders\"
title = \"Get orders\"
sha256 = \"138cd0268649ee3b1135541a159cb7f6f893dc5261c6a29f635630c737c80779\"
",
    right: "\
-- documented/index.toml --
[[message]]
file = \"get-orders.response.http\"
operation = \"getOrders\"
status = 200
page = \"https://example.com/get-orders\"
title = \"Get orders\"
sha256 = \"138cd0268649ee3b1135541a159cb7f6f893dc5261c6a29f635630c737c80779\"
",
};

pub(crate) static CHANGED_MESSAGE: Rule = Rule {
    id: "changed-message",
    severity: Severity::Error,
    summary: "documented messages are what the vendor's page prints, byte for byte",
    why: "A message that was edited is no evidence any more. What is wrong with it is repaired by an erratum, \
          which says why.",
    wrong: "\
-- documented/get-orders.request.http --
GET https://example.com/v1/orders?page=1 HTTP/1.1
",
    right: "\
-- documented/get-orders.request.http --
GET https://example.com/v1/orders HTTP/1.1
",
};

pub(crate) static UNSOUND_ERRATUM: Rule = Rule {
    id: "unsound-erratum",
    severity: Severity::Error,
    summary: "each erratum repairs one place of a message, and says on what evidence",
    why: "A repair that could be meant for several places is meant for none, and one without evidence cannot \
          be judged.",
    wrong: "\
-- errata.toml --
[[erratum]]
id = \"get-orders-total\"
message = \"get-orders.response.http\"
found = '\"totl\"'
repair = '\"total\"'
reason = \"The name is misspelt.\"
evidence = \"the table on the page has the right name\"
page = \"https://example.com/get-orders\"
",
    right: "\
-- errata.toml --
[[erratum]]
id = \"get-orders-total\"
message = \"get-orders.response.http\"
found = '\"totl\"'
repair = '\"total\"'
reason = \"The name is misspelt.\"
evidence = \"page: its table has the right name\"
page = \"https://example.com/get-orders\"
",
};

pub(crate) static UNNEEDED_ERRATUM: Rule = Rule {
    id: "unneeded-erratum",
    severity: Severity::Error,
    summary: "without any one erratum the messages do not conform",
    why: "An erratum that repairs nothing outlives the mistake, and is believed for want of a better source.",
    wrong: "\
-- errata.toml --
[[erratum]]
id = \"get-orders-total\"
message = \"get-orders.response.http\"
found = '\"totl\"'
repair = '\"total\"'
reason = \"The name is misspelt.\"
evidence = \"page: its table has the right name\"
page = \"https://example.com/get-orders\"

[[erratum]]
id = \"get-orders-space\"
message = \"get-orders.response.http\"
found = ': 1.50'
repair = ':1.50'
reason = \"The service sends no space.\"
evidence = \"inferred: spaces cost time\"
page = \"https://example.com/get-orders\"
",
    right: "\
-- errata.toml --
[[erratum]]
id = \"get-orders-total\"
message = \"get-orders.response.http\"
found = '\"totl\"'
repair = '\"total\"'
reason = \"The name is misspelt.\"
evidence = \"page: its table has the right name\"
page = \"https://example.com/get-orders\"
",
};

pub(crate) static MISSING_MESSAGE: Rule = Rule {
    id: "missing-message",
    severity: Severity::Error,
    summary: "each operation and each example `documented` has its messages",
    why: "What no message shows is a claim. An example of our own has another name than `documented`.",
    wrong: "\
-- errata.toml --
-- documented/index.toml --
[[message]]
file = \"get-orders.request.http\"
operation = \"getOrders\"
page = \"https://example.com/get-orders\"
title = \"Get orders\"
sha256 = \"f25f17d5b57caad2c5812ad637c23421cbf5ac6319d8e87218b253ee286ff690\"
",
    right: "\
-- documented/index.toml --
[[message]]
file = \"get-orders.request.http\"
operation = \"getOrders\"
page = \"https://example.com/get-orders\"
title = \"Get orders\"
sha256 = \"f25f17d5b57caad2c5812ad637c23421cbf5ac6319d8e87218b253ee286ff690\"

[[message]]
file = \"get-orders.response.http\"
operation = \"getOrders\"
status = 200
page = \"https://example.com/get-orders\"
title = \"Get orders\"
sha256 = \"138cd0268649ee3b1135541a159cb7f6f893dc5261c6a29f635630c737c80779\"
",
};

pub(crate) static MISMATCHED_MESSAGE: Rule = Rule {
    id: "mismatched-message",
    severity: Severity::Error,
    summary: "documented messages, after their errata, are what the document describes",
    why: "Where the page and the document differ one of them is wrong. Is it the page, an erratum says so; \
          else the client would send what the service does not understand, or not read its answers.",
    wrong: "\
-- errata.toml --
",
    right: "\
-- errata.toml --
[[erratum]]
id = \"get-orders-total\"
message = \"get-orders.response.http\"
found = '\"totl\"'
repair = '\"total\"'
reason = \"The name is misspelt.\"
evidence = \"page: its table has the right name\"
page = \"https://example.com/get-orders\"
",
};
