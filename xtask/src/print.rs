//! Printing to a reader who may have left, or to a full disk: neither ends a command.

use std::{
    fmt::Display,
    io::{self, Write},
};

use anyhow::Context as _;

/// Prints to the standard output.
///
/// A reader that has left, such as `head`, has read what it wanted. An error of any other kind means that the
/// output is not whole.
pub(crate) fn out(text: &str) -> anyhow::Result<()> {
    match write(&mut io::stdout().lock(), text) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(error).context("cannot write to the standard output")
        }
        _ => Ok(()),
    }
}

/// Prints to the standard error; the exit status says the same to whoever cannot read it.
pub(crate) fn err(text: &str) {
    write(&mut io::stderr().lock(), text).ok();
}

/// Prints an error in one line.
pub(crate) fn error(error: impl Display) {
    err(&format!("error: {error}\n"));
}

fn write(stream: &mut impl Write, text: &str) -> io::Result<()> {
    stream.write_all(text.as_bytes())?;
    stream.flush()
}
