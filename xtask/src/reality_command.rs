//! `cargo xtask reality` compares recorded traffic with the document.

mod summary;

use std::{
    fs::File,
    io::{self, BufReader},
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Context as _, anyhow, bail};
use document::{Diagnostic, Document};
use reality::{BaseUrl, Malformed, Observation, Report, Survey};
use serde::Serialize;
use xtask::{registry_of_traffic, render::Source};

use crate::{
    USAGE_OR_FILES, explain,
    linted::{self, ERRORS, Format, Read},
    location::{DOCUMENT, Location},
    print,
    terminal::Style,
};

#[derive(clap::Args)]
#[command(
    after_help = "Exit status: 0 no differences, 1 differences, 2 a file or an entry could not be compared, no entry \
                  calls an operation, or a usage or I/O error"
)]
pub(crate) struct Arguments {
    /// HAR files, recorded by a browser, a proxy or the client's recorder
    #[arg(value_name = "FILE", required_unless_present_any = ["explain", "rules"])]
    files: Vec<PathBuf>,

    /// The OpenAPI 3.0 document, in YAML or JSON [default: spec/partner-center.yaml]
    #[arg(long, value_name = "PATH")]
    document: Option<PathBuf>,

    /// Compare only requests under this base URL, such as a gateway's [default: any host]
    #[arg(long, value_name = "URL")]
    base_url: Option<BaseUrl>,

    /// The output format of the differences
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    message_format: Format,

    /// Explain a rule, with a wrong and a right example
    #[arg(long, value_name = "RULE", conflicts_with_all = ["files", "rules"])]
    explain: Option<String>,

    /// List the rules
    #[arg(long, conflicts_with = "files")]
    rules: bool,

    #[command(flatten)]
    style: Style,
}

/// Compares recordings with the document, or explains the rules.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    if arguments.rules {
        print::out(&explain::list(&registry_of_traffic()))?;
        return Ok(ExitCode::SUCCESS);
    }
    if let Some(id) = &arguments.explain {
        print::out(&explain::page(id)?)?;
        return Ok(ExitCode::SUCCESS);
    }
    let location = Location::given_or(arguments.document.as_deref(), DOCUMENT);
    let read = Read::of(&location)?;
    let Some(document) = linted::valid_document(&location, &read, &arguments.style)? else {
        bail!("the document has errors, so traffic cannot be compared with it; correct them first");
    };
    let report = survey(&document, arguments)?;
    let name = location.shown();
    let source = Source::new(&name, document.tree.text().as_bytes());
    print::out(&arguments.show(&source, &report))?;
    print::err(&summary::text(&report, &arguments.files));
    Ok(status(&report))
}

fn survey(document: &Document<'_>, arguments: &Arguments) -> anyhow::Result<Report> {
    let mut survey = Survey::new(document, arguments.base_url.clone());
    for path in &arguments.files {
        let shown = path.display();
        if path.is_dir() {
            bail!("{shown} is a folder; specify the HAR files in it");
        }
        let file = File::open(path).with_context(|| format!("cannot read {shown}"))?;
        survey.add(BufReader::new(file)).map_err(|malformed| match malformed {
            Malformed::Unreadable(error) => anyhow!(error).context(format!("cannot read {shown}")),
            malformed @ Malformed::NotJson { .. } => anyhow!("{shown}:{malformed}"),
            malformed @ (Malformed::Utf16 | Malformed::NoEntries) => {
                anyhow!("{shown}: {malformed}")
            }
        })?;
    }
    Ok(survey.finish())
}

/// Returns the exit status. Traffic that was not compared never counts as clean.
fn status(report: &Report) -> ExitCode {
    let has_differences = report.observations().next().is_some();
    if report.compared() == 0 {
        print::error("no entry has a response from an operation in the document");
        return ExitCode::from(USAGE_OR_FILES);
    }
    match (report.malformed.is_empty(), has_differences) {
        (false, _) => ExitCode::from(USAGE_OR_FILES),
        (true, true) => ExitCode::from(ERRORS),
        (true, false) => ExitCode::SUCCESS,
    }
}

/// The details of an observation that its JSON object adds to the diagnostic.
#[derive(Serialize)]
struct Facts<'r> {
    operation: &'r str,
    part: &'r str,
    subject: &'r str,
    kinds: &'r [&'static str],
    entries: usize,
    har: String,
    entry: String,
}

impl Arguments {
    fn show(&self, source: &Source<'_>, report: &Report) -> String {
        let color = self.style.color(&io::stdout());
        let diagnostics: Vec<Diagnostic> =
            report.observations().map(|observation| observation.diagnostic.clone()).collect();
        match self.message_format {
            Format::Text => source.text(&diagnostics, color),
            Format::Github => source.github(&diagnostics),
            Format::Json => report
                .observations()
                .map(|it| source.json_with(&it.diagnostic, self.facts(it)))
                .collect(),
        }
    }

    fn facts<'r>(&self, observation: &'r Observation) -> Facts<'r> {
        let har = self.files.get(observation.file).map(PathBuf::as_path).map(Path::to_string_lossy);
        Facts {
            operation: &observation.operation,
            part: &observation.part,
            subject: &observation.subject,
            kinds: &observation.kinds,
            entries: observation.entries,
            har: har.unwrap_or_default().into_owned(),
            entry: summary::entry(observation.first_entry),
        }
    }
}
