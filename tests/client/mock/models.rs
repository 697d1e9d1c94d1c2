//! Can a test construct each model?

use support::document;

/// Returns a file without indentation, because the two files nest their constructors differently.
fn read(path: &str) -> String {
    document::read(path).lines().map(|line| format!("{}\n", line.trim_start())).collect()
}

/// Returns the names of the structs in a source file.
fn structures(source: &str) -> Vec<&str> {
    let lines = source.lines().filter(|line| line.ends_with('{'));
    let names = lines.filter_map(|line| line.strip_prefix("pub struct ")?.split(' ').next());
    names.collect()
}

#[test]
fn each_struct_has_a_constructor() {
    let types = read("generated-client/src/generated/types.rs");
    let mock = read("generated-client/src/mock/generated.rs");
    let sources = [types.as_str(), &mock];
    let models = structures(&types);
    assert!(!models.is_empty());
    for model in models {
        let constructor = format!("impl {model} {{\n/// ");
        let blocks = sources.iter().filter_map(|source| source.split_once(&constructor));
        let has_new = |(_, block): (&str, &str)| {
            block.lines().nth(1).is_some_and(|line| line.starts_with("pub fn new("))
        };
        assert_eq!(blocks.map(has_new).collect::<Vec<_>>(), [true], "{model}");
    }
}
