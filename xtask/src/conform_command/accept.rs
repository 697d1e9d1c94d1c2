//! Records messages from pages in `spec/documented`.

use std::{io, process::ExitCode};

use anyhow::bail;
use conform::{Accepted, Checked, Reference, Refusal};
use document::{Diagnostic, phrasing::counted};
use evidence::{File, documented::Evidence};
use xtask::render::Source;

use crate::{
    evidence_files::{EvidenceFiles, location},
    linted::ERRORS,
    output::{self, Output},
    pages::Pages,
    print,
    terminal::Style,
};

/// Records the messages, and prints which errata and examples no longer match them. Writes all files or none.
pub(super) fn run(
    files: &EvidenceFiles,
    evidence: &Evidence,
    reference: &Reference<'_>,
    pages: &mut Pages,
    style: &Style,
) -> anyhow::Result<ExitCode> {
    let checked: Vec<Checked> = pages.relevant.iter().map(|page| page.checked.clone()).collect();
    let accepted = match conform::accept(reference, evidence, &files.index, &checked) {
        Ok(accepted) => accepted,
        Err(Refusal { page, offset, reason }) => {
            let page = &pages.relevant[page];
            let (line, column) = page.source().line_and_column(&(offset..offset));
            bail!("{}:{line}:{column}: {reason}; nothing was recorded", page.name);
        }
    };
    let Accepted { messages, index } = accepted;
    if messages.is_empty() {
        print::out("all messages on these pages are already recorded\n")?;
        return Ok(ExitCode::SUCCESS);
    }
    let recorded = files.with(index.clone(), &messages);
    let mut outputs = Vec::new();
    for (name, text) in messages {
        outputs.push(Output::new(location(&File::Message(name)), text)?);
    }
    outputs.push(Output::new(location(&File::Index), index)?);
    output::write_all(&outputs)?;
    for output in &outputs {
        print::out(&format!("wrote {}\n", output.name()))?;
    }
    report(&recorded, style)
}

/// Prints the problems with the new evidence.
fn report(files: &EvidenceFiles, style: &Style) -> anyhow::Result<ExitCode> {
    let document = files.source();
    let problems = files.problems();
    for (file, diagnostics) in &problems {
        let (name, content) = files.content(file);
        let source = Source::new(&name, content).with_document(Some(&document));
        print::out(&source.text(diagnostics, style.color(&io::stdout())))?;
    }
    let failing: Vec<&Diagnostic> = problems.values().flatten().collect();
    if failing.is_empty() {
        return Ok(ExitCode::SUCCESS);
    }
    let problems = counted(failing.len(), "problem");
    print::err(&format!("{problems} with errata or examples\n"));
    Ok(ExitCode::from(ERRORS))
}
