//! Recognizes requests that have already been sent, in constant memory.

use std::{
    collections::HashSet,
    hash::{BuildHasher as _, RandomState},
};

use crate::link::PageRequest;

/// The number of recent requests that each new request is compared with.
const REMEMBERED: usize = 1 << 14;

/// The requests for the pages so far.
#[derive(Default)]
pub(super) struct Trail {
    hasher: RandomState,
    /// The hashes of the latest requests.
    latest: HashSet<u64>,
    /// The hash of an earlier request. It is replaced at growing intervals, so a loop of any length returns to it.
    ///
    /// <https://maths-people.anu.edu.au/~brent/pub/pub051.html>
    anchor: Option<u64>,
    length: u64,
}

/// Starts with the request for the first page.
impl From<&PageRequest> for Trail {
    fn from(first: &PageRequest) -> Self {
        let mut trail = Self::default();
        trail.add(first);
        trail
    }
}

impl Trail {
    /// Adds a request. Returns false if it is recognized as one that was added before.
    pub(super) fn add(&mut self, request: &PageRequest) -> bool {
        let hash = self.hasher.hash_one(request);
        if self.anchor == Some(hash) || self.latest.contains(&hash) {
            return false;
        }
        self.length += 1;
        if self.length.is_power_of_two() {
            self.anchor = Some(hash);
        }
        if self.latest.len() == REMEMBERED {
            self.latest.clear();
        }
        self.latest.insert(hash)
    }
}

#[cfg(test)]
mod tests {
    use reqwest::{Method, Request};

    use super::*;

    fn request(number: usize) -> PageRequest {
        let url = format!("https://example.com/v1/orders?page={number}");
        PageRequest::first(&Request::new(Method::GET, url.parse().unwrap()))
    }

    /// Returns the number of requests after which a loop is recognized.
    fn recognized(length: usize) -> usize {
        let mut trail = Trail::default();
        (0..).take_while(|number| trail.add(&request(number % length))).count()
    }

    #[test]
    fn a_short_loop_is_recognized_when_it_closes() {
        for length in [1, 2, 3, 1000] {
            assert_eq!(recognized(length), length);
        }
    }

    #[test]
    fn a_loop_of_any_length_is_recognized() {
        let length = 2 * REMEMBERED + 1;
        assert!(recognized(length) < 5 * length);
    }

    #[test]
    fn the_memory_is_constant() {
        let mut trail = Trail::default();
        assert!((0..3 * REMEMBERED).all(|number| trail.add(&request(number))));
        assert!(trail.latest.len() <= REMEMBERED);
    }
}
