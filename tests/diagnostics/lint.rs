//! What does a maintainer read when the document has a mistake, and is it true?

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

/// The folder of a document of the corpus, which has the name of the rule that it breaks.
fn folder(path: &Path) -> String {
    path.parent().unwrap().file_name().unwrap().to_string_lossy().into_owned()
}

/// Every document of the corpus.
fn corpus() -> impl Iterator<Item = PathBuf> {
    let files = |folder: &Path| fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    let folders = files(&document::path("tests/documents/lint"));
    let is_document =
        |path: &PathBuf| path.extension().is_some_and(|it| it == "yaml" || it == "json");
    folders.flat_map(move |folder| files(&folder)).filter(is_document)
}

fn is_house_rule(id: &str) -> bool {
    let house = lint::groups().find(|group| group.title == "House rules").unwrap();
    house.rules.iter().any(|rule| rule.id == id)
}

#[test]
fn each_invalid_document() {
    insta::glob!("../documents/lint", "*/*.{yaml,json}", |path| {
        let (rule, text) = (folder(path), fs::read(path).unwrap());
        // What no rule foresees is for `generator.rs`.
        if matches!(rule.as_str(), "valid" | "generator-failure") {
            return;
        }
        let diagnostics = lint::lint(&text, is_house_rule(&rule));
        assert_breaks(&rule, path, &text, &diagnostics);
    });
}

#[test]
fn each_invalid_file_of_allowances() {
    insta::glob!("../documents/lint", "*/*.toml", |path| {
        let text = fs::read_to_string(path).unwrap();
        assert_breaks(&folder(path), path, text.as_bytes(), &judged(&text));
    });
}

/// What is wrong with allowances for a document with an alias.
fn judged(allowances: &str) -> Vec<Diagnostic> {
    let alias = xtask::registry().rule("alias").unwrap();
    let mut diagnostics = lint::lint(lint::complete(alias.wrong).as_bytes(), false);
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
        let found = archive.judged();
        let rules: BTreeSet<&str> = found.iter().map(|(_, found)| found.rule).collect();
        assert_eq!(rules, BTreeSet::from([rule.as_str()]), "{}: {found:?}", path.display());
        assert_shown_as(&found.iter().map(|found| archive.show(found)).collect::<String>());
    });
}

#[test]
fn valid_evidence() {
    insta::glob!("../documents/lint", "valid/*.txtar", |path| {
        let archive = Archive::with(&fs::read_to_string(path).unwrap());
        assert_eq!(archive.judged(), [], "{}", path.display());
    });
}

#[test]
fn evidence_for_a_document_with_a_byte_order_mark() {
    let mut archive = Archive::with("");
    archive.0.get_mut("document.yaml").unwrap().insert(0, '\u{feff}');
    assert_eq!(archive.judged(), []);
}

/// A document and the evidence for it, by their paths below `spec`.
struct Archive(BTreeMap<String, String>);

impl Archive {
    /// A sound archive in which some files are replaced; each begins with `-- path --`.
    fn with(changes: &str) -> Self {
        let sound = document::read("tests/documents/lint/valid/evidence.txtar");
        let mut files = BTreeMap::new();
        for text in [sound.as_str(), changes] {
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

    fn judged(&self) -> Vec<(File, Diagnostic)> {
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

    fn show(&self, (file, diagnostic): &(File, Diagnostic)) -> String {
        let name = file.path().unwrap_or_else(|| "document.yaml".to_owned());
        let text = self.0[&name].as_bytes();
        let document = Source::new("document.yaml", self.0["document.yaml"].as_bytes());
        Source::new(&name, text)
            .with_document(Some(&document))
            .text(std::slice::from_ref(diagnostic), Color::Plain)
    }
}

/// The rules that a document of the corpus cannot help breaking besides, as its first line says.
fn also_broken(text: &[u8]) -> BTreeSet<&str> {
    let first = text.split(|byte| *byte == b'\n').next().and_then(|line| str::from_utf8(line).ok());
    let rules = first.and_then(|line| line.strip_prefix("# Also: "));
    rules.into_iter().flat_map(|rules| rules.split(", ")).collect()
}

/// Holds that only the one rule is broken, and shows how that is told.
fn assert_breaks(rule: &str, path: &Path, text: &[u8], diagnostics: &[Diagnostic]) {
    let broken = also_broken(text).into_iter().chain([rule]).collect();
    assert_eq!(ids(diagnostics), broken, "{}", path.display());
    let name = path.file_name().unwrap().to_string_lossy();
    assert_shown_as(&Source::new(&name, text).text(diagnostics, Color::Plain));
}

/// Holds that what a maintainer reads is what was reviewed.
fn assert_shown_as(rendered: &str) {
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
fn each_valid_document() {
    for path in corpus().filter(|path| folder(path) == "valid") {
        let text = fs::read(&path).unwrap();
        assert_eq!(ids(&lint::lint(&text, false)), also_broken(&text), "{}", path.display());
    }
}

#[test]
fn each_valid_document_of_the_house() {
    let is_of_the_house = |path: &PathBuf| {
        folder(path) == "valid" && path.file_name().unwrap().to_string_lossy().starts_with("house")
    };
    for path in corpus().filter(is_of_the_house) {
        let found = lint::lint(&fs::read(&path).unwrap(), true);
        assert_eq!(found, [], "{}", path.display());
    }
}

#[test]
fn each_header_that_the_client_sets_needs_its_mark() {
    let mark = "      x-client-managed: true\n";
    for (at, _) in document::TEXT.match_indices(mark) {
        let unmarked = document::TEXT[..at].to_owned() + &document::TEXT[at + mark.len()..];
        let found = lint::lint(unmarked.as_bytes(), true);
        assert_eq!(ids(&found), BTreeSet::from(["unmanaged-header"]), "{found:?}");
    }
}

#[test]
fn our_own_document() {
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
fn each_folder_of_invalid_documents_has_its_rule() {
    for folder in fs::read_dir(document::path("tests/documents/lint")).unwrap() {
        let name = folder.unwrap().file_name().into_string().unwrap();
        assert!(
            name == "valid" || xtask::registry().rule(&name).is_some(),
            "no rule is called `{name}`"
        );
    }
}

#[test]
fn each_rule_has_an_id_of_its_own_in_kebab_case() {
    let mut ids = BTreeSet::new();
    for rule in rules() {
        assert!(ids.insert(rule.id), "two rules are called `{}`", rule.id);
        let is_kebab = |letter: char| letter.is_ascii_lowercase() || "-0123456789".contains(letter);
        assert!(rule.id.chars().all(is_kebab), "{}", rule.id);
    }
}

#[test]
fn each_wrong_example_breaks_its_rule_only_and_each_right_one_none() {
    for rule in rules() {
        assert_eq!(broken_by(rule, rule.wrong), BTreeSet::from([rule.id]), "{}: wrong", rule.id);
        assert_eq!(broken_by(rule, rule.right), BTreeSet::new(), "{}: right", rule.id);
        let others = lint::lint(&document_of(rule.right), false);
        assert!(!is_document(rule.right) || others.is_empty(), "{}: {others:?}", rule.id);
    }
}

/// Whether an example is one of a document, and neither of allowances nor of evidence.
fn is_document(example: &str) -> bool {
    !example.starts_with("[[allowance]]") && !example.starts_with("-- ")
}

/// Returns the rules that an example breaks, without other rules of this project: they ask for more than an
/// example shows.
fn broken_by(rule: &Rule, example: &str) -> BTreeSet<&'static str> {
    if example.starts_with("[[allowance]]") {
        ids(&judged(example))
    } else if example.starts_with("-- ") {
        Archive::with(example).judged().iter().map(|(_, found)| found.rule).collect()
    } else if rule.id == "generator-failure" {
        ids(&refusals(&document_of(example)))
    } else {
        let mut broken = ids(&lint::lint(&document_of(example), true));
        broken.retain(|id| *id == rule.id || !is_house_rule(id));
        broken
    }
}

/// What the generator says of a document.
fn refusals(document: &[u8]) -> Vec<Diagnostic> {
    let text = str::from_utf8(document).ok();
    text.and_then(|text| codegen::generate("document.yaml", text).err()).unwrap_or_default()
}

/// The bytes of an example; the sign for what is no text stands for a byte that is none.
fn document_of(example: &str) -> Vec<u8> {
    let text = lint::complete(example);
    let parts: Vec<&[u8]> = text.split('\u{fffd}').map(str::as_bytes).collect();
    parts.join(&0xe9)
}

#[test]
fn each_diagnostic_has_its_place_and_the_words_of_the_house() {
    for path in corpus() {
        let text = fs::read(path).unwrap();
        lint::lint(&text, true).iter().for_each(|diagnostic| assert_kept(diagnostic, &text));
    }
}

fn assert_kept(Diagnostic { span, message, help, .. }: &Diagnostic, text: &[u8]) {
    assert!(span.start < span.end || text.is_empty(), "{message}: empty");
    assert!(span.end <= text.len(), "{message}: outside of the text");
    for words in help.iter().chain([message]) {
        assert!(!words.ends_with('.') && !words.starts_with(char::is_uppercase), "{words}");
    }
}

#[test]
fn a_long_chain_of_schemas_ends_neither_the_stack_nor_the_patience() {
    let link = |number| {
        format!(
            "    S{number}: {{ allOf: [{{ $ref: '#/components/schemas/S{}' }}] }}\n",
            number + 1
        )
    };
    let chain: String = (0..3000).map(link).collect();
    let last = "    S3000: { type: object, properties: { id: { type: string } } }\n";
    let text = lint::complete(&format!("components:\n  schemas:\n{chain}{last}"));
    let found = lint::lint(text.as_bytes(), false);
    let found: Vec<(&str, &str)> = found.iter().map(|it| (it.rule, it.message.as_str())).collect();
    let message = "`S0` is composed in 3000 steps, and the generator follows 250";
    assert_eq!(found, [("endless-merge", message)]);
}

const MISSPELT: &str = "openapi: 3.0.3\ninfo: { titel: Orders, version: 1.0.0 }\npaths: {}\n";

/// Shows a problem of a document whose name no format may take for its own syntax.
fn assert_shown(name: &str, render: impl Fn(&Source<'static>, &[Diagnostic]) -> String) {
    let diagnostics = lint::lint(MISSPELT.as_bytes(), false);
    let shown = render(&Source::new("100%, or: all.yaml", MISSPELT.as_bytes()), &diagnostics);
    insta::with_settings!({ omit_expression => true }, { insta::assert_snapshot!(name, shown) });
}

#[test]
fn as_json() {
    assert_shown("as_json", Source::json);
}

#[test]
fn as_annotation_of_a_workflow() {
    assert_shown("as_annotation_of_a_workflow", Source::github);
}

#[test]
fn a_line_that_is_too_long_to_show() {
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
fn places_are_counted_in_characters() {
    let text =
        "openapi: 3.0.3\r\ninfo: { title: Ümläute, version: 1.0.0, titel: '' }\r\npaths: {}\r\n";
    let found = lint::lint(text.as_bytes(), false);
    let json = Source::new("document.yaml", text.as_bytes()).json(&found);
    assert!(json.contains(r#""line":2,"column":41,"end_line":2,"end_column":46"#), "{json}");
}
