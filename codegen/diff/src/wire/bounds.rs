//! Compares the bounds of values: numbers, lengths and patterns.

use std::cmp::Ordering;

use document::number::Number;

use super::{pairs::Comparison, prose::shown, schemas::about, view::View};
use crate::{canonical::canonical, rules::schemas::*};

/// The keywords that set a lower bound, each with the one that excludes the bound itself.
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

struct Bound {
    number: Number,
    is_upper: bool,
    is_exclusive: bool,
    shown: String,
}

impl Bound {
    fn strictest(view: &View<'_>, key: &str, exclusive: &str, is_upper: bool) -> Option<Self> {
        let bounds = view.nodes.iter().filter_map(|node| {
            let shown = canonical(node.get(key)?);
            let (number, is_exclusive) = (Number::parse(&shown)?, node.is_true(exclusive));
            let word = if is_exclusive { " (exclusive)" } else { "" };
            Some(Self { number, is_upper, is_exclusive, shown: format!("{shown}{word}") })
        });
        bounds.max_by(Self::order)
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
