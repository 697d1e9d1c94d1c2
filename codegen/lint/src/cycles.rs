//! Graph algorithms for references and compositions: finds cycles, and computes nesting depths.

use std::{collections::HashMap, hash::Hash, iter};

/// Returns each cycle once, beginning with its least member. A member has at most one successor, which `next` returns.
pub(super) fn cycles<T: Copy + Hash + Ord>(
    starts: impl IntoIterator<Item = T>,
    next: impl Fn(T) -> Option<T>,
) -> Vec<Vec<T>> {
    let mut walks = HashMap::new();
    let mut cycles = Vec::new();
    for (walk, start) in starts.into_iter().enumerate() {
        let mut at = Some(start);
        while let Some(member) = at {
            match walks.insert(member, walk) {
                None => at = next(member),
                Some(earlier) if earlier == walk => {
                    cycles.push(cycle(member, &next));
                    break;
                }
                Some(_) => break,
            }
        }
    }
    cycles
}

fn cycle<T: Copy + Ord>(member: T, next: impl Fn(T) -> Option<T>) -> Vec<T> {
    let others = iter::successors(next(member), |member| next(*member));
    let others = others.take_while(|other| *other != member);
    let mut cycle: Vec<T> = iter::once(member).chain(others).collect();
    let least = (0..cycle.len()).min_by_key(|index| cycle[*index]);
    cycle.rotate_left(least.unwrap_or_default());
    cycle
}

/// Returns the nesting depth of each whole: 0 without parts, otherwise one more than the depth of its deepest part. A
/// whole that is part of itself, or that contains such a part, has no depth.
///
/// Depths are computed from the innermost wholes outwards, without recursion, since chains can be long.
pub(super) fn depths<T: Copy + Hash + Eq, P>(
    parts: &HashMap<T, Vec<P>>,
    id: impl Fn(&P) -> T,
) -> HashMap<T, usize> {
    let mut containing: HashMap<T, Vec<T>> = HashMap::new();
    for (whole, parts) in parts {
        parts.iter().for_each(|part| containing.entry(id(part)).or_default().push(*whole));
    }
    let counts = || parts.iter().map(|(whole, parts)| (*whole, parts.len()));
    let mut unknown: HashMap<T, usize> = counts().collect();
    let mut open: Vec<T> =
        counts().filter(|(_, count)| *count == 0).map(|(whole, _)| whole).collect();
    let mut depths = HashMap::new();
    while let Some(whole) = open.pop() {
        let deepest = parts[&whole].iter().filter_map(|part| depths.get(&id(part))).max();
        depths.insert(whole, deepest.map_or(0, |deepest| deepest + 1));
        for outer in containing.remove(&whole).unwrap_or_default() {
            let count = unknown.entry(outer).or_default();
            *count -= 1;
            open.extend((*count == 0).then_some(outer));
        }
    }
    depths
}
