//! The resources that requests have changed, by path.

use std::{
    collections::{BTreeMap, VecDeque},
    time::Duration,
};

use tokio::time::Instant;

use super::object::Object;

/// The resources that requests have changed. All other resources are as in the examples.
#[derive(Default)]
pub(super) struct Resources {
    by_path: BTreeMap<String, Resource>,
    pub(super) delay: Delay,
}

/// The delay between a change and the first read that shows it.
#[derive(Clone, Copy)]
pub(super) enum Delay {
    /// A number of reads of the old value.
    Reads(u32),
    Time(Duration),
}

impl Default for Delay {
    fn default() -> Self {
        Self::Reads(0)
    }
}

struct Resource {
    shown: Object,
    /// The changes that reads do not show yet, with the latest change last.
    later: VecDeque<(Due, Object)>,
}

/// The condition for showing a change.
enum Due {
    /// The number of reads that must come before it.
    After(u32),
    /// `None` if the time is beyond the range of the clock.
    At(Option<Instant>),
}

impl Resources {
    /// Returns the object that a read of the path shows, if a request has changed it.
    pub(super) fn read(&mut self, path: &str) -> Option<&Object> {
        self.by_path.get_mut(path).map(Resource::read)
    }

    /// Returns the resource with all changes, including changes that reads do not show yet.
    pub(super) fn latest(&self, path: &str) -> Option<&Object> {
        let resource = self.by_path.get(path)?;
        Some(resource.later.back().map_or(&resource.shown, |(_, object)| object))
    }

    /// Changes a resource, which was `before` if no request has changed it yet.
    pub(super) fn change(&mut self, path: &str, before: Object, after: Object) {
        let due = match self.delay {
            Delay::Reads(reads) => Due::After(reads),
            Delay::Time(time) => Due::At(Instant::now().checked_add(time)),
        };
        let unchanged = || Resource { shown: before, later: VecDeque::new() };
        let resource = self.by_path.entry(path.to_owned()).or_insert_with(unchanged);
        resource.later.push_back((due, after));
    }
}

impl Resource {
    fn read(&mut self) -> &Object {
        let is_later = |(due, _): &(Due, Object)| !due.is_met();
        let due = self.later.iter().position(is_later).unwrap_or(self.later.len());
        if let Some((_, object)) = self.later.drain(..due).next_back() {
            self.shown = object;
        }
        for (due, _) in &mut self.later {
            if let Due::After(reads) = due {
                *reads -= 1;
            }
        }
        &self.shown
    }
}

impl Due {
    fn is_met(&self) -> bool {
        match self {
            Self::After(reads) => *reads == 0,
            Self::At(time) => time.is_some_and(|time| time <= Instant::now()),
        }
    }
}
