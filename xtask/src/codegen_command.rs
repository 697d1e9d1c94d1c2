//! `cargo xtask codegen`: from the document to the client's source on disk.

use std::{
    env, fs, io,
    path::{Path, PathBuf},
    process::ExitCode,
    time::Instant,
};

use anyhow::Context as _;
use codegen::{Cause, Generated, Problem};
use similar::TextDiff;

const DOCUMENT: &str = "spec/partner-center.yaml";
const CLIENT: &str = "generated-client/src/generated.rs";
const TABLE: &str = "tests/generated.rs";

/// The document has problems.
const PROBLEMS: u8 = 1;
/// `--check` found the source stale.
const STALE: u8 = 3;

#[derive(clap::Args)]
#[command(
    after_help = "Exit status: 0 fresh or written, 1 the document has problems, 2 usage or input/output, \
                        3 stale under --check"
)]
pub(crate) struct Arguments {
    /// Write nothing; fail if the generated source is stale, and show how it differs
    #[arg(long)]
    check: bool,

    /// The OpenAPI 3.0 document, YAML or JSON [default: spec/partner-center.yaml]
    #[arg(long, value_name = "PATH")]
    document: Option<PathBuf>,

    /// Where to write the client alone [default: generated-client/src/generated.rs, and tests/generated.rs
    /// with the tests' table of it]
    #[arg(long, value_name = "PATH")]
    output: Option<PathBuf>,
}

/// Generates the client, or checks that it is fresh.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let start = Instant::now();
    let document = Place::given_or(arguments.document.as_deref(), DOCUMENT);
    let Generated { client, table } = match codegen::generate(&document.name, &document.read()?) {
        Ok(generated) => generated,
        Err(problems) => return Ok(report(&document, &problems)),
    };
    let mut outputs =
        vec![Output::new(Place::given_or(arguments.output.as_deref(), CLIENT), client)?];
    if arguments.output.is_none() {
        outputs.push(Output::new(Place::ours(TABLE), table)?);
    }
    outputs.retain(Output::is_stale);

    if arguments.check && !outputs.is_empty() {
        outputs.iter().for_each(Output::show);
        return Ok(ExitCode::from(STALE));
    }
    outputs.iter().try_for_each(Output::write)?;
    println!("{} in {} ms", summary(&document, &outputs), start.elapsed().as_millis());
    Ok(ExitCode::SUCCESS)
}

fn report(document: &Place, problems: &[Problem]) -> ExitCode {
    for problem in problems {
        eprintln!("error: {}: {problem}", document.name);
    }
    ExitCode::from(PROBLEMS)
}

fn summary(document: &Place, written: &[Output]) -> String {
    let names: Vec<&str> = written.iter().map(|output| output.place.name.as_str()).collect();
    match names.is_empty() {
        true => format!("up to date with {}", document.name),
        false => format!("wrote {} from {}", names.join(" and "), document.name),
    }
}

/// A generated file: what is on disk, and what should be.
struct Output {
    place: Place,
    found: Option<String>,
    fresh: String,
}

impl Output {
    fn new(place: Place, fresh: String) -> anyhow::Result<Self> {
        Ok(Self { found: place.read_if_exists()?, place, fresh })
    }

    fn is_stale(&self) -> bool {
        self.found.as_ref() != Some(&self.fresh)
    }

    fn write(&self) -> anyhow::Result<()> {
        self.place.write(&self.fresh)
    }

    /// Prints how the file differs, and why.
    fn show(&self) {
        let name = &self.place.name;
        let found = self.found.as_deref().unwrap_or_default();
        let diff = TextDiff::from_lines(found, &self.fresh);
        print!("{}", diff.unified_diff().header(name, &format!("{name} (fresh)")));
        let why = match &self.found {
            None => "it does not exist".to_owned(),
            Some(found) => codegen::causes(found, &self.fresh)
                .iter()
                .map(Cause::to_string)
                .collect::<Vec<_>>()
                .join(" and "),
        };
        eprintln!(
            "error: {name} is out of date: {why}; run `cargo xtask codegen` and commit the result"
        );
    }
}

/// A file, and the name by which the user knows it.
struct Place {
    path: PathBuf,
    name: String,
}

impl Place {
    /// A file of the workspace.
    fn ours(name: &str) -> Self {
        Self { path: workspace().join(name), name: name.to_owned() }
    }

    /// The file that the user names, from where he stands; else one of the workspace.
    fn given_or(given: Option<&Path>, ours: &str) -> Self {
        match given {
            None => Self::ours(ours),
            Some(path) => Self { path: path.to_owned(), name: portable_name(path) },
        }
    }

    fn read(&self) -> anyhow::Result<String> {
        fs::read_to_string(&self.path).with_context(|| format!("cannot read {}", self.name))
    }

    fn read_if_exists(&self) -> anyhow::Result<Option<String>> {
        match fs::read_to_string(&self.path) {
            Ok(text) => Ok(Some(text)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error).with_context(|| format!("cannot read {}", self.name)),
        }
    }

    /// Replaces the file in one step, so that nobody ever finds half of it.
    fn write(&self, text: &str) -> anyhow::Result<()> {
        let part = self.path.with_extension(format!("{}.part", std::process::id()));
        fs::write(&part, text)
            .and_then(|()| fs::rename(&part, &self.path))
            .inspect_err(|_| drop(fs::remove_file(&part)))
            .with_context(|| format!("cannot write {}", self.name))
    }
}

/// The path below the workspace with forward slashes, or the file's name: the same on every machine.
fn portable_name(path: &Path) -> String {
    let absolute = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let workspace = fs::canonicalize(workspace()).unwrap_or_else(|_| workspace());
    match absolute.strip_prefix(workspace) {
        Ok(path) => path.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/"),
        Err(_) => path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned(),
    }
}

fn workspace() -> PathBuf {
    let xtask = env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from);
    xtask.parent().expect("xtask is a folder of the workspace").to_owned()
}
