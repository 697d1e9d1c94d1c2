//! Measures the comparison of 1000 pages, each with the messages of an operation.

use std::{fs, path::PathBuf};

use conform::{Page, Reference};
use divan::Bencher;
use document::{Document, Tree};
use evidence::documented::Evidence;

fn main() {
    divan::main();
}

fn read(file: &str) -> Vec<u8> {
    let path: PathBuf = [env!("CARGO_MANIFEST_DIR"), "../../spec", file].iter().collect();
    fs::read(path).expect("the file is in the repository")
}

fn text(file: &str) -> String {
    String::from_utf8(read(file)).expect("the file is UTF-8")
}

/// Returns a page for each operation with all of its messages, each changed by `change`.
fn pages(evidence: &Evidence, change: fn(&str) -> String) -> Vec<String> {
    let messages = &evidence.messages;
    let requests = messages.iter().filter(|message| message.status.is_none());
    let page = requests.map(|request| {
        let same = messages.iter().filter(|message| message.operation == request.operation);
        let blocks = same.map(|message| {
            format!(
                "## Zork\n\n```http\n{}```\n\n",
                change(&String::from_utf8_lossy(&message.bytes))
            )
        });
        let prose = "Blorp [zork](x.md) **blorp** `zork`.\n\n".repeat(100);
        format!("# Blorp\n\n{prose}{}", blocks.collect::<String>())
    });
    page.collect()
}

fn compare(bencher: Bencher<'_, '_>, change: fn(&str) -> String) {
    let document = text("partner-center.yaml");
    let tree = Tree::parse(&document).expect("the document is YAML").expect("it is not empty");
    let read_message = |file: &str| Some(read(&format!("documented/{file}")));
    let (index, errata) = (text("documented/index.toml"), text("errata.toml"));
    let document = Document::new(&tree);
    let evidence = Evidence::parse(&index, &errata, read_message).expect("the evidence is valid");
    let reference = Reference::new(&document, &evidence);
    let pages = pages(&evidence, change);
    bencher.bench(|| {
        let pages = pages.iter().cycle().take(1000);
        let content = pages.map(|page| Page { name: "docs/0.md", content: page.as_bytes() });
        content.map(|page| reference.check(&page).findings.len()).sum::<usize>()
    });
}

#[divan::bench(sample_count = 5)]
fn recorded(bencher: Bencher<'_, '_>) {
    compare(bencher, str::to_owned);
}

#[divan::bench(sample_count = 5)]
fn with_a_change_in_each_message(bencher: Bencher<'_, '_>) {
    compare(bencher, |message| message.replacen('\n', "\nZork: 1\n", 1));
}
