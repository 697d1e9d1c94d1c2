//! The basis of a statement: the kind of evidence that it rests on.

use document::Node;

/// A kind of evidence, from the strongest to the weakest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// The vendor's page states it.
    Page,
    /// A sample that the vendor printed shows it.
    Sample,
    /// The source code of the vendor's SDKs shows it.
    Sdk,
    /// It was inferred from other statements.
    Inferred,
}

impl Kind {
    /// All kinds, from the strongest to the weakest.
    pub(crate) const ALL: [Self; 4] = [Self::Page, Self::Sample, Self::Sdk, Self::Inferred];

    /// Returns the kind for a word in the document or the errata.
    fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// Returns the word for the kind in the document and the errata.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Sample => "sample",
            Self::Sdk => "sdk",
            Self::Inferred => "inferred",
        }
    }

    /// Returns the name that a reader sees.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Sample => "sample",
            Self::Sdk => "SDK",
            Self::Inferred => "inference",
        }
    }

    /// Returns a noun phrase for a sentence about the evidence.
    pub(crate) fn description(self) -> &'static str {
        match self {
            Self::Page => "the page",
            Self::Sample => "a documented sample",
            Self::Sdk => "the source of the vendor's SDKs",
            Self::Inferred => "inference",
        }
    }
}

/// The basis of a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Basis<'t> {
    /// The kind of evidence.
    pub(crate) kind: Kind,
    /// The sample, the class or the reasoning.
    pub(crate) note: Option<&'t str>,
}

impl<'t> Basis<'t> {
    /// The basis of a statement that does not state one.
    pub(crate) const PAGE: Self = Self { kind: Kind::Page, note: None };

    /// Returns the basis that a node of the document states.
    pub(crate) fn named_by(node: Node<'t>) -> Option<Self> {
        let kind = node.get_str("x-evidence").and_then(Kind::of)?;
        Some(Self { kind, note: node.get_str("x-evidence-note") })
    }

    /// Returns the basis of a node that does not inherit one from another statement.
    pub(crate) fn of(node: Node<'t>) -> Self {
        Self::named_by(node).unwrap_or(Self::PAGE)
    }

    /// Splits the evidence of an erratum, such as `sdk: the class Overage`.
    pub(crate) fn of_erratum(evidence: &'t str) -> Self {
        let known =
            evidence.split_once(':').and_then(|(word, source)| Some((Kind::of(word)?, source)));
        let (kind, source) = known.unwrap_or((Kind::Inferred, evidence));
        Self { kind, note: Some(source.trim()) }
    }
}
