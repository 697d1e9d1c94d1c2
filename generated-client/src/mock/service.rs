//! Decides how a mock responds, regardless of how messages are transported.

use std::{
    collections::VecDeque,
    sync::{Mutex, MutexGuard, PoisonError},
};

use serde::Serialize;

use super::{
    examples::{self, Operation},
    message::Message,
    object::Object,
    pages::{Collections, UnknownToken},
    quirk::{Change, Quirk},
    request::Request,
    resources::{Delay, Resources},
    write::{Shown, Write},
};

/// The service behind a mock.
#[derive(Default)]
pub(super) struct Service(Mutex<State>);

#[derive(Default)]
struct State {
    quirks: VecDeque<Quirk>,
    requests: Vec<Request>,
    resources: Resources,
    collections: Collections,
}

/// The parts of a request that determine its response.
pub(super) struct Asked<'a> {
    pub(super) method: &'a str,
    pub(super) path: &'a str,
    /// The continuation token of a page.
    pub(super) token: Option<&'a str>,
    pub(super) body: &'a [u8],
}

impl Service {
    pub(super) fn quirk(&self, quirk: Quirk) {
        self.state().quirks.push_back(quirk);
    }

    pub(super) fn requests(&self) -> Vec<Request> {
        self.state().requests.clone()
    }

    pub(super) fn delay(&self, delay: Delay) {
        self.state().resources.delay = delay;
    }

    pub(super) fn pages(&self, operation: &str, pages: impl IntoIterator<Item: Serialize>) {
        self.state().collections.set(operation, pages);
    }

    /// Records a request, and returns the change to its response.
    pub(super) fn receive(&self, message: &Message) -> Option<Change> {
        let request = Request::new(message);
        let operation = examples::operation(&request.method, request.path_alone());
        let mut state = self.state();
        state.requests.push(request);
        state.quirks.retain(|quirk| quirk.times > 0);
        let quirk = state.quirks.iter_mut().find(|quirk| quirk.is_for(operation))?;
        // A quirk with the maximum number of times never ends.
        quirk.times -= usize::from(quirk.times < usize::MAX);
        Some(quirk.change.clone())
    }

    /// Returns the response to a request, with the changes that earlier requests have made.
    pub(super) fn respond(&self, asked: &Asked<'_>) -> Message {
        let Asked { method, path, token, body } = *asked;
        let Some(operation) = examples::operation(method, path) else {
            let problem = format!("the document has no operation {method} {path}");
            return Message::response(404, &[PLAIN], &problem);
        };
        let Some((status, example)) = operation.success() else {
            let problem = format!("the document has no example of success for {}", operation.id);
            return Message::response(501, &[PLAIN], &problem);
        };
        match self.state().collections.page(operation.id, path, token) {
            Some(Ok(page)) => return Message::response(status, &[JSON], &page),
            Some(Err(UnknownToken)) => return Message::response(400, &[JSON], UNKNOWN_TOKEN),
            None => {}
        }
        let changed = match (operation.write, method) {
            (Some(write), _) => self.write(&write, path, example, body),
            (None, "GET") => self.state().resources.read(path).map(Object::json),
            _ => None,
        };
        match changed.as_deref().or(example) {
            Some(body) => Message::response(status, &[JSON], body),
            None => Message::response(status, &[], ""),
        }
    }

    /// Applies a request to the resource of its path, and returns the response body if there is one.
    fn write(
        &self,
        write: &Write,
        path: &str,
        example: Option<&str>,
        body: &[u8],
    ) -> Option<String> {
        let request = Object::parse(str::from_utf8(body).ok()?)?;
        let mut state = self.state();
        let latest = state.resources.latest(path).cloned();
        let before = latest.clone().or_else(|| Object::parse(examples::read_example(path)?));
        let is_whole = matches!(write.shown, Shown::Whole);
        let base = latest.filter(|_| is_whole).or_else(|| Object::parse(example?));
        let after = write.apply(base.as_ref().or(before.as_ref())?, &request);
        if let Some(before) = before
            && let Some(shown) = write.show(&before, &after, &request)
        {
            state.resources.change(path, before, shown);
        }
        example.map(|_| after.json())
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // A panic while the lock is held cannot leave the state half changed.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

const JSON: (&str, &str) = ("content-type", "application/json");
const UNKNOWN_TOKEN: &str = r#"{"code":3000,"description":"The continuation token is unknown."}"#;
const PLAIN: (&str, &str) = ("content-type", "text/plain");

impl Quirk {
    fn is_for(&self, operation: Option<&Operation>) -> bool {
        self.operation.is_none_or(|id| operation.is_some_and(|operation| operation.id == id))
    }
}
