//! Rules: the kinds of changes, and the effect of each on callers.

use serde::Serialize;

/// The severity of a change, from the lowest to the highest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Only the documentation changes.
    Documentation,
    /// Callers that worked still work.
    Compatible,
    /// A caller that worked, or a program that compiled, may no longer do so.
    Breaking,
}

impl Severity {
    /// Returns the name of the severity.
    pub fn name(self) -> &'static str {
        match self {
            Self::Documentation => "documentation",
            Self::Compatible => "compatible",
            Self::Breaking => "breaking",
        }
    }
}

/// The area of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Area {
    /// The requests and responses.
    Wire,
    /// The public items of the client.
    Rust,
    /// The evidence for the statements of the document.
    Evidence,
}

impl Area {
    /// All areas, in the order of the report.
    pub const ALL: [Self; 3] = [Self::Wire, Self::Rust, Self::Evidence];

    /// Returns the name of the area.
    pub fn name(self) -> &'static str {
        match self {
            Self::Wire => "wire",
            Self::Rust => "Rust",
            Self::Evidence => "evidence",
        }
    }
}

/// The direction in which a schema or a header is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Direction {
    /// From the client to the service.
    Request,
    /// From the service to the client.
    Response,
}

/// The severity of a change, and the reason for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Effect {
    /// The severity.
    pub severity: Severity,
    /// The callers that break and how, or the reason why none do: the end of a sentence, without a period.
    pub who: &'static str,
}

/// A kind of change.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// The ID, which names the change in kebab case.
    pub id: &'static str,
    /// The area that changes.
    pub area: Area,
    /// The change, as a sentence without a period.
    pub summary: &'static str,
    /// The effect in a request, or in both directions.
    pub request: Effect,
    /// The effect in a response, or in both directions.
    pub response: Effect,
}

impl Rule {
    /// Returns the effect in a direction. Without a direction, both effects are the same.
    pub(crate) fn effect(&self, direction: Option<Direction>) -> Effect {
        match direction {
            Some(Direction::Response) => self.response,
            Some(Direction::Request) | None => self.request,
        }
    }

    /// Returns true if the effect depends on the direction.
    pub fn is_directed(&self) -> bool {
        self.request != self.response
    }
}

/// Declares the rules of an area, and lists them.
macro_rules! rules {
    ($area:ident; $($name:ident = $id:literal, $summary:literal;
        $($severity:ident, $who:literal),+;)+) => {
        $(
            #[doc = $summary]
            pub(crate) static $name: $crate::rule::Rule =
                $crate::rule::rules!(@rule $area, $id, $summary; $($severity, $who),+);
        )+
        /// The rules of this area.
        pub(crate) static ALL: &[&$crate::rule::Rule] = &[$(&$name),+];
    };
    (@rule $area:ident, $id:literal, $summary:literal; $severity:ident, $who:literal) => {
        $crate::rule::rules!(@rule $area, $id, $summary; $severity, $who, $severity, $who)
    };
    (@rule $area:ident, $id:literal, $summary:literal;
        $request:ident, $caller:literal, $response:ident, $reader:literal) => {
        $crate::rule::Rule {
            id: $id,
            area: $crate::rule::Area::$area,
            summary: $summary,
            request: $crate::rule::Effect {
                severity: $crate::rule::Severity::$request,
                who: $caller,
            },
            response: $crate::rule::Effect {
                severity: $crate::rule::Severity::$response,
                who: $reader,
            },
        }
    };
}
pub(crate) use rules;
