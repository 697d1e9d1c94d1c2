//! Compares the bounds of values: numbers, lengths and patterns.

use std::cmp::Ordering;

use document::Node;

use super::{pairs::Comparison, prose::shown, schemas::about, view::View};
use crate::{canonical::canonical, rules::schemas::*};

/// The keywords that set a lower bound, each with the one that excludes the bound itself.
const LOWER: [(&str, &str); 4] =
    [("minimum", "exclusiveMinimum"), ("minLength", ""), ("minItems", ""), ("minProperties", "")];

const UPPER: [(&str, &str); 4] =
    [("maximum", "exclusiveMaximum"), ("maxLength", ""), ("maxItems", ""), ("maxProperties", "")];

pub(super) fn compare<'t>(comparison: &mut Comparison<'_, '_, 't>, old: &View<'t>, new: &View<'t>) {
    for (key, exclusive) in LOWER {
        let [before, after] = [old, new].map(|view| Bound::strictest(view, key, exclusive, false));
        bound(comparison, (old, new), key, (before, after));
    }
    for (key, exclusive) in UPPER {
        let [before, after] = [old, new].map(|view| Bound::strictest(view, key, exclusive, true));
        bound(comparison, (old, new), key, (before, after));
    }
    unique(comparison, old, new);
    for key in ["multipleOf", "pattern"] {
        text(comparison, (old, new), key);
    }
}

/// A bound, as a number that is larger for a stricter one.
struct Bound {
    strictness: Number,
    is_exclusive: bool,
    shown: String,
}

#[derive(Clone, Copy)]
enum Number {
    Integer(i128),
    Float(f64),
}

impl Number {
    fn parse(text: &str) -> Option<Self> {
        let integer = text.parse().ok().map(Self::Integer);
        integer.or_else(|| text.parse().ok().map(Self::Float))
    }

    fn negated(self) -> Self {
        match self {
            Self::Integer(value) => Self::Integer(value.saturating_neg()),
            Self::Float(value) => Self::Float(-value),
        }
    }

    fn order(self, other: Self) -> Ordering {
        match (self, other) {
            (Self::Integer(one), Self::Integer(other)) => one.cmp(&other),
            _ => self.float().total_cmp(&other.float()),
        }
    }

    fn float(self) -> f64 {
        match self {
            Self::Integer(value) => value as f64,
            Self::Float(value) => value,
        }
    }
}

impl Bound {
    fn strictest(view: &View<'_>, key: &str, exclusive: &str, is_upper: bool) -> Option<Self> {
        let bounds = view.nodes.iter().filter_map(|node| {
            let value = node.get(key)?;
            let number = Number::parse(&canonical(value))?;
            let is_exclusive = node.get(exclusive).and_then(Node::as_bool) == Some(true);
            let strictness = if is_upper { number.negated() } else { number };
            let word = if is_exclusive { " (exclusive)" } else { "" };
            Some(Self { strictness, is_exclusive, shown: format!("{}{word}", canonical(value)) })
        });
        bounds.max_by(Self::order)
    }

    fn order(&self, other: &Self) -> Ordering {
        let order = self.strictness.order(other.strictness);
        order.then(self.is_exclusive.cmp(&other.is_exclusive))
    }
}

fn bound<'t>(
    comparison: &mut Comparison<'_, '_, 't>,
    views: (&View<'t>, &View<'t>),
    key: &str,
    (old, new): (Option<Bound>, Option<Bound>),
) {
    let order = match (&old, &new) {
        (None, None) => Ordering::Equal,
        (Some(_), None) => Ordering::Greater,
        (None, Some(_)) => Ordering::Less,
        (Some(old), Some(new)) => old.order(new),
    };
    let rule = match order {
        Ordering::Equal => return,
        Ordering::Less => &BOUND_NARROWED,
        Ordering::Greater => &BOUND_WIDENED,
    };
    let shown = |bound: Option<Bound>| bound.map_or("none".to_owned(), |bound| bound.shown);
    let change = format!("changes its `{key}` from {} to {}", shown(old), shown(new));
    comparison.report(about(rule, key, views, &change));
}

fn unique<'t>(comparison: &mut Comparison<'_, '_, 't>, old: &View<'t>, new: &View<'t>) {
    let (rule, change) = match (old.has_true("uniqueItems"), new.has_true("uniqueItems")) {
        (false, true) => (&BOUND_NARROWED, "may not repeat an item"),
        (true, false) => (&BOUND_WIDENED, "may repeat items"),
        _ => return,
    };
    comparison.report(about(rule, "uniqueItems", (old, new), change));
}

/// Compares keywords whose values cannot be ordered: any two of them are different.
fn text<'t>(comparison: &mut Comparison<'_, '_, 't>, views: (&View<'t>, &View<'t>), key: &str) {
    let all = |view: &View<'t>| {
        let mut texts: Vec<String> = view.all(key).map(canonical).collect();
        texts.sort();
        texts.dedup();
        texts
    };
    let (before, after) = (all(views.0), all(views.1));
    let rule = match (before.is_empty(), after.is_empty()) {
        _ if before == after => return,
        (true, _) => &BOUND_NARROWED,
        (_, true) => &BOUND_WIDENED,
        _ => &PATTERN_CHANGED,
    };
    let list = |texts: &[String]| match texts.is_empty() {
        true => "none".to_owned(),
        false => texts.iter().map(|text| shown(text)).collect::<Vec<_>>().join(" and "),
    };
    let change = format!("changes its `{key}` from {} to {}", list(&before), list(&after));
    comparison.report(about(rule, key, views, &change));
}
