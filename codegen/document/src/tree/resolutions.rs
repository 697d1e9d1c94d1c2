//! The types that YAML parsers resolve a plain scalar to.
//!
//! YAML 1.1 and 1.2 resolve plain scalars with different patterns, and most parsers deviate from both. Each table below
//! describes a family of parsers. A scalar is ambiguous if two families disagree.

use std::sync::LazyLock;

use regress::Regex;

use super::{
    numerals::{decimal, in_radix, is_plain, sexagesimal},
    value::Value,
};

/// The type and value that a parser resolves a plain scalar to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Resolution {
    Null,
    Bool(bool),
    /// A finite number, as a decimal that all parsers read the same way.
    Number(String),
    /// Infinity, or not a number.
    NonFinite,
    Date,
    Text,
    Rejected,
}

impl Resolution {
    /// Describes the resolution in a message.
    pub fn describe(&self) -> String {
        match self {
            Self::Null => "null".to_owned(),
            Self::Bool(value) => value.to_string(),
            Self::Number(number) => format!("the number {number}"),
            Self::NonFinite => "infinity".to_owned(),
            Self::Date => "a date".to_owned(),
            Self::Text => "text".to_owned(),
            Self::Rejected => "an error".to_owned(),
        }
    }

    /// Returns the plain scalar that every parser resolves to this value.
    pub fn plain(&self) -> Option<String> {
        match self {
            Self::Bool(value) => Some(value.to_string()),
            Self::Number(number) => Some(number.clone()),
            _ => None,
        }
    }
}

/// Returns the distinct resolutions of a plain scalar, beginning with the generator's parser.
pub(super) fn resolutions(text: &str, value: Value<'_>) -> Vec<Resolution> {
    let mut resolutions = vec![by_generator(value)];
    if may_be_ambiguous(text) {
        for resolution in FAMILIES.iter().map(|family| family.resolve(text)) {
            if !resolutions.contains(&resolution) {
                resolutions.push(resolution);
            }
        }
    }
    resolutions
}

fn by_generator(value: Value<'_>) -> Resolution {
    match value {
        Value::Null => Resolution::Null,
        Value::Bool(value) => Resolution::Bool(value),
        Value::Number(text) => match in_radix(text).or_else(|| decimal(text)) {
            Some(number) => Resolution::Number(number),
            None => Resolution::NonFinite,
        },
        _ => Resolution::Text,
    }
}

/// Returns false for most words and numbers, to avoid matching the patterns, which is slow.
pub(super) fn may_be_ambiguous(text: &str) -> bool {
    const LONGEST: usize = 64;
    const LONGEST_WORD: usize = 3;
    let Some(first) = text.bytes().next() else { return false };
    match first {
        b'0'..=b'9' | b'-' | b'+' | b'.' => text.len() <= LONGEST && !is_plain(text),
        b'=' | b'<' | b'y' | b'Y' | b'n' | b'N' | b'o' | b'O' => text.len() <= LONGEST_WORD,
        _ => false,
    }
}

#[derive(Clone, Copy)]
enum Meaning {
    Bool(bool),
    Decimal,
    /// An integer with one of the prefixes `0b`, `0o`, `0x`, or `0` for base 8.
    Radix,
    Sexagesimal,
    NonFinite,
    Date,
    Rejected,
}

impl Meaning {
    fn of(self, text: &str) -> Option<Resolution> {
        Some(match self {
            Self::Bool(value) => Resolution::Bool(value),
            Self::Decimal if is_infinite(text) => Resolution::NonFinite,
            Self::Decimal => Resolution::Number(decimal(text)?),
            Self::Radix => Resolution::Number(in_radix(text)?),
            Self::Sexagesimal => Resolution::Number(sexagesimal(text)?),
            Self::NonFinite => Resolution::NonFinite,
            Self::Date => Resolution::Date,
            Self::Rejected => Resolution::Rejected,
        })
    }
}

/// Returns true if a decimal overflows a 64-bit float.
fn is_infinite(text: &str) -> bool {
    text.replace('_', "").parse().is_ok_and(f64::is_infinite)
}

/// The patterns of a family of parsers. A scalar that matches none of them is text.
struct Family(Vec<(Regex, Meaning)>);

impl Family {
    fn new(patterns: &[(&str, Meaning)]) -> Self {
        let compiled = patterns.iter().map(|(pattern, meaning)| {
            let regex =
                Regex::new(&format!("^(?:{pattern})$")).expect("the tables' patterns are valid");
            (regex, *meaning)
        });
        Self(compiled.collect())
    }

    fn resolve(&self, text: &str) -> Resolution {
        let mut meanings = self.0.iter().filter(|(pattern, _)| pattern.find(text).is_some());
        meanings.find_map(|(_, meaning)| meaning.of(text)).unwrap_or(Resolution::Text)
    }
}

static FAMILIES: LazyLock<[Family; 3]> =
    LazyLock::new(|| [Family::new(YAML_1_1), Family::new(CORE_SCHEMA), Family::new(LENIENT)]);

/// The patterns of YAML 1.1, as in PyYAML and SnakeYAML. Sources: <https://yaml.org/type/> and PyYAML's resolver.
const YAML_1_1: &[(&str, Meaning)] = &[
    ("yes|Yes|YES|on|On|ON|true|True|TRUE", Meaning::Bool(true)),
    ("no|No|NO|off|Off|OFF|false|False|FALSE", Meaning::Bool(false)),
    ("[-+]?0b[01_]+", Meaning::Radix),
    ("[-+]?0[0-7_]+", Meaning::Radix),
    ("[-+]?0x[0-9a-fA-F_]+", Meaning::Radix),
    ("[-+]?(?:0|[1-9][0-9_]*)", Meaning::Decimal),
    (r"[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?", Meaning::Decimal),
    (r"\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?", Meaning::Decimal),
    ("[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+", Meaning::Sexagesimal),
    (r"[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*", Meaning::Sexagesimal),
    (r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)", Meaning::NonFinite),
    (r"[0-9]{4}-[0-9]{2}-[0-9]{2}", Meaning::Date),
    (
        r"[0-9]{4}-[0-9][0-9]?-[0-9][0-9]?(?:[Tt]|[ \t]+)[0-9][0-9]?:[0-9]{2}:[0-9]{2}(?:\.[0-9]*)?(?:[ \t]*(?:Z|[-+][0-9][0-9]?(?::[0-9]{2})?))?",
        Meaning::Date,
    ),
    ("=|<<", Meaning::Rejected),
];

/// The patterns of YAML 1.2's core schema, as in ruamel.yaml. Source:
/// <https://yaml.org/spec/1.2.2/#103-core-schema>.
const CORE_SCHEMA: &[(&str, Meaning)] = &[
    ("[-+]?[0-9]+", Meaning::Decimal),
    ("0o[0-7]+|0x[0-9a-fA-F]+", Meaning::Radix),
    (r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?", Meaning::Decimal),
    (r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)", Meaning::NonFinite),
];

/// The patterns of parsers that accept more than either version: go-yaml, js-yaml, Ruby's Psych, and parsers that
/// follow YAML 1.1 strictly, in which `y` is true.
const LENIENT: &[(&str, Meaning)] = &[
    ("y|Y", Meaning::Bool(true)),
    ("n|N", Meaning::Bool(false)),
    ("[-+]?0[bB][01_]+|[-+]?0[oO][0-7_]+|[-+]?0[xX][0-9a-fA-F_]+", Meaning::Radix),
    (r"[-+]?(?:\.[0-9_]+|[0-9][0-9_]*(?:\.[0-9_]*)?)(?:[eE][-+]?[0-9]+)?", Meaning::Decimal),
    (r"[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?", Meaning::Sexagesimal),
    (r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)", Meaning::NonFinite),
    (r"[0-9]{4}-(?:0?[1-9]|1[0-2])-(?:0?[1-9]|[12][0-9]|3[01])", Meaning::Date),
];
