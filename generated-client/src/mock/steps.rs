//! The steps in which a response is sent.

use std::{io, time::Duration};

use super::{message::Message, quirk::Change};

/// A step in sending a response. The first bytes contain the entire head.
#[derive(Debug)]
pub(super) enum Step {
    Pause(Duration),
    Send(Vec<u8>),
    /// Closes the connection.
    HangUp,
}

/// Returns the steps of a response with a change to it. `respond` returns the unchanged response.
pub(super) fn of(
    change: Option<Change>,
    respond: impl FnOnce() -> io::Result<Message>,
) -> io::Result<Vec<Step>> {
    Ok(match change {
        None => vec![Step::Send(respond()?.bytes())],
        Some(Change::Instead(message)) => vec![Step::Send(message.bytes())],
        Some(Change::Body(change)) => vec![Step::Send(with_body(respond()?, change))],
        Some(Change::Late(pause)) => {
            vec![Step::Pause(pause), Step::Send(respond()?.bytes())]
        }
        Some(Change::Slow(pause)) => {
            let (first, rest) = halves(&respond()?);
            vec![Step::Send(first), Step::Pause(pause), Step::Send(rest)]
        }
        Some(Change::Truncated) => vec![Step::Send(halves(&respond()?).0), Step::HangUp],
        Some(Change::Raw(bytes)) => vec![Step::Send(bytes), Step::HangUp],
    })
}

fn with_body(mut message: Message, change: fn(Vec<u8>) -> Vec<u8>) -> Vec<u8> {
    let body = std::mem::take(&mut message.body);
    message.set_body(change(body));
    message.bytes()
}

/// Splits a message in the middle of its body.
fn halves(message: &Message) -> (Vec<u8>, Vec<u8>) {
    let mut first = message.bytes();
    let rest = first.split_off(first.len() - message.body.len().div_ceil(2));
    (first, rest)
}
