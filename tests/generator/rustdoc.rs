//! Does rustdoc treat the document's descriptions as plain text?

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use serde_json::{Value, json};

use crate::compile;

/// Descriptions in which rustdoc would find code, links to items of the crate, HTML tags or bare URLs.
const TEXTS: [&str; 48] = [
    "A bare fence:\n\n```\nlet x: u32 = \"no\";\n```\n\nAfter it.",
    "A fence below a line:\n```\nfn broken( {\n```\nAfter it.",
    "~~~\nGET /v1/things\n~~~",
    "```rust\npanic!()\n```",
    "```Rust\npanic!()\n```",
    "```should_panic\nno panic\n```",
    "```no_run\nno code\n```",
    "```compile_fail,E0308\nno code\n```",
    "```ignore\nno code\n```",
    "```edition2021\nno code\n```",
    "```no-run\nno code\n```",
    "```{.rust}\nno code\n```",
    "```json,no_run\n{}\n```",
    "```json\n{ \"amount\": 1.50 }\n```",
    "``` http\nGET / HTTP/1.1\n```",
    "Indented:\n\n    let x = broken;\n\n    more\n\nAfter it.",
    "    starts with code\n\nAfter it.",
    "Indented by a tab:\n\n\tlet x = broken;\n\nAfter it.",
    "- An item:\n\n      let x = broken;\n\n- Another:\n\n  ```\n  broken\n  ```\n",
    "-     code in an item\n- \tcode by a tab",
    "1. First\n\n   ```\n   broken\n   ```\n2. Second\n\n       broken",
    "> A quote:\n>\n>     let x = broken;\n>\n> ```\n> broken\n> ```\n",
    "> - A list in a quote:\n>\n>   ```\n>   broken\n",
    "A fence that is never closed:\n\n```\nlet x = broken;",
    "- A fence in an item that is never closed:\n  ```\n  broken",
    "````\n```\nbroken\n```\n````\n\nAfter it.",
    "~~~\n```\nbroken\n```\n~~~",
    "Two lines\n\n\n```\na\n\n\nb\n```",
    "    ```\n    a fence in indented code\n    ```",
    "Ends in a semicolon;\nand in a brace }\nimpl of nothing;\n\npub and fn }",
    "`Vec<String>` is code, Vec<String> is not, nor is Option<Vec<T>> or <Self::Item>.",
    "A line<br>break, a <b>tag, </i>, <!-- a comment, <T>, <img src='x'> and a < b > c.",
    "<div>\n\n    code below a tag\n\n</div>",
    "<script>\nlet x = 1;\n</script>",
    "An [Item], [0], [`Code`], [a b][c], [text](Target), [text](target.md) and [].",
    "A [page](https://example.com/page), a [nested [bracket]](https://example.com/) and ![an image](x.png).",
    "Escaped \\[Item], \\\\[Item], \\`code and [unclosed.",
    "A [^note] and [^other].\n\n[^note]: What it says.\n[^unused]: Nothing.",
    "A [reference] and [another].\n\n[reference]: https://example.com/\n[another]: Target\n",
    "At https://example.com/a_b?c=d&e=f, (https://example.com/), \"https://example.com\" and http://localhost:8080/.",
    "At https://example.com/v1/customers/{customer-tenant-id}/budget.",
    "**https://example.com/bold** and *https://example.com/slanted* and <https://example.com/>.",
    "| a | b |\n|---|---|\n| [x] | <y> https://example.com/ |\n| a long row of a table that is longer than the width to which other lines of the text are wrapped | z |",
    "# A heading\n\nText\n====\n\n- [ ] a task\n- [x] another",
    "{customer-tenant-id} {} {0} $x @ & &lt; \\ / | ~~struck~~ # - + * _ __",
    "A word of 90 letters and a number at the end of the line, which is where wrapping happens, with\n1. a list\n2. of two",
    "mailto:someone@example.com and <someone@example.com> and [write](mailto:someone@example.com)",
    "r#type, Self::new, crate::Client, std::vec::Vec, `unclosed code and ``more``",
];

/// Returns a document with this text in every place that accepts prose.
fn document(text: &str) -> String {
    let page = json!({ "description": text, "url": "https://example.com/a page (1)" });
    let schema = |more: Value| {
        let mut schema = json!({
            "description": text,
            "externalDocs": page,
            "x-evidence": "inferred",
            "x-evidence-note": text,
        });
        schema.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        schema
    };
    let thing = json!({ "$ref": "#/components/schemas/Thing" });
    let content = json!({ "application/json": { "schema": thing } });
    let kinds = json!({ "type": "string", "x-extensible-enum": ["a", "b"] });
    let parameter = json!({
        "name": "filter", "in": "query", "description": text, "schema": { "type": "string" },
    });
    json!({
        "openapi": "3.0.3",
        "info": { "title": text, "description": text, "termsOfService": text, "version": "1.0.0" },
        "paths": { "/things": { "post": {
            "operationId": "postThing",
            "summary": text,
            "description": text,
            "externalDocs": page,
            "x-evidence": "inferred",
            "x-evidence-note": text,
            "parameters": [parameter],
            "requestBody": { "description": text, "required": true, "content": content },
            "responses": {
                "200": { "description": text, "content": content },
                "404": { "description": text },
                "409": { "$ref": "#/components/responses/Conflict" },
            },
        } } },
        "components": { "responses": { "Conflict": { "description": text } }, "schemas": {
            "Thing": schema(json!({ "type": "object", "properties": {
                "name": schema(json!({ "type": "string" })),
                "kind": schema(kinds),
                "list": schema(json!({ "type": "array", "items": schema(json!({ "type": "string" })) })),
                "choice": schema(json!({ "oneOf": [
                    schema(json!({ "title": "First", "type": "object", "required": ["a"],
                        "properties": { "a": schema(json!({ "type": "string" })) } })),
                    schema(json!({ "title": "Second", "type": "boolean" })),
                ] })),
            } })),
        } },
    })
    .to_string()
}

/// Returns a small crate with an empty item for each doc comment in the sources.
fn items<'s>(sources: impl IntoIterator<Item = &'s str>) -> String {
    let mut items = String::from("//! A crate.\n\n");
    let mut number = 0;
    let mut is_example = false;
    for line in sources.into_iter().flat_map(str::lines).map(str::trim_start).chain([""]) {
        // The examples of operations use the client, which the small crate does not contain.
        is_example = (is_example || line == "/// # Examples") && line != "/// # Errors";
        if line.starts_with("///") && !is_example {
            // The small crate does not contain the items to which the doc comments link.
            let line = line.replace("](crate::", "](https://example.com/");
            items.push_str(&line.replace("](Self::", "](https://example.com/"));
            items.push('\n');
        } else if items.trim_end().lines().last().is_some_and(|last| last.starts_with("///")) {
            number += 1;
            items.push_str(&format!("pub struct Item{number};\n\n"));
        }
    }
    items
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("rustdoc")
}

/// Runs rustdoc on a crate, asserts that it succeeds, and returns its output.
fn rustdoc(source: &str, options: &[&str]) -> String {
    fs::create_dir_all(folder()).unwrap();
    fs::write(folder().join("lib.rs"), source).unwrap();
    let mut rustdoc = Command::new(std::env::var_os("RUSTDOC").unwrap_or("rustdoc".into()));
    rustdoc.args(["--edition", "2024", "--deny", "warnings", "lib.rs"]).args(options);
    let output = rustdoc.current_dir(folder()).output().unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn descriptions_cause_no_doctests_and_no_warnings() {
    let generated = TEXTS.map(|text| codegen::generate("document.yaml", &document(text)).unwrap());
    let sources = generated.iter().flat_map(|it| {
        let support = it.support.as_ref().unwrap();
        [&it.types, &it.operations, &support.mock, &support.examples]
    });
    let items = items(sources.map(String::as_str));
    rustdoc(&items, &["--out-dir", "doc"]);
    let tests = rustdoc(&items, &["--test"]);
    assert!(tests.contains("running 0 tests"), "{tests}");
}

/// Returns the documentation of the model `Thing` in a document with this text.
fn documentation(text: &str) -> String {
    let client = compile::client(&document(text));
    let (before, _) = client.split_once("pub struct Thing {").unwrap();
    let is_documentation = |line: &&str| line.starts_with("///");
    let lines = before.lines().rev().map(str::trim).skip_while(|line| !is_documentation(line));
    let lines = lines.take_while(is_documentation);
    let lines: Vec<&str> = lines.map(|line| line[3..].trim_end()).collect();
    lines
        .into_iter()
        .rev()
        .map(|line| format!("{}\n", line.strip_prefix(' ').unwrap_or(line)))
        .collect()
}

#[test]
fn code_keeps_its_lines() {
    let text = "Sends:\n\n    { \"a\": 1;\n\n\n      \"b\": 2 }\n\nIt ends in `;`;\nand";
    insta::assert_snapshot!(documentation(text));
}

#[test]
fn an_unclosed_fence_is_closed() {
    insta::assert_snapshot!(documentation("Sends:\n```\nGET /"));
}

#[test]
fn brackets_and_urls_stay_readable() {
    insta::assert_snapshot!(documentation(
        "A Vec<String> at https://example.com/{id}, as [Item] or [page](https://example.com/) says."
    ));
}

#[test]
fn no_doc_comment_is_separated_from_its_item() {
    for text in TEXTS {
        let client = compile::client(&document(text));
        let lines: Vec<&str> = client.lines().collect();
        let gap = lines
            .windows(2)
            .find(|pair| pair[0].trim_start().starts_with("///") && pair[1].trim().is_empty());
        assert_eq!(gap, None);
    }
}
