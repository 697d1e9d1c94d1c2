//! How readers of YAML resolve plain scalars.
//!
//! YAML 1.1 and 1.2 resolve them by different patterns, and most readers follow neither to the letter. Each
//! table below is one camp of readers; a scalar is ambiguous if two camps disagree.

use std::sync::LazyLock;

use regress::Regex;

use super::{
    Value,
    numerals::{decimal, in_radix, is_plain, sexagesimal},
};

/// What a reader makes of a plain scalar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reading {
    /// Null.
    Null,
    /// A boolean.
    Bool(bool),
    /// A finite number, written so that all readers agree on it.
    Number(String),
    /// Infinite, or not a number.
    Endless,
    /// A date, perhaps with a time.
    Date,
    /// A string.
    Text,
    /// The reader refuses it.
    Refused,
}

impl Reading {
    /// Names it in a message.
    pub fn describe(&self) -> String {
        match self {
            Self::Null => "null".to_owned(),
            Self::Bool(value) => value.to_string(),
            Self::Number(number) => format!("the number {number}"),
            Self::Endless => "infinity".to_owned(),
            Self::Date => "a date".to_owned(),
            Self::Text => "text".to_owned(),
            Self::Refused => "an error".to_owned(),
        }
    }

    /// Returns the scalar that every reader reads so, without quotes.
    pub fn plain(&self) -> Option<String> {
        match self {
            Self::Bool(value) => Some(value.to_string()),
            Self::Number(number) => Some(number.clone()),
            _ => None,
        }
    }
}

/// Returns the different readings of a plain scalar; a single one if all readers agree. The first is the
/// generator's, which is known.
pub(super) fn readings(text: &str, value: Value<'_>) -> Vec<Reading> {
    let mut readings = vec![by_generator(value)];
    if may_be_ambiguous(text) {
        for reading in CAMPS.iter().map(|camp| camp.read(text)) {
            if !readings.contains(&reading) {
                readings.push(reading);
            }
        }
    }
    readings
}

fn by_generator(value: Value<'_>) -> Reading {
    match value {
        Value::Null => Reading::Null,
        Value::Bool(value) => Reading::Bool(value),
        Value::Number(text) => match in_radix(text).or_else(|| decimal(text)) {
            Some(number) => Reading::Number(number),
            None => Reading::Endless,
        },
        _ => Reading::Text,
    }
}

/// Returns false for what fills a document, words and plain numbers, to save the search.
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
    /// With one of the prefixes `0b`, `0o`, `0x`, or `0` for base 8.
    Radix,
    Sexagesimal,
    Endless,
    Date,
    Refused,
}

impl Meaning {
    fn of(self, text: &str) -> Option<Reading> {
        Some(match self {
            Self::Bool(value) => Reading::Bool(value),
            Self::Decimal if is_infinite(text) => Reading::Endless,
            Self::Decimal => Reading::Number(decimal(text)?),
            Self::Radix => Reading::Number(in_radix(text)?),
            Self::Sexagesimal => Reading::Number(sexagesimal(text)?),
            Self::Endless => Reading::Endless,
            Self::Date => Reading::Date,
            Self::Refused => Reading::Refused,
        })
    }
}

/// Returns true if a binary fraction of 64 bits cannot hold a decimal.
fn is_infinite(text: &str) -> bool {
    text.replace('_', "").parse().is_ok_and(f64::is_infinite)
}

/// The patterns by which some readers resolve a scalar; what matches none is text.
struct Camp(Vec<(Regex, Meaning)>);

impl Camp {
    fn new(patterns: &[(&str, Meaning)]) -> Self {
        let compiled = patterns.iter().map(|(pattern, meaning)| {
            let regex =
                Regex::new(&format!("^(?:{pattern})$")).expect("the tables' patterns are valid");
            (regex, *meaning)
        });
        Self(compiled.collect())
    }

    fn read(&self, text: &str) -> Reading {
        let mut meanings = self.0.iter().filter(|(pattern, _)| pattern.find(text).is_some());
        meanings.find_map(|(_, meaning)| meaning.of(text)).unwrap_or(Reading::Text)
    }
}

static CAMPS: LazyLock<[Camp; 3]> =
    LazyLock::new(|| [Camp::new(YAML_1_1), Camp::new(CORE_SCHEMA), Camp::new(LENIENT)]);

/// PyYAML and SnakeYAML. Source: <https://yaml.org/type/>, and PyYAML's resolver.
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
    (r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)", Meaning::Endless),
    (r"[0-9]{4}-[0-9]{2}-[0-9]{2}", Meaning::Date),
    (
        r"[0-9]{4}-[0-9][0-9]?-[0-9][0-9]?(?:[Tt]|[ \t]+)[0-9][0-9]?:[0-9]{2}:[0-9]{2}(?:\.[0-9]*)?(?:[ \t]*(?:Z|[-+][0-9][0-9]?(?::[0-9]{2})?))?",
        Meaning::Date,
    ),
    ("=|<<", Meaning::Refused),
];

/// The core schema of YAML 1.2, and ruamel.yaml. Source: <https://yaml.org/spec/1.2.2/#103-core-schema>.
const CORE_SCHEMA: &[(&str, Meaning)] = &[
    ("[-+]?[0-9]+", Meaning::Decimal),
    ("0o[0-7]+|0x[0-9a-fA-F]+", Meaning::Radix),
    (r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?", Meaning::Decimal),
    (r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)", Meaning::Endless),
];

/// Readers that take more than any version of YAML: go-yaml, js-yaml, Ruby's Psych, and those that follow
/// YAML 1.1 to the letter, in which `y` is true.
const LENIENT: &[(&str, Meaning)] = &[
    ("y|Y", Meaning::Bool(true)),
    ("n|N", Meaning::Bool(false)),
    ("[-+]?0[bB][01_]+|[-+]?0[oO][0-7_]+|[-+]?0[xX][0-9a-fA-F_]+", Meaning::Radix),
    (r"[-+]?(?:\.[0-9_]+|[0-9][0-9_]*(?:\.[0-9_]*)?)(?:[eE][-+]?[0-9]+)?", Meaning::Decimal),
    (r"[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?", Meaning::Sexagesimal),
    (r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)", Meaning::Endless),
    (r"[0-9]{4}-(?:0?[1-9]|1[0-2])-(?:0?[1-9]|[12][0-9]|3[01])", Meaning::Date),
];
