//! Turns the mock's response into a response as reqwest would receive it.

use std::{
    collections::VecDeque,
    future::poll_fn,
    io,
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};

use hyper::{
    body::{Body, Bytes, Frame},
    ext::ReasonPhrase,
};
use tokio::time::{Sleep, sleep};

use super::{message::Message, steps::Step};

/// Receives a response. Fails if the timeout elapses.
pub(super) async fn response(
    steps: Vec<Step>,
    timeout: Duration,
) -> reqwest::Result<reqwest::Response> {
    let mut events = Events::new(within(steps, timeout));
    let bytes = match poll_fn(|context| events.poll(context)).await {
        Some(Ok(bytes)) => bytes,
        Some(Err(kind)) => return Err(error(kind).await),
        None => return Err(error(io::ErrorKind::UnexpectedEof).await),
    };
    match with_head(&bytes, events) {
        Ok(response) => Ok(response),
        Err(kind) => Err(error(kind).await),
    }
}

/// An event on the way from the mock to the client.
enum Event {
    Pause(Duration),
    Bytes(Vec<u8>),
    Failure(io::ErrorKind),
}

/// Returns the events of a response up to the timeout.
fn within(steps: Vec<Step>, timeout: Duration) -> VecDeque<Event> {
    let (mut events, mut left) = (VecDeque::new(), timeout);
    for step in steps {
        match step {
            Step::Pause(time) if time > left => {
                events.extend([Event::Pause(left), Event::Failure(io::ErrorKind::TimedOut)]);
                return events;
            }
            Step::Pause(time) => {
                left -= time;
                events.push_back(Event::Pause(time));
            }
            Step::Send(bytes) if bytes.is_empty() => {}
            Step::Send(bytes) => events.push_back(Event::Bytes(bytes)),
            Step::HangUp => events.push_back(Event::Failure(io::ErrorKind::UnexpectedEof)),
        }
    }
    events
}

/// Creates a response from the bytes that begin with its head and the events that deliver the rest of its body.
fn with_head(bytes: &[u8], mut events: Events) -> Result<reqwest::Response, io::ErrorKind> {
    let mut body = bytes;
    let message = Message::read(&mut body, false).map_err(|error| error.kind())?;
    let message = message.ok_or(io::ErrorKind::UnexpectedEof)?;
    events.left = message.length();
    events.events.push_front(Event::Bytes(body.to_vec()));
    let mut response = message.head().ok_or(io::ErrorKind::InvalidData)?;
    if let Ok(reason) = ReasonPhrase::try_from(message.reason().as_bytes()) {
        response.extensions_mut().insert(reason);
    }
    Ok(response.map(|()| reqwest::Body::wrap(events)).into())
}

/// Returns the error of a failed connection. Only reqwest can create one, so a body is read that fails.
async fn error(kind: io::ErrorKind) -> reqwest::Error {
    let mut events = Events::new([Event::Failure(kind)].into());
    events.left = Some(usize::MAX);
    let response = hyper::Response::new(reqwest::Body::wrap(events));
    let failed = reqwest::Response::from(response).bytes().await;
    failed.expect_err("the body is a failure")
}

/// The remaining events of a response.
struct Events {
    events: VecDeque<Event>,
    sleep: Option<Pin<Box<Sleep>>>,
    /// The number of bytes of the body still to be received, if the head states its length.
    left: Option<usize>,
}

impl Events {
    fn new(events: VecDeque<Event>) -> Self {
        Self { events, sleep: None, left: None }
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Vec<u8>, io::ErrorKind>>> {
        loop {
            if let Some(sleep) = &mut self.sleep {
                ready!(sleep.as_mut().poll(context));
                self.sleep = None;
            }
            match self.events.pop_front() {
                Some(Event::Pause(time)) => self.sleep = Some(Box::pin(sleep(time))),
                Some(Event::Bytes(bytes)) => return Poll::Ready(Some(Ok(bytes))),
                Some(Event::Failure(kind)) => return Poll::Ready(Some(Err(kind))),
                None => return Poll::Ready(None),
            }
        }
    }

    /// Returns whether the end of the connection also ends the body.
    fn ends_with(&self, kind: io::ErrorKind) -> bool {
        kind == io::ErrorKind::UnexpectedEof && self.left.is_none()
    }
}

impl Body for Events {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        if self.left == Some(0) {
            return Poll::Ready(None);
        }
        Poll::Ready(match ready!(self.poll(context)) {
            Some(Ok(bytes)) => {
                self.left = self.left.map(|left| left.saturating_sub(bytes.len()));
                Some(Ok(Frame::data(bytes.into())))
            }
            Some(Err(kind)) if self.ends_with(kind) => None,
            Some(Err(kind)) => Some(Err(kind.into())),
            None => None,
        })
    }
}
