//! How long does the pipeline take for each operation, however many a document has?
//!
//! The throughput column says operations a second: it should stay the same from one size to the next.

use divan::{Bencher, counter::ItemsCount};
use serde_yaml::Value;

const DOCUMENT: &str = include_str!("../../spec/partner-center.yaml");

fn main() {
    divan::main();
}

/// From the document's text to the client's source.
#[divan::bench(args = [1, 10, 100, 1000], sample_count = 10, sample_size = 1)]
fn generate(bencher: Bencher, times: usize) {
    let (text, operations) = multiplied(times);
    bencher.counter(ItemsCount::new(operations)).bench(|| {
        codegen::generate("document.yaml", divan::black_box(&text))
            .expect("the document has no problem")
    });
}

/// From the document's text to its problems.
#[divan::bench(args = [1, 10, 100, 1000], sample_count = 10, sample_size = 1)]
fn lint(bencher: Bencher, times: usize) {
    let (text, operations) = multiplied(times);
    bencher
        .counter(ItemsCount::new(operations))
        .bench(|| lint::lint(divan::black_box(text.as_bytes()), true))
}

/// The document with its operations repeated under other paths and names, and their number.
fn multiplied(times: usize) -> (String, usize) {
    let mut document: Value = serde_yaml::from_str(DOCUMENT).expect("the document is YAML");
    let paths = document["paths"].as_mapping_mut().expect("the document has paths");
    let originals = std::mem::take(paths);
    let mut operations = 0;
    for number in 0..times {
        for (path, item) in &originals {
            let mut item = item.clone();
            operations += rename(&mut item, number);
            let path = path.as_str().expect("a path is text").replacen(
                "/v1/",
                &format!("/v1/part{number}/"),
                1,
            );
            paths.insert(path.into(), item);
        }
    }
    (serde_yaml::to_string(&document).expect("the document is YAML"), operations)
}

/// Gives the operations of a path names of their own, and counts them.
fn rename(item: &mut Value, number: usize) -> usize {
    let members = item.as_mapping_mut().expect("a path item is a mapping");
    let ids = members.values_mut().filter_map(|member| member.get_mut("operationId"));
    ids.map(|id| *id = format!("{}Part{number}", id.as_str().expect("an id is text")).into())
        .count()
}
