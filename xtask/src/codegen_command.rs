//! `cargo xtask codegen`: from the document to the client's source on disk.

use std::{path::PathBuf, process::ExitCode, time::Instant};

use codegen::{Cause, Generated};
use similar::TextDiff;

use crate::{
    linted::{self, PROBLEMS},
    place::{DOCUMENT, Place},
    terminal::{Style, print},
};

const CLIENT: &str = "generated-client/src/generated.rs";
const TABLE: &str = "tests/generated.rs";
const MOCK: &str = "generated-client/src/mock/generated.rs";

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

    /// Where to write the client alone [default: generated-client/src/generated.rs, with its mock server in
    /// generated-client/src/mock/generated.rs and the tests' table of it in tests/generated.rs]
    #[arg(long, value_name = "PATH")]
    output: Option<PathBuf>,

    #[command(flatten)]
    style: Style,
}

impl Arguments {
    /// The command that writes what `--check` found stale.
    fn command(&self) -> String {
        let option = |name, path: &Option<PathBuf>| {
            path.as_ref().map_or_else(String::new, |path| format!(" --{name} {}", path.display()))
        };
        let (document, output) =
            (option("document", &self.document), option("output", &self.output));
        format!("cargo xtask codegen{document}{output}")
    }
}

/// Generates the client, or checks that it is fresh.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let start = Instant::now();
    let document = Place::given_or(arguments.document.as_deref(), DOCUMENT);
    let Some(text) = linted::sound_text(&document, &arguments.style)? else {
        return Ok(ExitCode::from(PROBLEMS));
    };
    let Generated { client, table, mock } = match codegen::generate(&document.name, &text) {
        Ok(generated) => generated,
        Err(diagnostics) => {
            linted::report(&document, text, diagnostics, &arguments.style);
            return Ok(ExitCode::from(PROBLEMS));
        }
    };
    let mut outputs =
        vec![Output::new(Place::given_or(arguments.output.as_deref(), CLIENT), client)?];
    if arguments.output.is_none() {
        outputs.push(Output::new(Place::ours(TABLE), table)?);
        outputs.push(Output::new(Place::ours(MOCK), mock)?);
    }
    outputs.retain(Output::is_stale);

    if arguments.check && !outputs.is_empty() {
        outputs.iter().try_for_each(|output| output.show(arguments))?;
        return Ok(ExitCode::from(STALE));
    }
    outputs.iter().try_for_each(Output::write)?;
    let time = start.elapsed().as_millis();
    print(&format!("{} in {time} ms\n", summary(&document, &outputs)))?;
    Ok(ExitCode::SUCCESS)
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
    fn show(&self, arguments: &Arguments) -> anyhow::Result<()> {
        let name = &self.place.name;
        let found = self.found.as_deref().unwrap_or_default();
        let diff = TextDiff::from_lines(found, &self.fresh);
        print(&diff.unified_diff().header(name, &format!("{name} (fresh)")).to_string())?;
        let command = arguments.command();
        let why = match &self.found {
            None => "it does not exist".to_owned(),
            Some(found) => codegen::causes(found, &self.fresh)
                .iter()
                .map(Cause::to_string)
                .collect::<Vec<_>>()
                .join(" and "),
        };
        eprintln!("error: {name} is out of date: {why}; run `{command}` and commit the result");
        Ok(())
    }
}
