//! A queue of calls that wait for a limited resource. No call has to be polled for the others to proceed.

use std::{
    collections::BTreeMap,
    future::poll_fn,
    pin::Pin,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    task::{Context, Poll, Waker, ready},
    time::Duration,
};

use tokio::time::{Instant, Sleep, sleep_until};

/// The waiting calls, and the supply that they wait for.
///
/// A program may stop polling a call without dropping it. For example, the calls in a buffer of `futures` are not
/// polled while the body of the loop runs. Therefore, nothing is handed to a waiting call: each call takes its turn
/// when it is polled. A call that does not take its turn is skipped, and gets its place back when it is polled again.
#[derive(Debug)]
pub(crate) struct Queue<S> {
    line: Mutex<Line<S>>,
    /// The number of calls in the line.
    waiting: AtomicUsize,
}

#[derive(Debug)]
struct Line<S> {
    supply: S,
    /// The waiting calls, each with the waker of its task.
    calls: BTreeMap<Ticket, Waker>,
    joined: u64,
}

/// The limited resource that calls wait for.
pub(crate) trait Supply {
    /// Returns when a call may take its turn if no other call takes one first. The call joined the queue at `asked`,
    /// and `before` calls are ahead of it; the count stops at [`NEAR`].
    fn due(&self, asked: Instant, before: u32) -> Instant;

    /// Gives a turn to a call that joined the queue at `asked`.
    fn take(&mut self, asked: Instant);
}

/// The priority of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Priority {
    /// A retry of a request whose call is in progress.
    Retry,
    /// The first request of a call.
    New,
}

/// A place in the line. Retries come first; calls with the same priority are in the order in which they joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Ticket {
    priority: Priority,
    number: u64,
}

/// The number of calls at the front of the line that are woken when their turn may come earlier, and up to which
/// [`Supply::due`] counts the calls ahead of another. With thousands of calls, waking or counting all would take too
/// much time.
pub(crate) const NEAR: u32 = 16;

/// The time after which a call that has not taken its turn is skipped. Tasks and timers run a millisecond or two late.
pub(crate) const GRACE: Duration = Duration::from_millis(5);

impl<S: Supply> Queue<S> {
    pub(crate) fn new(supply: S) -> Self {
        let line = Line { supply, calls: BTreeMap::new(), joined: 0 };
        Self { line: Mutex::new(line), waiting: AtomicUsize::new(0) }
    }

    /// Returns whether no call waits. This takes no lock.
    pub(crate) fn is_empty(&self) -> bool {
        self.waiting.load(Ordering::Relaxed) == 0
    }

    /// Waits for a turn. Returns false if the line is closed first; then no turn was used.
    pub(crate) async fn turn(&self, priority: Priority, is_closed: impl Fn() -> bool) -> bool {
        let mut place = self.join(priority);
        poll_fn(
            |context| {
                if is_closed() { Poll::Ready(false) } else { place.poll(context).map(|()| true) }
            },
        )
        .await
    }

    /// Changes the supply, and wakes the calls whose turn may have come.
    pub(crate) fn refill(&self, change: impl FnOnce(&mut S)) {
        self.with(|line| {
            change(&mut line.supply);
            line.near()
        })
        .into_iter()
        .for_each(Waker::wake);
    }

    /// Wakes all calls so that they notice that the line is closed.
    pub(crate) fn wake_all(&self) {
        let wakers: Vec<Waker> = self.with(|line| line.calls.values().cloned().collect());
        wakers.into_iter().for_each(Waker::wake);
    }

    fn join(&self, priority: Priority) -> Place<'_, S> {
        let number = self.with(|line| {
            line.joined += 1;
            line.joined
        });
        let ticket = Ticket { priority, number };
        Place { queue: self, ticket, asked: Instant::now(), alarm: None }
    }

    /// Changes the line. Waking or dropping a waker can run code of the program, so callers must do that after the line
    /// is unlocked.
    fn with<T>(&self, change: impl FnOnce(&mut Line<S>) -> T) -> T {
        // A panic while the lock is held cannot leave the line half changed.
        let mut line = self.line.lock().unwrap_or_else(PoisonError::into_inner);
        let result = change(&mut line);
        self.waiting.store(line.calls.len(), Ordering::Relaxed);
        result
    }
}

impl<S: Supply> Line<S> {
    /// Takes the turn of a call, or returns when its turn is due. Also returns the wakers that are no longer needed.
    fn take(
        &mut self,
        ticket: Ticket,
        asked: Instant,
        waker: &Waker,
    ) -> (Result<(), Instant>, Vec<Waker>) {
        let before = self.calls.range(..ticket).take(NEAR as usize).count();
        let due = self.supply.due(asked, before as u32);
        if due > Instant::now() {
            return (Err(due), self.calls.insert(ticket, waker.clone()).into_iter().collect());
        }
        self.supply.take(asked);
        let behind = self.calls.split_off(&ticket);
        let mut passed = std::mem::replace(&mut self.calls, behind);
        passed.extend(self.calls.remove_entry(&ticket));
        (Ok(()), passed.into_values().collect())
    }

    fn near(&self) -> Vec<Waker> {
        self.calls.values().take(NEAR as usize).cloned().collect()
    }
}

/// The place of a call in the line. Dropping it removes the call from the line.
struct Place<'a, S: Supply> {
    queue: &'a Queue<S>,
    ticket: Ticket,
    asked: Instant,
    /// Set if the call has to wait.
    alarm: Option<Pin<Box<Sleep>>>,
}

impl<S: Supply> Place<'_, S> {
    fn poll(&mut self, context: &mut Context<'_>) -> Poll<()> {
        loop {
            let (ticket, asked) = (self.ticket, self.asked);
            let (taken, _unneeded) =
                self.queue.with(|line| line.take(ticket, asked, context.waker()));
            let Err(due) = taken else { return Poll::Ready(()) };
            let alarm = self.alarm.get_or_insert_with(|| Box::pin(sleep_until(due)));
            alarm.as_mut().reset(due);
            ready!(alarm.as_mut().poll(context));
        }
    }
}

impl<S: Supply> Drop for Place<'_, S> {
    fn drop(&mut self) {
        let left = self.queue.with(|line| line.calls.remove(&self.ticket));
        if left.is_some() {
            self.queue.refill(|_| {});
        }
    }
}
