//! Runs the generator in a separate process, because on some documents it overflows its stack, exhausts memory or never
//! finishes. The command must report a diagnostic even then.

use std::{
    cell::{Cell, RefCell},
    env,
    io::{self, Read as _, Write as _},
    path::PathBuf,
    process::{self, Child, Command, ExitCode, ExitStatus, Stdio},
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

use anyhow::Context as _;
use cap::Cap;
use codegen::{Generated, Outcome, Scope};
use document::{Diagnostic, Tree};
use mimalloc::MiMalloc;

use crate::print;

/// The name of the hidden task that runs the generator once.
pub(crate) const TASK: &str = "run-generator";

/// The stack size of the generator, the same on every platform. A larger stack would only delay the overflow in an
/// endless recursion.
const STACK: usize = 8 << 20;

/// The memory limit of the generator, in bytes.
const MEMORY: usize = 4 << 30;

/// The base time limit for a document. A longer document gets more time.
const LIMIT: Duration = Duration::from_secs(20);

/// The number of document bytes that extend the time limit by a millisecond.
const BYTES_PER_MILLISECOND: usize = 50;

/// The time limits for one part of a document, and for the whole search for the parts that fail.
const LIMIT_OF_PART: Duration = Duration::from_secs(5);
const LIMIT_OF_SEARCH: Duration = Duration::from_secs(30);

#[global_allocator]
static ALLOCATOR: Cap<MiMalloc> = Cap::new(MiMalloc, usize::MAX);

/// The arguments of the hidden task.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The path of the document, as the generated sources show it
    path: String,

    /// Generate only the client
    #[arg(long)]
    client: bool,
}

/// Runs the generator for one document and its parts.
pub(crate) struct Generator<'p> {
    executable: PathBuf,
    path: &'p str,
    scope: Scope,
    /// The run that was started before linting, and the text of its document.
    started: RefCell<Option<(String, Run)>>,
    /// The deadline of the search for the parts that fail, once the first run has begun.
    end: Cell<Option<Instant>>,
    /// The error in starting or awaiting a process, after which no more processes are started.
    spawn_error: RefCell<Option<anyhow::Error>>,
}

impl<'p> Generator<'p> {
    /// Starts the generator on a document, so that it runs while the document is linted. Linting rarely finds an error,
    /// so the run is rarely wasted.
    pub(crate) fn begin(
        path: &'p str,
        document: Option<&Tree>,
        scope: Scope,
    ) -> anyhow::Result<Self> {
        let generator = Self {
            executable: env::current_exe().context("cannot find the executable of this command")?,
            path,
            scope,
            started: RefCell::new(None),
            end: Cell::new(None),
            spawn_error: RefCell::new(None),
        };
        if let Some(tree) = document {
            let run = generator.start(tree)?;
            generator.started.replace(Some((tree.text().to_owned(), run)));
        }
        Ok(generator)
    }

    /// Returns the generated sources of a document, or diagnostics for the parts on which the generator fails.
    pub(crate) fn generate(self, text: &str) -> anyhow::Result<Result<Generated, Vec<Diagnostic>>> {
        let generated = codegen::generate_by(text, &|text| self.run(text));
        self.spawn_error.into_inner().map_or(Ok(generated), Err)
    }

    fn run(&self, text: &str) -> Outcome {
        let limit = self.limit(text);
        if limit.is_zero() || self.spawn_error.borrow().is_some() {
            return Outcome::Skipped;
        }
        let run = match self.started.take().filter(|(document, _)| document == text) {
            Some((_, run)) => Ok(run),
            None => match document::read(text.as_bytes()) {
                Ok(tree) => self.start(&tree),
                Err(unreadable) => return Outcome::Failed(unreadable.message),
            },
        };
        run.and_then(|run| run.outcome(limit)).unwrap_or_else(|error| {
            self.spawn_error.replace(Some(error));
            Outcome::Skipped
        })
    }

    /// Returns the time limit for the next run. The first run is for the whole document, later runs are for its parts.
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

    fn start(&self, tree: &Tree) -> anyhow::Result<Run> {
        let mut command = Command::new(&self.executable);
        command.arg(TASK).args((self.scope == Scope::Client).then_some("--client"));
        command.args(["--", self.path]);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().context("cannot start the generator")?;
        let output = communicate(&mut child, tree.to_bytes());
        Ok(Run { child, output })
    }
}

/// A process that runs the generator once. Dropping this value kills it.
struct Run {
    child: Child,
    output: mpsc::Receiver<Printed>,
}

impl Run {
    fn outcome(mut self, limit: Duration) -> anyhow::Result<Outcome> {
        let Ok(printed) = self.output.recv_timeout(limit) else {
            return Ok(Outcome::Failed(format!("no result in {} s", limit.as_secs())));
        };
        let status = self.child.wait().context("cannot wait for the generator")?;
        Ok(printed.outcome(status))
    }
}

impl Drop for Run {
    fn drop(&mut self) {
        // Both fail only if the process has already exited.
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// The output of a process.
struct Printed {
    output: Vec<u8>,
    errors: String,
}

/// Sends the process the length of the serialized document, then the document. When the process ends, sends its output
/// to the receiver. Its input stays open until then, because the end of input tells it that this process was killed.
fn communicate(child: &mut Child, document: Vec<u8>) -> mpsc::Receiver<Printed> {
    let (output, errors) = (child.stdout.take(), child.stderr.take());
    let mut input = child.stdin.take();
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let message = [&(document.len() as u64).to_le_bytes(), document.as_slice()].concat();
        // Writing fails if the process has exited; its exit status then shows the problem.
        input.as_mut().and_then(|input| input.write_all(&message).ok());
        let mut printed = Printed { output: Vec::new(), errors: String::new() };
        output.and_then(|mut output| output.read_to_end(&mut printed.output).ok());
        errors.and_then(|mut errors| errors.read_to_string(&mut printed.errors).ok());
        drop(input);
        sender.send(printed).ok();
    });
    receiver
}

impl Printed {
    fn outcome(self, status: ExitStatus) -> Outcome {
        match postcard::from_bytes(&self.output) {
            Ok(Ok(generated)) if status.success() => Outcome::Generated(generated),
            Ok(Err(reason)) if status.success() => Outcome::Failed(reason),
            _ => Outcome::Failed(self.reason(status)),
        }
    }

    /// Describes why a process ended without a result.
    fn reason(&self, status: ExitStatus) -> String {
        let printed = |text| self.errors.contains(text);
        if printed("overflowed its stack") {
            "it overflows the stack".to_owned()
        } else if printed("memory allocation of") {
            format!("it uses more than {} GB of memory", MEMORY >> 30)
        } else {
            format!("the generator ended with {status}")
        }
    }
}

/// Runs the generator once, on the document from standard input, and writes the result to standard output.
pub(crate) fn serve(Arguments { path, client }: Arguments) -> anyhow::Result<ExitCode> {
    // This fails only if more memory is already in use.
    ALLOCATOR.set_limit(MEMORY).ok();
    let document = received().context("cannot read standard input")?;
    thread::spawn(end_with_parent);
    let tree = Tree::from_bytes(&document).context("cannot decode the serialized document")?;
    let scope = if client { Scope::Client } else { Scope::All };
    let run = move || codegen::run_on(&path, &tree, scope);
    let run = thread::Builder::new().stack_size(STACK).spawn(run)?;
    let result = run.join().unwrap_or_else(|_| Err("the generator panics".to_owned()));
    print::bytes_out(&postcard::to_allocvec(&result)?)?;
    Ok(ExitCode::SUCCESS)
}

/// Reads the length of the document, then the document.
fn received() -> io::Result<Vec<u8>> {
    let mut length = [0; size_of::<u64>()];
    let mut input = io::stdin().lock();
    input.read_exact(&mut length)?;
    let mut document = Vec::new();
    input.take(u64::from_le_bytes(length)).read_to_end(&mut document)?;
    Ok(document)
}

/// Waits for the end of the input, and then ends this process. Otherwise, a generator that never finishes would outlive
/// a killed parent.
fn end_with_parent() {
    io::copy(&mut io::stdin(), &mut io::sink()).ok();
    process::exit(1);
}
