//! Orders the writes of each resource, so that a retry of an older write cannot undo a newer one.

use std::{
    collections::HashMap,
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use reqwest::{Request, Url};
use tokio::sync::OwnedMutexGuard;

use crate::{call::Call, deadline::Deadline, error::Error};

/// The resources that a client and its clones are writing. Each resource has one write at a time; later writes wait in
/// the order of their calls.
///
/// A write that the program has stopped polling keeps its turn, and later writes fail at their deadline. If they
/// skipped it, it could undo them when it is polled again.
#[derive(Clone, Default)]
pub(crate) struct WriteOrder(Arc<Mutex<Queues>>);

/// The queue of each resource that is being written, by path.
type Queues = HashMap<Arc<str>, Queue>;
type Queue = Arc<tokio::sync::Mutex<()>>;

impl WriteOrder {
    /// Waits until a call may begin. Only writes wait, and not beyond the deadline. The turn ends when it is dropped.
    pub(crate) async fn turn_of(
        &self,
        call: &Call,
        request: &Request,
        deadline: Deadline,
    ) -> Result<Option<Turn>, Error> {
        if !call.operation.is_write() {
            return Ok(None);
        }
        let turn = deadline.bound(self.turn(request.url())).await;
        turn.map(Some).ok_or_else(|| Error::no_turn_in_time(call.snapshot()))
    }

    /// Waits until all earlier writes of the resource have ended. Later writes wait until the turn is dropped.
    async fn turn(&self, url: &Url) -> Turn {
        let (mut turn, queue) = self.join(url);
        turn.guard = Some(queue.lock_owned().await);
        turn
    }

    /// Joins the queue of a resource. Two paths that differ only in case may be the same resource.
    fn join(&self, url: &Url) -> (Turn, Queue) {
        let resource: Arc<str> = url.path().to_ascii_lowercase().into();
        let queue = Arc::clone(self.queues().entry(Arc::clone(&resource)).or_default());
        (Turn { order: self.clone(), resource, guard: None }, queue)
    }

    fn queues(&self) -> MutexGuard<'_, Queues> {
        // A panic while the lock is held cannot leave the map half changed.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for WriteOrder {
    /// Prints no paths, because they contain customers' tenant IDs.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("<write order>")
    }
}

/// A write that waits in the queue of its resource, or is in progress.
pub(crate) struct Turn {
    order: WriteOrder,
    resource: Arc<str>,
    /// Present once the write is in progress.
    guard: Option<OwnedMutexGuard<()>>,
}

impl Drop for Turn {
    fn drop(&mut self) {
        let mut queues = self.order.queues();
        self.guard = None;
        // If only the map has a reference to the queue, no other write waits in it. Queues are joined under the same
        // lock, so none can join now.
        if queues.get(&self.resource).is_some_and(|queue| Arc::strong_count(queue) == 1) {
            queues.remove(&self.resource);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::{thread, time::Duration};

    use tokio::time::timeout;

    use super::*;

    fn url(path: &str) -> Url {
        Url::parse("https://api.example").and_then(|url| url.join(path)).unwrap()
    }

    async fn is_free(order: &WriteOrder, path: &str) -> bool {
        timeout(Duration::from_secs(1), order.turn(&url(path))).await.is_ok()
    }

    #[tokio::test(start_paused = true)]
    async fn a_second_write_waits_for_the_first() {
        let order = WriteOrder::default();
        let first = order.turn(&url("/a")).await;
        assert!(!is_free(&order, "/a").await);
        drop(first);
        assert!(is_free(&order, "/a").await);
    }

    #[tokio::test(start_paused = true)]
    async fn other_resources_do_not_wait() {
        let order = WriteOrder::default();
        let _first = order.turn(&url("/a")).await;
        assert!(is_free(&order, "/b").await);
    }

    #[tokio::test(start_paused = true)]
    async fn paths_that_differ_in_case_are_one_resource() {
        let order = WriteOrder::default();
        let _first = order.turn(&url("/a")).await;
        assert!(!is_free(&order, "/A").await);
    }

    #[tokio::test(start_paused = true)]
    async fn a_clone_shares_the_order() {
        let order = WriteOrder::default();
        let _first = order.clone().turn(&url("/a")).await;
        assert!(!is_free(&order, "/a").await);
    }

    #[tokio::test]
    async fn writes_that_are_canceled_simultaneously_leave_nothing_in_the_map() {
        let order = WriteOrder::default();
        for _ in 0..1000 {
            let first = order.turn(&url("/a")).await;
            let canceled: Vec<_> = (0..2).map(|_| order.join(&url("/a"))).collect();
            thread::scope(|scope| {
                for (turn, queue) in canceled {
                    scope.spawn(move || {
                        drop(queue);
                        drop(turn);
                    });
                }
                scope.spawn(move || drop(first));
            });
            assert!(order.queues().is_empty());
        }
    }

    #[tokio::test(start_paused = true)]
    async fn ended_and_canceled_writes_leave_nothing_in_the_map() {
        let order = WriteOrder::default();
        let first = order.turn(&url("/a")).await;
        assert!(!is_free(&order, "/a").await);
        assert_eq!(order.queues().len(), 1);
        drop(first);
        assert!(order.queues().is_empty());
    }
}
