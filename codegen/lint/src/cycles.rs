//! Cycles in a chain of which each member leads to at most one other.

use std::{collections::HashMap, hash::Hash, iter};

/// Returns each cycle once, beginning at its least member.
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
