//! Is each mistake in a document reported precisely, and nothing else?

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use ::document::{Diagnostic, Rule};
use evidence::{Allowances, File, Files};
use xtask::render::{Color, Source};

use support::document;

fn rules() -> Vec<&'static Rule> {
    xtask::registry().rules().collect()
}

fn ids(diagnostics: &[Diagnostic]) -> BTreeSet<&'static str> {
    diagnostics.iter().map(|diagnostic| diagnostic.rule).collect()
}

/// Returns the name of a document's folder, which is the id of the rule that the document breaks.
fn folder(path: &Path) -> String {
    path.parent().unwrap().file_name().unwrap().to_string_lossy().into_owned()
}

/// Returns the path of every YAML or JSON document in the folders of the rules.
fn documents() -> impl Iterator<Item = PathBuf> {
    let files = |folder: &Path| fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    let folders = files(&document::path("tests/documents/lint"));
    let is_document =
        |path: &PathBuf| path.extension().is_some_and(|it| it == "yaml" || it == "json");
    folders.flat_map(move |folder| files(&folder)).filter(is_document)
}

fn is_project_rule(id: &str) -> bool {
    let group = lint::groups().find(|group| group.title == "Project rules").unwrap();
    group.rules.iter().any(|rule| rule.id == id)
}

#[test]
fn each_invalid_document() {
    insta::glob!("../documents/lint", "*/*.{yaml,json}", |path| {
        let (rule, text) = (folder(path), fs::read(path).unwrap());
        // The documents that no rule rejects but the generator does are tested in `tests/generator/generator.rs`.
        if matches!(rule.as_str(), "valid" | "generator-failure") {
            return;
        }
        let diagnostics = lint::lint(&text, is_project_rule(&rule));
        assert_breaks(&rule, path, &text, &diagnostics);
    });
}

#[test]
fn each_invalid_allowance_file() {
    insta::glob!("../documents/lint", "*/*.toml", |path| {
        let text = fs::read_to_string(path).unwrap();
        assert_breaks(&folder(path), path, text.as_bytes(), &diagnostics(&text));
    });
}

/// Applies allowances to a document that contains an alias, and returns the remaining diagnostics.
fn diagnostics(allowances: &str) -> Vec<Diagnostic> {
    let alias = xtask::registry().rule("alias").unwrap();
    let mut diagnostics = lint::lint(document::complete(alias.wrong).as_bytes(), false);
    match Allowances::parse(allowances) {
        Ok(allowances) => allowances.apply(&mut diagnostics, &xtask::registry(), true),
        Err(malformed) => vec![malformed],
    }
}

#[test]
fn each_invalid_evidence() {
    insta::glob!("../documents/lint", "*/*.txtar", |path| {
        let rule = folder(path);
        if rule == "valid" {
            return;
        }
        let archive = Archive::with(&fs::read_to_string(path).unwrap());
        let found = archive.diagnostics();
        let rules: BTreeSet<&str> = found.iter().map(|(_, found)| found.rule).collect();
        assert_eq!(rules, BTreeSet::from([rule.as_str()]), "{}: {found:?}", path.display());
        assert_rendering(&found.iter().map(|found| archive.render(found)).collect::<String>());
    });
}

#[test]
fn valid_evidence_has_no_diagnostics() {
    insta::glob!("../documents/lint", "valid/*.txtar", |path| {
        let archive = Archive::with(&fs::read_to_string(path).unwrap());
        assert_eq!(archive.diagnostics(), [], "{}", path.display());
    });
}

#[test]
fn a_byte_order_mark_does_not_affect_the_evidence() {
    let mut archive = Archive::with("");
    archive.0.get_mut("document.yaml").unwrap().insert(0, '\u{feff}');
    assert_eq!(archive.diagnostics(), []);
}

/// The files of a document and its evidence, by their paths relative to `spec`.
struct Archive(BTreeMap<String, String>);

impl Archive {
    /// Returns the valid archive with the files in `changes` replaced. Each file begins with a line `-- path --`.
    fn with(changes: &str) -> Self {
        let valid = document::read("tests/documents/lint/valid/evidence.txtar");
        let mut files = BTreeMap::new();
        for text in [valid.as_str(), changes] {
            let mut file = String::new();
            for line in text.lines() {
                match line.strip_prefix("-- ").and_then(|line| line.strip_suffix(" --")) {
                    Some(name) => {
                        file = name.to_owned();
                        files.insert(file.clone(), String::new());
                    }
                    None => files.get_mut(&file).unwrap().extend([line, "\n"]),
                }
            }
        }
        Self(files)
    }

    fn diagnostics(&self) -> Vec<(File, Diagnostic)> {
        let message = |file: &str| {
            let text = self.0.get(&format!("documented/{file}"));
            text.map(|text| text.as_bytes().to_vec())
        };
        let folder: Vec<String> = self
            .0
            .keys()
            .filter_map(|path| Some(path.strip_prefix("documented/")?.to_owned()))
            .collect();
        evidence::check(&Files {
            document: &self.0["document.yaml"],
            index: &self.0["documented/index.toml"],
            errata: &self.0["errata.toml"],
            folder: &folder,
            message: &message,
        })
    }

    fn render(&self, (file, diagnostic): &(File, Diagnostic)) -> String {
        let name = file.path().unwrap_or_else(|| "document.yaml".to_owned());
        let text = self.0[&name].as_bytes();
        let document = Source::new("document.yaml", self.0["document.yaml"].as_bytes());
        Source::new(&name, text)
            .with_document(Some(&document))
            .text(std::slice::from_ref(diagnostic), Color::Plain)
    }
}

/// Returns the other rules that a document must break, which are listed in the document's first line.
fn also_broken(text: &[u8]) -> BTreeSet<&str> {
    let first = text.split(|byte| *byte == b'\n').next().and_then(|line| str::from_utf8(line).ok());
    let rules = first.and_then(|line| line.strip_prefix("# Also: "));
    rules.into_iter().flat_map(|rules| rules.split(", ")).collect()
}

/// Asserts that a document breaks only the expected rules, and compares the rendered diagnostics with the snapshot.
fn assert_breaks(rule: &str, path: &Path, text: &[u8], diagnostics: &[Diagnostic]) {
    let broken = also_broken(text).into_iter().chain([rule]).collect();
    assert_eq!(ids(diagnostics), broken, "{}", path.display());
    let name = path.file_name().unwrap().to_string_lossy();
    assert_rendering(&Source::new(&name, text).text(diagnostics, Color::Plain));
}

/// Compares rendered diagnostics with their snapshot.
fn assert_rendering(rendered: &str) {
    insta::with_settings!(
        {
            omit_expression => true,
            prepend_module_to_snapshot => false,
            snapshot_path => "snapshots/lint",
        },
        { insta::assert_snapshot!("invalid", rendered) }
    );
}

#[test]
fn each_valid_document_breaks_only_the_rules_in_its_first_line() {
    for path in documents().filter(|path| folder(path) == "valid") {
        let text = fs::read(&path).unwrap();
        assert_eq!(ids(&lint::lint(&text, false)), also_broken(&text), "{}", path.display());
    }
}

#[test]
fn each_valid_project_document_follows_the_project_rules() {
    let follows_project_rules = |path: &PathBuf| {
        folder(path) == "valid"
            && path.file_name().unwrap().to_string_lossy().starts_with("project")
    };
    for path in documents().filter(follows_project_rules) {
        let found = lint::lint(&fs::read(&path).unwrap(), true);
        assert_eq!(found, [], "{}", path.display());
    }
}

#[test]
fn each_header_that_the_client_sets_must_be_marked() {
    let mark = "      x-client-managed: true\n";
    for (at, _) in document::TEXT.match_indices(mark) {
        let unmarked = document::TEXT[..at].to_owned() + &document::TEXT[at + mark.len()..];
        let found = lint::lint(unmarked.as_bytes(), true);
        assert_eq!(ids(&found), BTreeSet::from(["unmanaged-header"]), "{found:?}");
    }
}

#[test]
fn the_published_document_has_no_diagnostics() {
    assert_eq!(lint::lint(document::TEXT.as_bytes(), true), []);
}

#[test]
fn each_rule_has_an_invalid_document() {
    for rule in rules() {
        let folder = document::path("tests/documents/lint").join(rule.id);
        assert!(
            folder.is_dir(),
            "no document breaks `{}`; add one in {}",
            rule.id,
            folder.display()
        );
    }
}

#[test]
fn each_folder_of_invalid_documents_has_a_rule() {
    for folder in fs::read_dir(document::path("tests/documents/lint")).unwrap() {
        let name = folder.unwrap().file_name().into_string().unwrap();
        assert!(
            name == "valid" || xtask::registry().rule(&name).is_some(),
            "there is no rule `{name}`"
        );
    }
}

#[test]
fn each_rule_has_a_unique_id_in_kebab_case() {
    let mut ids = BTreeSet::new();
    for rule in rules() {
        assert!(ids.insert(rule.id), "two rules have the id `{}`", rule.id);
        let is_kebab = |letter: char| letter.is_ascii_lowercase() || "-0123456789".contains(letter);
        assert!(rule.id.chars().all(is_kebab), "{}", rule.id);
    }
}

#[test]
fn wrong_examples_break_one_rule_and_right_examples_break_none() {
    for rule in rules() {
        assert_eq!(broken_by(rule, rule.wrong), BTreeSet::from([rule.id]), "{}: wrong", rule.id);
        assert_eq!(broken_by(rule, rule.right), BTreeSet::new(), "{}: right", rule.id);
        let others = lint::lint(&document_of(rule.right), false);
        assert!(!is_document(rule.right) || others.is_empty(), "{}: {others:?}", rule.id);
    }
}

/// Returns true if an example is a document, as opposed to allowances or evidence.
fn is_document(example: &str) -> bool {
    !example.starts_with("[[allowance]]") && !example.starts_with("-- ")
}

/// Returns the rules that an example breaks. Ignores other project rules, which require more than an example contains.
fn broken_by(rule: &Rule, example: &str) -> BTreeSet<&'static str> {
    if example.starts_with("[[allowance]]") {
        ids(&diagnostics(example))
    } else if example.starts_with("-- ") {
        Archive::with(example).diagnostics().iter().map(|(_, found)| found.rule).collect()
    } else if rule.id == "generator-failure" {
        ids(&refusals(&document_of(example)))
    } else {
        let mut broken = ids(&lint::lint(&document_of(example), true));
        broken.retain(|id| *id == rule.id || !is_project_rule(id));
        broken
    }
}

/// Returns the diagnostics with which the generator rejects a document.
fn refusals(document: &[u8]) -> Vec<Diagnostic> {
    let text = str::from_utf8(document).ok();
    text.and_then(|text| codegen::generate("document.yaml", text).err()).unwrap_or_default()
}

/// Returns the bytes of an example. Each replacement character becomes a byte that is invalid in UTF-8.
fn document_of(example: &str) -> Vec<u8> {
    let text = document::complete(example);
    let parts: Vec<&[u8]> = text.split('\u{fffd}').map(str::as_bytes).collect();
    parts.join(&0xe9)
}

#[test]
fn each_diagnostic_has_a_span_and_a_lower_case_message() {
    for path in documents() {
        let text = fs::read(path).unwrap();
        lint::lint(&text, true).iter().for_each(|diagnostic| assert_well_formed(diagnostic, &text));
    }
}

fn assert_well_formed(Diagnostic { span, message, help, .. }: &Diagnostic, text: &[u8]) {
    assert!(span.start < span.end || text.is_empty(), "{message}: the span is empty");
    assert!(span.end <= text.len(), "{message}: the span ends after the text");
    for words in help.iter().chain([message]) {
        assert!(!words.ends_with('.') && !words.starts_with(char::is_uppercase), "{words}");
    }
}

#[test]
fn a_long_chain_of_schemas_does_not_overflow_the_stack() {
    let link = |number| {
        format!(
            "    S{number}: {{ allOf: [{{ $ref: '#/components/schemas/S{}' }}] }}\n",
            number + 1
        )
    };
    let chain: String = (0..3000).map(link).collect();
    let last = "    S3000: { type: object, properties: { id: { type: string } } }\n";
    let text = document::complete(&format!("components:\n  schemas:\n{chain}{last}"));
    let found = lint::lint(text.as_bytes(), false);
    let found: Vec<(&str, &str)> = found.iter().map(|it| (it.rule, it.message.as_str())).collect();
    let message = "`S0` is composed in 3000 levels, but the generator supports at most 250";
    assert_eq!(found, [("endless-merge", message)]);
}

const MISSPELLED: &str = "openapi: 3.0.3\ninfo: { titel: Orders, version: 1.0.0 }\npaths: {}\n";

/// Compares a rendered diagnostic with its snapshot. The document's name contains characters that are special in the
/// formats.
fn assert_format(name: &str, render: impl Fn(&Source<'static>, &[Diagnostic]) -> String) {
    let diagnostics = lint::lint(MISSPELLED.as_bytes(), false);
    let rendered = render(&Source::new("100%, or: all.yaml", MISSPELLED.as_bytes()), &diagnostics);
    insta::with_settings!({ omit_expression => true }, { insta::assert_snapshot!(name, rendered) });
}

#[test]
fn diagnostics_as_json() {
    assert_format("as_json", Source::json);
}

#[test]
fn diagnostics_as_a_workflow_annotation() {
    assert_format("as_workflow_annotation", Source::github);
}

#[test]
fn a_line_that_is_too_long() {
    let schema = "{\"type\":\"string\",\"description\":\"Über alles\"}";
    let schemas: Vec<String> = (0..500).map(|index| format!("\"S{index}\":{schema}")).collect();
    let text = format!(
        "{{\"openapi\":\"3.0.3\",\"info\":{{\"title\":\"Orders\",\"version\":\"1\"}},\"paths\":{{}},\
         \"components\":{{\"schemas\":{{{},\"Last\":{{\"nulable\":true}},\"S0\":{{}}}}}}}}\n",
        schemas.join(",")
    );
    let found = lint::lint(text.as_bytes(), false);
    let shown = Source::new("document.json", text.as_bytes()).text(&found, Color::Plain);
    insta::with_settings!({ omit_expression => true }, { insta::assert_snapshot!(shown) });
}

#[test]
fn columns_are_counted_in_characters() {
    let text =
        "openapi: 3.0.3\r\ninfo: { title: Ümläute, version: 1.0.0, titel: '' }\r\npaths: {}\r\n";
    let found = lint::lint(text.as_bytes(), false);
    let json = Source::new("document.yaml", text.as_bytes()).json(&found);
    assert!(json.contains(r#""line":2,"column":41,"end_line":2,"end_column":46"#), "{json}");
}
