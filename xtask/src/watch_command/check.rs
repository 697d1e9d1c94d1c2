//! Compiles the client, and reads cargo's messages.

use std::{
    io::{self, BufRead as _, BufReader, Read},
    process::Stdio,
    sync::mpsc::Sender,
    time::Instant,
};

use xtask::render::Color;

use super::{
    Event,
    task::{Report, Task, Watch},
};
use crate::process;

/// The width of the first word of a status line, which is right-aligned.
const STATUS: usize = 12;

/// Compiles the client, and sends a report on it. Before the report, sends an event whenever cargo starts or stops waiting
/// for a lock.
pub(super) fn run(watch: &Watch, sender: &Sender<Event>) {
    let start = Instant::now();
    let (succeeded, details) = match compile(watch, sender) {
        Ok(compiled) => compiled,
        Err(error) => (false, format!("error: cannot run cargo: {error}")),
    };
    let summary = match succeeded {
        true => format!("the client compiles ({:.1} s)", start.elapsed().as_secs_f64()),
        false => "the client does not compile".to_owned(),
    };
    let report = Report { task: Task::Check, succeeded, summary, details };
    // The receiver no longer exists when the program ends.
    sender.send(Event::Reported(report)).ok();
}

/// Returns true if the client compiles, and the compiler's messages.
fn compile(watch: &Watch, sender: &Sender<Event>) -> io::Result<(bool, String)> {
    let mut command = process::command("cargo");
    command.args(["check", "--package", "partner-center-client", "--features", "mock"]);
    let color = if watch.color == Color::Ansi { "always" } else { "never" };
    command.env("CARGO_TERM_COLOR", color);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
    let mut child = command.spawn()?;
    let messages = child.stderr.take().map(|errors| messages(errors, sender));
    Ok((child.wait()?.success(), messages.unwrap_or_default()))
}

/// Returns the messages without the status lines. Sends an event whenever cargo starts or stops waiting for a lock.
fn messages(errors: impl Read, sender: &Sender<Event>) -> String {
    let mut messages = String::new();
    let mut is_blocked = false;
    for line in BufReader::new(errors).split(b'\n').map_while(Result::ok) {
        let line = String::from_utf8_lossy(&line).into_owned();
        let lock = match status(&plain(&line)) {
            Some(("Blocking", rest)) => Some(rest.trim_start_matches("waiting for ").to_owned()),
            Some(_) => None,
            None => {
                messages += &line;
                messages.push('\n');
                None
            }
        };
        if is_blocked || lock.is_some() {
            is_blocked = lock.is_some();
            // The receiver no longer exists when the program ends.
            sender.send(Event::Blocked(lock)).ok();
        }
    }
    messages
}

/// Splits a status line, such as `    Checking client v0.1.0`. Returns `None` for a line that is part of a message.
fn status(line: &str) -> Option<(&str, &str)> {
    let (word, rest) = line.split_at_checked(STATUS)?;
    let word = word.trim_start_matches(' ');
    let is_word = word.starts_with(|first: char| first.is_ascii_uppercase())
        && word.chars().all(|char| char.is_ascii_alphabetic());
    is_word.then_some((word, rest.strip_prefix(' ')?))
}

/// Removes the escape codes for colors.
fn plain(line: &str) -> String {
    let mut parts = line.split("\u{1b}[");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| text + part.split_once('m').map_or(part, |(_, rest)| rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn status_lines_are_not_messages() {
        let colored = "\u{1b}[1m\u{1b}[92m    Checking\u{1b}[0m client v0.1.0";
        assert_eq!(status(&plain(colored)), Some(("Checking", "client v0.1.0")));
        for line in
            ["error: Checking failed", "12 |     let Client", "              found `Client`", ""]
        {
            assert_eq!(status(line), None, "{line}");
        }
    }
}
