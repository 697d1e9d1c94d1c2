//! Do edits to different parts of the document merge without conflicts in the generated files?

use std::{fs, path::PathBuf, process::Command};

use codegen::Support;
use evidence::documented::{Erratum, Evidence};
use serde_yaml::{Mapping, Value};

use crate::folder;
use support::document;

/// The generated files, each with its name.
type Files = Vec<(&'static str, String)>;

/// Generates the files that depend only on the document.
fn files(document: &Value) -> Files {
    let text = serde_yaml::to_string(document).unwrap();
    let generated = codegen::generate("document.yaml", &text).unwrap();
    let Support { mock, examples, recorder, table } = generated.support.unwrap();
    let tree = ::document::read(text.as_bytes()).unwrap();
    let readme = format!("{}\n{}\n", reference::BEGIN, reference::END);
    let readme = reference::readme(&readme, &::document::Document::new(&tree)).unwrap();
    vec![
        ("types.rs", generated.types),
        ("operations.rs", generated.operations),
        ("mock.rs", mock),
        ("examples.rs", examples),
        ("recorder.rs", recorder),
        ("table.rs", table),
        ("README.md", readme),
    ]
}

/// Merges the edits of two branches as git does. `None` means that there is a conflict.
fn merged(base: &str, ours: &str, theirs: &str) -> Option<String> {
    let thread = format!("{:?}", std::thread::current().id());
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("merges").join(thread);
    fs::create_dir_all(&folder).unwrap();
    let versions = [("ours", ours), ("base", base), ("theirs", theirs)];
    let paths = versions.map(|(name, text)| {
        let path = folder.join(name);
        fs::write(&path, text).unwrap();
        path
    });
    let output = Command::new("git").args(["merge-file", "--stdout"]).args(paths).output().unwrap();
    output.status.success().then(|| String::from_utf8(output.stdout).unwrap())
}

/// Asserts that the edits of two branches merge, and that the merged files are those generated from the merged document,
/// however the edits are distributed between the branches.
///
/// `generate` returns the files after the edits whose index it selects.
fn assert_merges(edits: usize, generate: impl Fn(&dyn Fn(usize) -> bool) -> Files) {
    assert!(edits > 1);
    let (base, all) = (generate(&|_| false), generate(&|_| true));
    // Any two indices differ in at least one bit, so any two edits are once on different branches.
    for bit in 0..usize::BITS - (edits - 1).leading_zeros() {
        let is_ours = |index: usize| index >> bit & 1 == 1;
        let (ours, theirs) = (generate(&is_ours), generate(&|index| !is_ours(index)));
        let versions = base.iter().zip(ours).zip(theirs).zip(&all);
        for ((((name, base), (_, ours)), (_, theirs)), (_, all)) in versions {
            let merged = merged(base, &ours, &theirs);
            let merged = merged.unwrap_or_else(|| panic!("bit {bit}: a conflict in {name}"));
            assert!(merged == *all, "bit {bit}: the merged {name} is stale");
        }
    }
}

fn fixed() -> Value {
    serde_yaml::from_str(&document::FIXED).unwrap()
}

/// Adds a member to a model, before or after all others. Its name occurs only once, because a write is confirmed by the
/// members that its response and its request share.
fn add_member(document: &mut Value, model: &str, is_first: bool) {
    let member =
        "{description: Added., type: string, x-evidence: inferred, x-evidence-note: A guess.}";
    let member = (format!("addedTo{model}").into(), serde_yaml::from_str(member).unwrap());
    let properties = &mut document["components"]["schemas"][model]["properties"];
    let found = properties.as_mapping().unwrap().clone();
    let members: Mapping = match is_first {
        true => [member].into_iter().chain(found).collect(),
        false => found.into_iter().chain([member]).collect(),
    };
    *properties = Value::Mapping(members);
}

/// Returns the names of the models of a document.
fn models(document: &Value) -> Vec<String> {
    let schemas = document["components"]["schemas"].as_mapping().unwrap();
    let models = schemas.iter().filter(|(_, schema)| schema.get("properties").is_some());
    models.map(|(name, _)| name.as_str().unwrap().to_owned()).collect()
}

/// Asserts that members can be added to all models, at the end of one and at the start of the next.
fn assert_members_merge(is_first: impl Fn(usize) -> bool) {
    let document = fixed();
    let models = models(&document);
    assert_merges(models.len(), |is_edited| {
        let mut edited = document.clone();
        let models = models.iter().enumerate().filter(|(index, _)| is_edited(*index));
        models.for_each(|(index, model)| add_member(&mut edited, model, is_first(index)));
        files(&edited)
    });
}

#[test]
fn members_of_different_models() {
    assert_members_merge(|index| index % 2 == 0);
}

#[test]
fn members_of_different_models_the_other_way_round() {
    assert_members_merge(|index| index % 2 == 1);
}

#[test]
fn values_of_different_extensible_enums() {
    let mut document = fixed();
    let models = models(&document);
    for model in &models {
        add_member(&mut document, model, true);
    }
    let list = |document: &mut Value, model: &str, values: &[&str]| {
        let properties = &mut document["components"]["schemas"][model]["properties"];
        properties[format!("addedTo{model}")]["x-extensible-enum"] = values.to_vec().into();
    };
    assert_merges(models.len(), |is_edited| {
        let mut edited = document.clone();
        for (index, model) in models.iter().enumerate() {
            // The values are added at the end of one list and at the start of the next.
            let values: &[&str] = match (is_edited(index), index % 2) {
                (false, _) => &["Known"],
                (true, 0) => &["Known", "Added"],
                (true, _) => &["Added", "Known"],
            };
            list(&mut edited, model, values);
        }
        files(&edited)
    });
}

/// Calls a function with each text of the document that becomes documentation.
fn for_each_text(value: &mut Value, change: &mut impl FnMut(&mut String)) {
    const TEXTS: [&str; 3] = ["summary", "description", "x-evidence-note"];
    match value {
        Value::Mapping(members) => {
            for (key, value) in members {
                match (key.as_str().unwrap_or_default(), value) {
                    ("example" | "examples" | "externalDocs", _) => {}
                    (key, Value::String(text)) if TEXTS.contains(&key) => change(text),
                    (_, value) => for_each_text(value, change),
                }
            }
        }
        Value::Sequence(items) => items.iter_mut().for_each(|item| for_each_text(item, change)),
        _ => {}
    }
}

#[test]
fn descriptions_and_summaries() {
    let mut document = fixed();
    let mut count = 0;
    for_each_text(&mut document, &mut |_| count += 1);
    assert_merges(count, |is_edited| {
        let (mut edited, mut index) = (document.clone(), 0);
        for_each_text(&mut edited, &mut |text| {
            if is_edited(index) {
                text.insert_str(0, "Edited: ");
            }
            index += 1;
        });
        files(&edited)
    });
}

/// Adds a fault code to the description of a shared response.
fn explain(document: &mut Value, response: &str, code: usize) {
    let description = &mut document["components"]["responses"][response]["description"];
    *description = format!("{} Code `{code}` (any).", description.as_str().unwrap()).into();
}

#[test]
fn fault_codes_of_different_responses() {
    let mut document = fixed();
    let responses = document["components"]["responses"].as_mapping().unwrap().keys();
    let responses: Vec<String> = responses.map(|it| it.as_str().unwrap().to_owned()).collect();
    for (code, response) in responses.iter().enumerate() {
        explain(&mut document, response, code);
    }
    assert_merges(responses.len(), |is_edited| {
        let mut edited = document.clone();
        for (index, response) in responses.iter().enumerate().filter(|it| is_edited(it.0)) {
            // In a list that is ordered by number, the added codes would be neighbors.
            explain(&mut edited, response, 10_000 + index);
        }
        files(&edited)
    });
}

/// Adds an erratum for the first message of a page.
fn add_erratum(evidence: &mut Evidence, page: &str, is_first: bool) {
    let message = evidence.messages.iter().find(|message| message.page == page).unwrap();
    let erratum = Erratum {
        id: "added".to_owned(),
        message: message.file.clone(),
        found: "HTTP/1.1".to_owned(),
        repair: "HTTP/2".to_owned(),
        reason: "It is newer.".to_owned(),
        evidence: "inferred: a guess".to_owned(),
        page: page.to_owned(),
        is_left_out: false,
    };
    let position = if is_first { 0 } else { evidence.errata.len() };
    evidence.errata.insert(position, erratum);
}

/// Asserts that errata can be added on all pages, after those of one page and before those of the next.
fn assert_errata_merge(is_first: impl Fn(usize) -> bool) {
    let evidence = folder::evidence("tests/documents/fixed");
    let mut pages: Vec<&str> = evidence.messages.iter().map(|it| it.page.as_str()).collect();
    pages.dedup();
    assert_merges(pages.len(), |is_edited| {
        let mut edited = evidence.clone();
        let pages = pages.iter().enumerate().filter(|(index, _)| is_edited(*index));
        pages.for_each(|(index, page)| add_erratum(&mut edited, page, is_first(index)));
        vec![("ERRATA.md", reference::errata(&edited))]
    });
}

#[test]
fn errata_on_different_pages() {
    assert_errata_merge(|index| index % 2 == 0);
}

#[test]
fn errata_on_different_pages_the_other_way_round() {
    assert_errata_merge(|index| index % 2 == 1);
}
