//! Prints without panicking if a pipe is closed or a disk is full.

use std::{
    cell::RefCell,
    fmt::Display,
    io::{self, Write},
};

use anyhow::Context as _;

/// The output that was captured in a thread.
#[derive(Default)]
pub(crate) struct Printed {
    pub(crate) output: String,
    pub(crate) errors: String,
}

thread_local! {
    static CAPTURED: RefCell<Option<Printed>> = const { RefCell::new(None) };
}

/// Runs a function, and captures what it would print in this thread.
pub(crate) fn captured<T>(run: impl FnOnce() -> T) -> (T, Printed) {
    CAPTURED.set(Some(Printed::default()));
    let result = run();
    (result, CAPTURED.take().unwrap_or_default())
}

/// Adds text to the captured output. Returns false if the output of this thread is not being captured.
fn capture(add: impl FnOnce(&mut Printed)) -> bool {
    CAPTURED.with_borrow_mut(|captured| captured.as_mut().map(add).is_some())
}

/// Prints to standard output.
///
/// A closed pipe is not an error: its reader, such as `head`, has read what it wanted. Any other failure means that the
/// output is incomplete.
pub(crate) fn out(text: &str) -> anyhow::Result<()> {
    match capture(|it| it.output.push_str(text)) {
        true => Ok(()),
        false => bytes_out(text.as_bytes()),
    }
}

/// Prints bytes, which need not be UTF-8, to standard output.
pub(crate) fn bytes_out(bytes: &[u8]) -> anyhow::Result<()> {
    match write(&mut io::stdout().lock(), bytes) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(error).context("cannot write to standard output")
        }
        _ => Ok(()),
    }
}

/// Prints to standard error. Failures are ignored, because the exit status also shows the outcome.
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
