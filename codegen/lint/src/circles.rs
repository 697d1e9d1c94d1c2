//! Circles among what leads from one to the next.

use std::{collections::HashMap, hash::Hash, iter};

/// Each circle once, from its least member on.
pub(super) fn circles<T: Copy + Hash + Ord>(
    starts: impl IntoIterator<Item = T>,
    next: impl Fn(T) -> Option<T>,
) -> Vec<Vec<T>> {
    let mut walks = HashMap::new();
    let mut circles = Vec::new();
    for (walk, start) in starts.into_iter().enumerate() {
        let mut at = Some(start);
        while let Some(member) = at {
            match walks.insert(member, walk) {
                None => at = next(member),
                Some(earlier) if earlier == walk => {
                    circles.push(circle(member, &next));
                    break;
                }
                Some(_) => break,
            }
        }
    }
    circles
}

fn circle<T: Copy + Ord>(member: T, next: impl Fn(T) -> Option<T>) -> Vec<T> {
    let others = iter::successors(next(member), |member| next(*member));
    let others = others.take_while(|other| *other != member);
    let mut circle: Vec<T> = iter::once(member).chain(others).collect();
    let least = (0..circle.len()).min_by_key(|index| circle[*index]);
    circle.rotate_left(least.unwrap_or_default());
    circle
}
