//! Prints to a pipe that may be closed, or to a disk that may be full. Neither makes a command panic.

use std::{
    fmt::Display,
    io::{self, Write},
};

use anyhow::Context as _;

/// Prints to the standard output.
///
/// A closed pipe is not an error: its reader, such as `head`, has read what it wanted. Any other failure means that the
/// output is incomplete.
pub(crate) fn out(text: &str) -> anyhow::Result<()> {
    bytes_out(text.as_bytes())
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
    write(&mut io::stderr().lock(), text.as_bytes()).ok();
}

/// Prints an error on one line.
pub(crate) fn error(error: impl Display) {
    err(&format!("error: {error}\n"));
}

fn write(stream: &mut impl Write, bytes: &[u8]) -> io::Result<()> {
    stream.write_all(bytes)?;
    stream.flush()
}
