//! Prints to a pipe that may be closed, or to a disk that may be full. Neither makes a command panic.

use std::{
    cell::RefCell,
    fmt::Display,
    io::{self, Write},
};

use anyhow::Context as _;

/// The texts that a thread printed while it was captured.
#[derive(Default)]
pub(crate) struct Printed {
    pub(crate) output: String,
    pub(crate) errors: String,
}

thread_local! {
    static CAPTURED: RefCell<Option<Printed>> = const { RefCell::new(None) };
}

/// Runs a function, and returns what it would print in this thread.
pub(crate) fn captured<T>(run: impl FnOnce() -> T) -> (T, Printed) {
    CAPTURED.set(Some(Printed::default()));
    let result = run();
    (result, CAPTURED.take().unwrap_or_default())
}

/// Adds a text to the captured ones. Returns false if this thread is not captured.
fn capture(add: impl FnOnce(&mut Printed)) -> bool {
    CAPTURED.with_borrow_mut(|captured| captured.as_mut().map(add).is_some())
}

/// Prints to the standard output.
///
/// A closed pipe is not an error: its reader, such as `head`, has read what it wanted. Any other failure means that the
/// output is incomplete.
pub(crate) fn out(text: &str) -> anyhow::Result<()> {
    match capture(|it| it.output.push_str(text)) {
        true => Ok(()),
        false => bytes_out(text.as_bytes()),
    }
}

/// Prints bytes that may not be text to the standard output.
pub(crate) fn bytes_out(bytes: &[u8]) -> anyhow::Result<()> {
    match write(&mut io::stdout().lock(), bytes) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(error).context("cannot write to the standard output")
        }
        _ => Ok(()),
    }
}

/// Prints to the standard error. Failures are ignored, because the exit status shows the outcome too.
pub(crate) fn err(text: &str) {
    if !capture(|it| it.errors.push_str(text)) {
        write(&mut io::stderr().lock(), text.as_bytes()).ok();
    }
}

/// Prints an error on one line.
pub(crate) fn error(error: impl Display) {
    err(&format!("error: {error}\n"));
}

fn write(stream: &mut impl Write, bytes: &[u8]) -> io::Result<()> {
    stream.write_all(bytes)?;
    stream.flush()
}
