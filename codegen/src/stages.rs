//! The stages of the generator after the text has been read into a tree. They are public for the benchmark.

use document::Document;
use openapiv3::OpenAPI;
use syn::File;

use crate::{
    Generated, Scope, Support,
    annotation::Annotations,
    examples, lower, parse,
    polish::{self, Client, Docs, Mock},
    print::{self, Comments},
    progenitor, table, vocabulary,
};

/// A document that is prepared for progenitor.
#[derive(Clone)]
pub struct Lowered {
    document: OpenAPI,
    annotations: Annotations,
}

/// Code as progenitor generates it.
#[derive(Clone)]
pub struct Raw {
    client: File,
    mock: Option<File>,
}

/// Code in its final form.
pub struct Polished {
    client: Client,
    support: Option<PolishedSupport>,
    comments: Comments,
}

/// The code that completes a client in its final form, and the words that it needs.
struct PolishedSupport {
    mock: Mock,
    /// The values of extensible enums, for the mock.
    extensible: String,
    /// The words that the recorder may write.
    recorded: String,
}

/// Reads the document into progenitor's types, and prepares it for progenitor.
///
/// # Errors
///
/// Returns the first error in reading the document into these types.
pub fn lower(source: &Document<'_>) -> Result<Lowered, String> {
    let (document, annotations) = lower::document(parse::document(source.tree)?, source);
    Ok(Lowered { document, annotations })
}

/// Generates code from a lowered document. Removes the component schemas from the document.
///
/// # Errors
///
/// Returns progenitor's error.
pub fn generate(lowered: &mut Lowered, scope: Scope) -> Result<Raw, String> {
    let (client, mock) = progenitor::client_and_mock(&mut lowered.document, scope)?;
    Ok(Raw { client, mock })
}

/// Rewrites the code into its final, readable form.
///
/// # Errors
///
/// Returns the name that two parts of a model would share.
pub fn polish(raw: Raw, lowered: &Lowered, source: &Document<'_>) -> Result<Polished, String> {
    let examples = examples::of(&lowered.document, source);
    let mut docs = Docs::new(&lowered.annotations);
    let client = polish::client(raw.client, &examples, &mut docs)?;
    let support = raw.mock.map(|mock| PolishedSupport {
        mock: polish::mock(mock, &examples, &client.types, &mut docs),
        extensible: vocabulary::extensible(source),
        recorded: vocabulary::recorded(source),
    });
    Ok(Polished { client, support, comments: docs.into_comments() })
}

/// Prints the code.
#[must_use]
pub fn print(polished: &Polished, path: &str) -> Generated {
    let Polished { client, support, comments } = polished;
    let body = |file: &File| print::file(file, comments);
    let source = |file: &File| print::with_header(&body(file), path);
    Generated {
        types: source(&client.types),
        operations: source(&client.operations),
        support: support.as_ref().map(|PolishedSupport { mock, extensible, recorded }| Support {
            mock: source(&mock.expectations),
            examples: print::with_header(&format!("{}\n{extensible}", body(&mock.examples)), path),
            recorder: print::with_header(recorded, path),
            table: print::with_header(&table::of(client), path),
        }),
    }
}
