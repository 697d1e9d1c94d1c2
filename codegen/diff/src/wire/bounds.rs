//! Compares the bounds of values: numbers, lengths and patterns.

use std::cmp::Ordering;

use document::{integers::Width, number::Number};

use super::{difference::about, pairs::Comparison, prose::shown, view::View};
use crate::{canonical::canonical, rules::schemas::*};

/// The keywords that set a lower bound, each with the keyword that excludes the bound itself.
const LOWER: [(&str, &str); 4] =
    [("minimum", "exclusiveMinimum"), ("minLength", ""), ("minItems", ""), ("minProperties", "")];

const UPPER: [(&str, &str); 4] =
    [("maximum", "exclusiveMaximum"), ("maxLength", ""), ("maxItems", ""), ("maxProperties", "")];

pub(super) fn compare<'t>(comparison: &mut Comparison<'_, '_, 't>, old: &View<'t>, new: &View<'t>) {
    let lower = LOWER.map(|it| (it, false));
    for ((key, exclusive), is_upper) in lower.into_iter().chain(UPPER.map(|it| (it, true))) {
        let strictest = |view| Bound::strictest(view, key, exclusive, is_upper);
        bound(comparison, (old, new), key, (strictest(old), strictest(new)));
    }
    unique(comparison, old, new);
    for key in ["multipleOf", "pattern"] {
        text(comparison, (old, new), key);
    }
}

/// The lowest and the highest value of an integer schema; `None` if it is unbounded.
pub(super) struct Range {
    lower: Option<Bound>,
    upper: Option<Bound>,
}

impl Range {
    /// Returns the range of an integer schema, or `None` if the schema also allows other values or has an unknown
    /// format.
    pub(super) fn of(view: &View<'_>) -> Option<Self> {
        let has_known_format = view.first("format").is_none() || width(view).is_some();
        let bound = |(key, exclusive), is_upper| {
            Bound::strictest(view, key, exclusive, is_upper).or(Bound::implied(view, key, is_upper))
        };
        (has_known_format && are_integers(view))
            .then(|| Self { lower: bound(LOWER[0], false), upper: bound(UPPER[0], true) })
    }

    /// Returns true if each value of the other range is in this one.
    pub(super) fn includes(&self, other: &Self) -> bool {
        let bounds = [(&self.lower, &other.lower), (&self.upper, &other.upper)];
        bounds.into_iter().all(|(outer, inner)| match (outer, inner) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(outer), Some(inner)) => outer.order(inner).is_le(),
        })
    }
}

fn are_integers(view: &View<'_>) -> bool {
    view.types().iter().eq(["integer"].iter())
}

/// Returns the width of the integers that the schema's format allows.
fn width(view: &View<'_>) -> Option<Width> {
    Width::of_format(view.first("format")?.as_str()?)
}

struct Bound {
    number: Number,
    is_upper: bool,
    is_exclusive: bool,
    shown: String,
}

impl Bound {
    /// Returns the strictest bound, or `None` if no bound is stricter than the implied one.
    fn strictest(view: &View<'_>, key: &str, exclusive: &str, is_upper: bool) -> Option<Self> {
        let implied = Self::implied(view, key, is_upper);
        let bounds = view.nodes.iter().filter_map(|node| {
            let shown = canonical(node.get(key)?);
            let is_exclusive = node.is_true(exclusive);
            let word = if is_exclusive { " (exclusive)" } else { "" };
            let next = if is_exclusive { Self::next(view, &shown, is_upper) } else { None };
            let is_exclusive = is_exclusive && next.is_none();
            let number = next.or(Number::parse(&shown))?;
            Some(Self { number, is_upper, is_exclusive, shown: format!("{shown}{word}") })
        });
        let excludes_more =
            |bound: &Self| implied.as_ref().is_none_or(|implied| bound.order(implied).is_gt());
        bounds.filter(excludes_more).max_by(Self::order)
    }

    /// Returns the first integer within an exclusive bound; `None` if the values are not integers.
    fn next(view: &View<'_>, bound: &str, is_upper: bool) -> Option<Number> {
        let bound: i128 = bound.parse().ok().filter(|_| are_integers(view))?;
        let next = if is_upper { bound.checked_sub(1) } else { bound.checked_add(1) };
        Number::parse(&next?.to_string())
    }

    /// Returns the bound that every value satisfies anyway because of the schema's format, or because no length is
    /// negative.
    fn implied(view: &View<'_>, key: &str, is_upper: bool) -> Option<Self> {
        let shown = match key {
            "minimum" => width(view)?.least.to_string(),
            "maximum" => width(view)?.most.to_string(),
            "minLength" | "minItems" | "minProperties" => "0".to_owned(),
            _ => return None,
        };
        Some(Self { number: Number::parse(&shown)?, is_upper, is_exclusive: false, shown })
    }

    /// Orders the bounds of one keyword, the strictest last.
    fn order(&self, other: &Self) -> Ordering {
        let order = match self.is_upper {
            true => other.number.cmp(&self.number),
            false => self.number.cmp(&other.number),
        };
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

/// Compares keywords whose values cannot be ordered, so that any two unequal values count as different.
fn text<'t>(comparison: &mut Comparison<'_, '_, 't>, views: (&View<'t>, &View<'t>), key: &str) {
    let all = |view: &View<'t>| {
        let mut texts: Vec<String> = view.all(key).map(canonical).collect();
        // Each integer is a multiple of 1.
        texts
            .retain(|text| key != "multipleOf" || text != "1" || !view.types().contains("integer"));
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
