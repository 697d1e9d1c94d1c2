//! Rules about YAML: that a document means the same to every reader.

mod duplicate_keys;
mod lost_text;

use std::collections::HashSet;

use document::{
    Document, Entry, Finding, Group, Kind, Misreading, Node, NodeId, Report, Rule, Severity, Size,
    Style, Value, syntax, text,
};

pub(super) static GROUP: Group = Group {
    title: "YAML",
    rules: &[
        &text::NOT_UTF_8,
        &text::BYTE_ORDER_MARK,
        &text::EMPTY_DOCUMENT,
        &syntax::SYNTAX,
        &syntax::TAB_IN_INDENTATION,
        &text::TOO_DEEP,
        &text::ENDLESS_ALIAS,
        &SEVERAL_DOCUMENTS,
        &duplicate_keys::DUPLICATE_KEY,
        &KEY_THAT_IS_NO_STRING,
        &NUMBER_OUT_OF_RANGE,
        &UNQUOTED_STATUS,
        &AMBIGUOUS_TEXT,
        &ALIAS,
        &MERGE_KEY,
        &TAG,
        &lost_text::COMMENT_IN_TEXT,
        &lost_text::UNUSED_ANCHOR,
    ],
};

pub(super) fn check(document: &Document<'_>, report: &mut Report) {
    let tree = document.tree;
    report.extend(text::byte_order_mark(tree));
    report.extend(several_documents(document));
    // What stands below `<<` is reported with it.
    report.extend(tree.aliases().filter(|alias| alias.name() != Some("<<")).map(alias));
    report.extend(tree.anchored_in_vain().filter_map(lost_text::anchor));
    // What is of the wrong type is not meant to be text.
    let unsound: HashSet<NodeId> = document.flaws().iter().map(|flaw| flaw.node().id()).collect();
    for node in tree.nodes() {
        duplicate_keys::check(node, report);
        report.extend(node.entries().filter_map(|entry| key(document, node, entry)));
        report.extend(number_out_of_range(node));
        report.extend(ambiguous_text(node).filter(|_| !unsound.contains(&node.id())));
        report.extend(tag(node));
        report.extend(lost_text::comment(document, node));
    }
}

static SEVERAL_DOCUMENTS: Rule = Rule {
    id: "several-documents",
    severity: Severity::Error,
    summary: "a file has one document",
    why: "`---` begins a second document, which nobody reads.",
    wrong: "\
paths: {}
---
components: {}
",
    right: "\
paths: {}
components: {}
",
};

fn several_documents<'t>(document: &Document<'t>) -> Option<Finding<'t>> {
    let second = document.tree.second_document()?;
    let finding = SEVERAL_DOCUMENTS.at(document.root(), "a second document begins here");
    Some(
        finding.spanning(second).help("remove the line, or move what follows to a file of its own"),
    )
}

static KEY_THAT_IS_NO_STRING: Rule = Rule {
    id: "key-that-is-no-string",
    severity: Severity::Error,
    summary: "keys are strings",
    why: "Every OpenAPI document can be written in JSON, whose keys are strings. What YAML reads as a \
          number, a boolean or null is written otherwise by one tool, and refused by the next.",
    wrong: "\
components:
  schemas:
    Answer:
      type: object
      properties:
        true: { type: string }
",
    right: "\
components:
  schemas:
    Answer:
      type: object
      properties:
        'true': { type: string }
",
};

static NUMBER_OUT_OF_RANGE: Rule = Rule {
    id: "number-out-of-range",
    severity: Severity::Error,
    summary: "numbers are finite, and integers fit into 64 bits",
    why: "JSON can write neither infinity nor what is no number, and the generator cannot read an integer \
          of more than 64 bits.",
    wrong: "\
components:
  schemas:
    Amount: { type: number, maximum: .inf }
",
    right: "\
components:
  schemas:
    Amount: { type: number, maximum: 1e300 }
",
};

fn number_out_of_range(node: Node<'_>) -> Option<Finding<'_>> {
    let text = node.as_number()?;
    let (message, help) = match Size::of(text) {
        Size::Ordinary => return None,
        Size::Endless => (format!("`{text}` is no number of JSON"), "write a number, or remove it"),
        Size::Large => {
            (format!("`{text}` does not fit into 64 bits"), "write a smaller one, or remove it")
        }
    };
    Some(NUMBER_OUT_OF_RANGE.at(node, message).help(help))
}

static UNQUOTED_STATUS: Rule = Rule {
    id: "unquoted-status",
    severity: Severity::Warning,
    summary: "statuses are in quotes",
    why: "Without quotes YAML reads a status as a number, and OpenAPI demands a string, for the sake of \
          JSON.",
    wrong: "\
paths:
  /v1/orders:
    get:
      operationId: getOrders
      responses:
        200: { description: The orders. }
",
    right: "\
paths:
  /v1/orders:
    get:
      operationId: getOrders
      responses:
        '200': { description: The orders. }
",
};

static MERGE_KEY: Rule = Rule {
    id: "merge-key",
    severity: Severity::Error,
    summary: "no merge keys",
    why: "`<<` is not part of YAML 1.2, and the generator does not apply it: what it merges is lost.",
    wrong: "\
components:
  schemas:
    Amount: &amount { type: number }
    Budget: { <<: *amount }
",
    right: "\
components:
  schemas:
    Amount: { type: number }
    Budget: { $ref: '#/components/schemas/Amount' }
",
};

fn key<'t>(document: &Document<'_>, node: Node<'t>, entry: Entry<'t>) -> Option<Finding<'t>> {
    let name = entry.name();
    Some(match entry.key.value() {
        Value::String("<<") => MERGE_KEY
            .at(entry.key, "`<<` does not merge anything")
            .help("write the members out, or refer to a component by `$ref`"),
        Value::String(_) => return None,
        Value::Number(_) if document.kind(node) == Some(Kind::Responses) => UNQUOTED_STATUS
            .at(entry.key, format!("the status {name} is not in quotes"))
            .help(format!("write `'{name}'`")),
        Value::Array | Value::Object => KEY_THAT_IS_NO_STRING
            .at(entry.key, "a key must be a string")
            .help("write text as the key"),
        Value::Null if name.is_empty() => KEY_THAT_IS_NO_STRING
            .at(entry.key, "a key is missing before the colon")
            .help("write the key, or remove the member"),
        value => KEY_THAT_IS_NO_STRING
            .at(entry.key, format!("the key `{name}` is {} and not a string", value.describe()))
            .help(format!("put it in quotes: `'{name}'`")),
    })
}

static AMBIGUOUS_TEXT: Rule = Rule {
    id: "ambiguous-text",
    severity: Severity::Warning,
    summary: "text that some readers of YAML take for something else is in quotes",
    why: "YAML 1.1, which many tools still speak, reads `no` as false, `2021-02-26` as a date and `12:30` \
          as the number 750; YAML 1.2 does not.",
    wrong: "\
components:
  schemas:
    Country:
      type: string
      enum: [se, no, dk]
",
    right: "\
components:
  schemas:
    Country:
      type: string
      enum: [se, 'no', dk]
",
};

fn ambiguous_text(node: Node<'_>) -> Option<Finding<'_>> {
    let scalar = node.scalar()?;
    if node.tag().is_some() {
        return None;
    }
    let taken_for = match scalar.misreading()? {
        Misreading::Boolean => "a boolean",
        Misreading::Date => "a date",
        Misreading::Sexagesimal => "a number to the base 60",
        Misreading::Octal => "a number to the base 8",
        Misreading::Underscores => "a number",
    };
    let text = &scalar.text;
    let finding = AMBIGUOUS_TEXT.at(node, format!("some readers take `{text}` for {taken_for}"));
    Some(finding.help(format!("put it in quotes: `'{text}'`")))
}

static ALIAS: Rule = Rule {
    id: "alias",
    severity: Severity::Warning,
    summary: "no aliases",
    why: "JSON has none, and OpenAPI has a way of its own to say a thing once: components and `$ref`, \
          which also give it a name in the client.",
    wrong: "\
components:
  schemas:
    Amount: &amount { type: number }
    Budget: *amount
",
    right: "\
components:
  schemas:
    Amount: { type: number }
    Budget: { $ref: '#/components/schemas/Amount' }
",
};

fn alias(alias: Node<'_>) -> Finding<'_> {
    let finding =
        ALIAS.at(alias, format!("the alias `{}` repeats a part of the document", alias.source()));
    finding.help("make that part a component and refer to it by `$ref`, or write it out")
}

static TAG: Rule = Rule {
    id: "tag",
    severity: Severity::Error,
    summary: "no tags but those of JSON's types",
    why: "A tag such as `!include` means something to one tool only; the others stop at it or ignore it.",
    wrong: "\
info: !include info.yaml
",
    right: "\
info: { title: Orders, version: 1.0.0 }
",
};

fn tag(node: Node<'_>) -> Option<Finding<'_>> {
    let tag = node.tag()?;
    if ["!!str", "!!int", "!!float", "!!bool", "!!null", "!!seq", "!!map"].contains(&tag) {
        return None;
    }
    let finding = TAG.at(node, format!("there is no tag `{tag}` in OpenAPI")).on(tag);
    let is_plain = node.scalar().is_some_and(|scalar| scalar.style == Style::Plain);
    Some(finding.help(match is_plain {
        true => "write out what it stands for, or put the text in quotes if `!` belongs to it",
        false => "write out what it stands for",
    }))
}
