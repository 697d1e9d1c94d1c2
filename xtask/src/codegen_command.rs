//! `cargo xtask codegen` generates the client from the document, and the errata page and the list of the evidence from
//! the document and its evidence.

use std::{path::PathBuf, process::ExitCode, time::Instant};

use anyhow::bail;
use codegen::{Generated, Scope, Support};
use document::Tree;

use crate::{
    evidence_pages,
    isolation::Generator,
    linted::{self, ERRORS, Read},
    location::{DOCUMENT, Location},
    output::Output,
    print, shell,
    terminal::Style,
};

/// The folder of the generated client.
pub(crate) const CLIENT: &str = "generated-client/src/generated";
const TABLE: &str = "tests/support/generated.rs";
/// The generated part of the mock server.
pub(crate) const MOCK: &str = "generated-client/src/mock/generated.rs";
/// The mock's table of operations.
pub(crate) const EXAMPLES: &str = "generated-client/src/mock/examples/generated.rs";
const RECORDER: &str = "generated-client/src/recorder/generated.rs";

/// The exit status if `--check` finds a stale file.
const STALE: u8 = 3;

#[derive(clap::Args)]
#[command(
    after_help = "Exit status: 0 up to date or written, 1 the document has errors, 2 usage or I/O error, \
                        3 a file is stale (with --check)"
)]
pub(crate) struct Arguments {
    /// Write nothing; if a generated file is stale, show the difference and fail
    #[arg(long)]
    pub(crate) check: bool,

    /// The OpenAPI 3.0 document, in YAML or JSON [default: spec/partner-center.yaml]
    #[arg(long, value_name = "PATH")]
    pub(crate) document: Option<PathBuf>,

    /// Write only the client, as types.rs and operations.rs, to this folder [default: generated-client/src/generated,
    /// and also write the mock server to generated-client/src/mock/generated.rs, its examples to
    /// generated-client/src/mock/examples/generated.rs, the recorder's vocabulary to
    /// generated-client/src/recorder/generated.rs, the tests' table to tests/support/generated.rs and, for the default
    /// document, spec/ERRATA.md and the list in spec/README.md]
    #[arg(long, value_name = "FOLDER")]
    pub(crate) output: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) style: Style,
}

impl Arguments {
    /// Returns the command that updates the stale files that `--check` finds.
    fn command(&self) -> String {
        let option = |name, path: &Option<PathBuf>| match path {
            Some(path) => shell::option(name, path),
            None => Some(String::new()),
        };
        match (option("document", &self.document), option("output", &self.output)) {
            (Some(document), Some(output)) => {
                format!("`cargo xtask codegen{document}{output}`")
            }
            _ => "this command without `--check`".to_owned(),
        }
    }
}

/// Generates the client, or checks that it is up to date.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    Ok(ExitCode::from(generate(arguments)?.err().unwrap_or_default()))
}

/// Does the same as [`run`], but returns the document and its client, or the exit status of a failure.
pub(crate) fn generate(arguments: &Arguments) -> anyhow::Result<Result<(Tree, Generated), u8>> {
    let start = Instant::now();
    let document = Location::given_or(arguments.document.as_deref(), DOCUMENT);
    let scope = if arguments.output.is_some() { Scope::Client } else { Scope::All };
    let read = Read::of(&document)?;
    let generator = Generator::begin(&document.name, read.tree().ok(), scope)?;
    let Some(source) = linted::valid_document(&document, &read, &arguments.style)? else {
        return Ok(Err(ERRORS));
    };
    // Meanwhile, the generator runs in its own process.
    let is_project = document.name == DOCUMENT && scope == Scope::All;
    let evidence_pages = if is_project { evidence_pages::outputs(&source)? } else { Vec::new() };
    let generated = linted::generated(generator, &document, &source, &arguments.style)?;
    let Some(generated) = generated else { return Ok(Err(ERRORS)) };
    let mut outputs = outputs(arguments, &generated)?;
    outputs.extend(evidence_pages);
    check_paths(&document, &outputs)?;
    outputs.retain(Output::is_stale);

    if arguments.check && !outputs.is_empty() {
        outputs.iter().try_for_each(|output| print_difference(output, arguments))?;
        return Ok(Err(STALE));
    }
    outputs.iter().try_for_each(Output::write)?;
    let time = start.elapsed().as_millis();
    print::out(&format!("{} in {time} ms\n", summary(&document, &outputs)))?;
    Ok(read.into_tree().map(|tree| (tree, generated)).map_err(|_| ERRORS))
}

fn outputs(arguments: &Arguments, generated: &Generated) -> anyhow::Result<Vec<Output>> {
    let Generated { types, operations, support } = generated;
    let client = Location::given_or(arguments.output.as_deref(), CLIENT);
    client.check_folder()?;
    let mut outputs = vec![
        Output::new(client.below("types.rs"), types.clone())?,
        Output::new(client.below("operations.rs"), operations.clone())?,
    ];
    if let Some(Support { mock, examples, recorder, table }) = support {
        outputs.push(Output::new(Location::in_workspace(MOCK), mock.clone())?);
        outputs.push(Output::new(Location::in_workspace(EXAMPLES), examples.clone())?);
        outputs.push(Output::new(Location::in_workspace(RECORDER), recorder.clone())?);
        outputs.push(Output::new(Location::in_workspace(TABLE), table.clone())?);
    }
    Ok(outputs)
}

/// Fails if an output would overwrite the document or another output, even through links.
fn check_paths(document: &Location, outputs: &[Output]) -> anyhow::Result<()> {
    for (index, output) in outputs.iter().enumerate() {
        if output.is_same_file(&document.path) {
            bail!("{} is the document itself; choose another output", output.name());
        }
        if let Some(other) = outputs[..index].iter().find(|it| it.is_same_file(output.target())) {
            bail!("{} and {} are the same file; remove a link", other.name(), output.name());
        }
    }
    Ok(())
}

/// Prints the difference between a file and its generated content, and the command that updates it.
fn print_difference(output: &Output, arguments: &Arguments) -> anyhow::Result<()> {
    print::out(&output.diff())?;
    let command = arguments.command();
    print::error(format_args!("{}; run {command} and commit the result", output.problem()));
    Ok(())
}

fn summary(document: &Location, written: &[Output]) -> String {
    let names: Vec<String> = written.iter().map(Output::name).collect();
    match names.is_empty() {
        true => format!("up to date with {}", document.shown()),
        false => format!("wrote {} from {}", names.join(", "), document.shown()),
    }
}
