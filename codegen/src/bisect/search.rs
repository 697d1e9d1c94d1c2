//! Finds the parts of a document on which the generator fails.

use std::cell::RefCell;

use serde_json::Value;

use super::parts::Parts;

/// Returns true if the generator fails on a document.
type HasFailure<'f> = dyn Fn(&Value) -> bool + 'f;

/// Returns the parts that fail alone even though everything that they refer to succeeds. If there are none, returns the
/// parts that fail only together, or the smallest set that is known to fail.
pub(super) fn culprits<'p>(parts: &'p Parts<'_>, fails: &HasFailure<'_>) -> Vec<Vec<&'p str>> {
    let all = parts.in_order();
    let search = Search { parts, fails, fewest: RefCell::default() };
    if search.fails(&[]) {
        return Vec::new();
    }
    let alone = search.failing_alone(&all);
    if !alone.is_empty() {
        return alone.into_iter().map(|part| vec![part]).collect();
    }
    match search.fails(&all) {
        true => vec![search.needed(&[], &all)],
        false => Vec::from_iter(search.fewest.take()),
    }
}

struct Search<'p, 'd, 'f> {
    parts: &'p Parts<'d>,
    fails: &'f HasFailure<'f>,
    /// The smallest set of parts that has failed so far.
    fewest: RefCell<Option<Vec<&'p str>>>,
}

impl<'p> Search<'p, '_, '_> {
    fn fails(&self, parts: &[&'p str]) -> bool {
        let fails = (self.fails)(&self.parts.document(parts));
        let mut fewest = self.fewest.borrow_mut();
        if fails && fewest.as_ref().is_none_or(|fewest| parts.len() < fewest.len()) {
            *fewest = Some(parts.to_vec());
        }
        fails
    }

    /// Halves the parts as long as they fail. Does not try a part that refers to a culprit, which would make it fail.
    fn failing_alone(&self, parts: &[&'p str]) -> Vec<&'p str> {
        if parts.is_empty() || !self.fails(parts) {
            return Vec::new();
        }
        let (first, second) = match parts {
            [alone] => return vec![alone],
            _ => parts.split_at(parts.len() / 2),
        };
        let mut culprits = self.failing_alone(first);
        let others: Vec<&str> =
            second.iter().filter(|part| !self.refers(part, &culprits)).copied().collect();
        culprits.extend(self.failing_alone(&others));
        culprits
    }

    fn refers(&self, part: &str, others: &[&str]) -> bool {
        let is_other = |pointer: &String| others.contains(&pointer.as_str());
        !others.is_empty() && self.parts.closure(&[part]).iter().any(is_other)
    }

    /// Returns the parts that must be added to the given ones for a failure (Junker's QuickXplain).
    fn needed(&self, given: &[&'p str], parts: &[&'p str]) -> Vec<&'p str> {
        if parts.len() <= 1 {
            return parts.to_vec();
        }
        let (first, second) = parts.split_at(parts.len() / 2);
        for half in [first, second] {
            if self.fails(&[given, half].concat()) {
                return self.needed(given, half);
            }
        }
        let of_first = self.needed(&[given, second].concat(), first);
        let of_second = self.needed(&[given, of_first.as_slice()].concat(), second);
        [of_first, of_second].concat()
    }
}
