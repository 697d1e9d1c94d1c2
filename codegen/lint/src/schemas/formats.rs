//! Formats that do not fit their type, or look like the misspelling of another.

use document::{Finding, Node, Rule, Severity, words::listed};

use super::with_article;

pub(super) static UNFITTING_FORMAT: Rule = Rule {
    id: "unfitting-format",
    severity: Severity::Warning,
    summary: "a `format` fits the type beside it",
    why: "A format refines one type and has no effect on another.",
    wrong: "\
components:
  schemas:
    Placed: { type: integer, format: date-time }
",
    right: "\
components:
  schemas:
    Placed: { type: string, format: date-time }
",
};

pub(super) static MISSPELT_FORMAT: Rule = Rule {
    id: "misspelt-format",
    severity: Severity::Warning,
    summary: "the names of formats that everybody knows are spelt as everybody spells them",
    why: "Any word may be a format, so that a misspelt one is skipped in silence: a `guid` is any text. A \
          format of your own may have any name that does not look like a known one.",
    wrong: "\
components:
  schemas:
    Placed: { type: string, format: date_time }
",
    right: "\
components:
  schemas:
    Placed: { type: string, format: date-time }
",
};

const TEXT: &[&str] = &["string"];

/// The formats of OpenAPI 3.0 and JSON Schema, each with the types that it refines. That `int64` refines
/// strings too is how Google writes the integers that JavaScript cannot hold.
const FORMATS: &[(&str, &[&str])] = &[
    ("int32", &["integer", "number"]),
    ("int64", &["integer", "number", "string"]),
    ("float", &["number"]),
    ("double", &["number"]),
    ("decimal", &["number", "string"]),
    ("byte", TEXT),
    ("binary", TEXT),
    ("date", TEXT),
    ("date-time", TEXT),
    ("password", TEXT),
    ("email", TEXT),
    ("hostname", TEXT),
    ("ipv4", TEXT),
    ("ipv6", TEXT),
    ("uri", TEXT),
    ("uuid", TEXT),
];

/// What other languages and tools call a format.
const SYNONYMS: &[(&str, &str)] = &[("guid", "uuid"), ("base64", "byte")];

/// Formats that are no misspellings, though they resemble others; from the registry of formats.
const OTHERS: &[&str] = &[
    "int4",
    "int8",
    "int16",
    "int24",
    "int31",
    "int63",
    "uint8",
    "uint16",
    "uint32",
    "uint64",
    "sint32",
    "sint64",
    "float16",
    "float32",
    "float64",
    "double-int",
    "time",
    "iri",
    "url",
    "bytes",
    "idn-email",
    "idn-hostname",
];

pub(super) fn unsound(schema: Node<'_>) -> Option<Finding<'_>> {
    let format = schema.get("format")?;
    let name = format.as_str()?;
    match FORMATS.iter().find(|(known, _)| *known == name) {
        Some((_, types)) => unfitting(schema, format, types),
        None => misspelt(format, name),
    }
}

fn unfitting<'t>(schema: Node<'t>, format: Node<'t>, types: &[&str]) -> Option<Finding<'t>> {
    let (node, name) = (schema.get("type")?, format.as_str()?);
    let kind = node.as_str().filter(|kind| !types.contains(kind))?;
    let article = with_article(kind)?;
    let finding =
        UNFITTING_FORMAT.at(format, format!("the format `{name}` has no effect on {article}"));
    Some(
        finding
            .related(node, "the type")
            .help(format!("remove it, or write {} as the type", listed(types))),
    )
}

fn misspelt<'t>(format: Node<'t>, name: &str) -> Option<Finding<'t>> {
    let finding = |meant: &str| {
        let message = format!("`{name}` is no known format");
        MISSPELT_FORMAT.at(format, message).help(format!("write `{meant}`"))
    };
    let folded = folded(name);
    if let Some((_, meant)) = SYNONYMS.iter().find(|(synonym, _)| *synonym == folded) {
        return Some(finding(meant));
    }
    if OTHERS.iter().any(|other| self::folded(other) == folded) {
        return None;
    }
    let known = FORMATS.iter().map(|(known, _)| *known);
    known.into_iter().find(|known| is_near(&folded, &self::folded(known))).map(finding)
}

/// Whether one letter or digit is wrong at most.
fn is_near(word: &str, known: &str) -> bool {
    const SHORT: usize = 5;
    let has_digits = |word: &str| word.bytes().any(|byte| byte.is_ascii_digit());
    word == known
        || (known.len() >= SHORT
            && has_digits(word) == has_digits(known)
            && strsim::damerau_levenshtein(word, known) == 1)
}

/// Without case and separators, which are mistaken most often.
fn folded(word: &str) -> String {
    word.chars().filter(char::is_ascii_alphanumeric).flat_map(char::to_lowercase).collect()
}
