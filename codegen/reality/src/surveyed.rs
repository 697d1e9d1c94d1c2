//! What a survey has collected: the observations about each operation, and the entries that belong to none.

use std::collections::{BTreeMap, HashSet};

use document::{NodeId, Operation};

use crate::observations::{EntryId, Observations};

/// The number of entries that were not compared, by reason.
#[derive(Clone, Debug, Default)]
pub(crate) struct Counts {
    /// Entries that call other services, and calls that the service rejects as unknown.
    pub(crate) other: usize,
    /// Entries that have no response.
    pub(crate) without_response: usize,
    /// Malformed entries: the file, the index and the problem.
    pub(crate) malformed: Vec<(usize, usize, &'static str)>,
}

/// An operation with the observations about it.
pub(crate) struct Surveyed<'d> {
    pub(crate) operation: Operation<'d>,
    pub(crate) entries: usize,
    pub(crate) observations: Observations<'d>,
    pub(crate) confirmed: HashSet<NodeId>,
    pub(crate) confirmed_counts: Confirmed,
    /// The number of bodies that could not be compared, by reason.
    pub(crate) unknown_bodies: BTreeMap<&'static str, usize>,
}

/// The entries with a call that the document does not declare.
pub(crate) struct Calls<'d> {
    pub(crate) entries: usize,
    /// The first of these entries.
    pub(crate) first: EntryId,
    pub(crate) observations: Observations<'d>,
}

impl<'d> Surveyed<'d> {
    pub(crate) fn new(operation: Operation<'d>) -> Self {
        Self {
            operation,
            entries: 0,
            observations: Observations::default(),
            confirmed: HashSet::new(),
            confirmed_counts: Confirmed::default(),
            unknown_bodies: BTreeMap::new(),
        }
    }
}

/// The number of statements of each kind that traffic confirms. A statement counts once for each operation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Confirmed {
    /// Responses whose status was sent.
    pub statuses: usize,
    /// Headers that were sent.
    pub headers: usize,
    /// Members that were sent with a value that the document allows.
    pub members: usize,
}

/// A kind of statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Statement {
    Status,
    Header,
    Member,
}

impl Confirmed {
    pub(crate) fn add(&mut self, statement: Statement) {
        *match statement {
            Statement::Status => &mut self.statuses,
            Statement::Header => &mut self.headers,
            Statement::Member => &mut self.members,
        } += 1;
    }
}
