//! Runs of the generator in a process of their own: some documents overflow its stack, fill the memory or keep it
//! busy for ever, and none of them may end the command without a word.

use std::{
    cell::{Cell, RefCell},
    env,
    io::{self, Read as _, Write as _},
    path::PathBuf,
    process::{Child, Command, ExitCode, ExitStatus, Stdio},
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

use anyhow::Context as _;
use cap::Cap;
use codegen::{Generated, Outcome, Scope};
use document::Diagnostic;

use crate::print;

/// The hidden task that runs the generator once.
pub(crate) const TASK: &str = "run-generator";

/// The stack of the generator, the same on every system. A larger one only makes endless recursion take longer.
const STACK: usize = 8 << 20;

/// The memory of the generator.
const MEMORY: usize = 4 << 30;

/// How long a document may take, besides a while for its length.
const LIMIT: Duration = Duration::from_secs(20);

/// How many bytes of a document add a millisecond to that.
const BYTES_PER_MILLISECOND: usize = 50;

/// How long a part of a document may take, and how long the search for the parts that fail.
const LIMIT_OF_PART: Duration = Duration::from_secs(5);
const LIMIT_OF_SEARCH: Duration = Duration::from_secs(30);

#[global_allocator]
static ALLOCATOR: Cap<std::alloc::System> = Cap::new(std::alloc::System, usize::MAX);

/// What a run of the generator gets.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The path of the document that the sources name
    path: String,

    /// Generate the client alone
    #[arg(long)]
    client: bool,
}

/// The generator for one document and its parts.
pub(crate) struct Generator<'p> {
    executable: PathBuf,
    path: &'p str,
    scope: Scope,
    /// The run that has begun already, and its document.
    begun: RefCell<Option<(String, Run)>>,
    /// When the search for the parts that fail has to end, once it has begun.
    end: Cell<Option<Instant>>,
    /// Why no process can be started.
    broken: RefCell<Option<anyhow::Error>>,
}

impl<'p> Generator<'p> {
    /// Lets the generator begin with a document while the rules are checked, most often without a diagnostic.
    pub(crate) fn begin(path: &'p str, text: Option<String>, scope: Scope) -> anyhow::Result<Self> {
        let generator = Self {
            executable: env::current_exe().context("cannot find the program of this command")?,
            path,
            scope,
            begun: RefCell::new(None),
            end: Cell::new(None),
            broken: RefCell::new(None),
        };
        if let Some(text) = text {
            let run = generator.start(&text)?;
            generator.begun.replace(Some((text, run)));
        }
        Ok(generator)
    }

    /// Generates everything that a document yields, or finds the parts that keep it from becoming a client.
    pub(crate) fn generate(self, text: &str) -> anyhow::Result<Result<Generated, Vec<Diagnostic>>> {
        let generated = codegen::generate_by(text, &|text| self.run(text));
        self.broken.into_inner().map_or(Ok(generated), Err)
    }

    fn run(&self, text: &str) -> Outcome {
        let limit = self.limit(text);
        if limit.is_zero() || self.broken.borrow().is_some() {
            return Outcome::Skipped;
        }
        let begun = self.begun.take().filter(|(begun, _)| begun == text);
        let run = begun.map_or_else(|| self.start(text), |(_, run)| Ok(run));
        run.and_then(|run| run.outcome(limit)).unwrap_or_else(|error| {
            self.broken.replace(Some(error));
            Outcome::Skipped
        })
    }

    /// The time for the next document: first the whole, then parts of it.
    fn limit(&self, text: &str) -> Duration {
        let more = Duration::from_millis((text.len() / BYTES_PER_MILLISECOND) as u64);
        match self.end.get() {
            None => {
                let limit = LIMIT + more;
                self.end.set(Some(Instant::now() + limit + LIMIT_OF_SEARCH));
                limit
            }
            Some(end) => {
                let left = end.saturating_duration_since(Instant::now());
                left.min(LIMIT_OF_PART + more)
            }
        }
    }

    fn start(&self, text: &str) -> anyhow::Result<Run> {
        let mut command = Command::new(&self.executable);
        command.arg(TASK).args((self.scope == Scope::Client).then_some("--client"));
        command.args(["--", self.path]);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().context("cannot start the generator")?;
        let answers = converse(&mut child, text.to_owned());
        Ok(Run { child, answers })
    }
}

/// A process that runs the generator once; it ends with this value at the latest.
struct Run {
    child: Child,
    answers: mpsc::Receiver<Answer>,
}

impl Run {
    fn outcome(mut self, limit: Duration) -> anyhow::Result<Outcome> {
        let Ok(answer) = self.answers.recv_timeout(limit) else {
            return Ok(Outcome::Failed(format!("no result in {} s", limit.as_secs())));
        };
        let status = self.child.wait().context("cannot wait for the generator")?;
        Ok(answer.outcome(status))
    }
}

impl Drop for Run {
    fn drop(&mut self) {
        // Both fail only for a process that has ended.
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// What a process has printed.
struct Answer {
    output: Vec<u8>,
    errors: String,
}

/// Sends the document to the process, and later what it has printed to the receiver.
fn converse(child: &mut Child, text: String) -> mpsc::Receiver<Answer> {
    let (input, output, errors) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        // A process that has ended reads nothing; its status says why.
        input.and_then(|mut input| input.write_all(text.as_bytes()).ok());
        let mut answer = Answer { output: Vec::new(), errors: String::new() };
        output.and_then(|mut output| output.read_to_end(&mut answer.output).ok());
        errors.and_then(|mut errors| errors.read_to_string(&mut answer.errors).ok());
        sender.send(answer).ok();
    });
    receiver
}

impl Answer {
    fn outcome(self, status: ExitStatus) -> Outcome {
        match serde_json::from_slice(&self.output) {
            Ok(Ok(generated)) if status.success() => Outcome::Generated(generated),
            Ok(Err(reason)) if status.success() => Outcome::Failed(reason),
            _ => Outcome::Failed(self.reason(status)),
        }
    }

    /// Why a process ended before it had a result.
    fn reason(&self, status: ExitStatus) -> String {
        let says = |text| self.errors.contains(text);
        if says("overflowed its stack") {
            "it overflows the stack".to_owned()
        } else if says("memory allocation of") {
            format!("it takes more than {} GB of memory", MEMORY >> 30)
        } else {
            format!("the generator ended with {status}")
        }
    }
}

/// Runs the generator once: the document is on the standard input, the result goes to the standard output.
pub(crate) fn serve(Arguments { path, client }: Arguments) -> anyhow::Result<ExitCode> {
    // Only a limit below what is in use already is refused.
    ALLOCATOR.set_limit(MEMORY).ok();
    let mut text = String::new();
    io::stdin().read_to_string(&mut text).context("cannot read the standard input")?;
    let scope = if client { Scope::Client } else { Scope::All };
    let run = move || codegen::run(&path, &text, scope);
    let run = thread::Builder::new().stack_size(STACK).spawn(run)?;
    let result = run.join().unwrap_or_else(|_| Err("the generator panics".to_owned()));
    print::out(&serde_json::to_string(&result)?)?;
    Ok(ExitCode::SUCCESS)
}
