//! Reads the usage spending budgets of thousands of customers, and resumes after an interruption.
//!
//! ```text
//! PARTNER_CENTER_TOKEN=… cargo run --release --example sweep -- customers.txt journal.jsonl
//! ```
//!
//! `customers.txt` contains one tenant ID per line; `-` reads the IDs from standard input. Each result is
//! written to the journal immediately, one per line. A customer whose budget is in the journal is
//! skipped; a customer whose call failed is retried. At the end, or after Ctrl-C, the example prints a
//! table of the budgets in the journal, followed by the errors. A rejected token ends the sweep. Set
//! `PARTNER_CENTER_URL` to call a server other than Partner Center.

use std::{
    collections::{BTreeMap, HashSet},
    env,
    error::Error,
    fs::{File, OpenOptions},
    io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
    process::ExitCode,
};

use futures::{StreamExt, stream};
use indicatif::{ProgressBar, ProgressStyle};
use partner_center_client::{Amount, Client, ErrorKind, StatusCode, serde_json, uuid::Uuid};
use serde::{Deserialize, Serialize};

/// The number of concurrent calls, and therefore the maximum number of results in memory.
const AT_ONCE: usize = 8;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match run().await {
        Ok(0) => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {}", with_causes(error.as_ref()));
            ExitCode::FAILURE
        }
    }
}

/// Runs the sweep and returns the number of customers with an error.
async fn run() -> Result<usize, Box<dyn Error>> {
    let (customers, journal) = arguments()?;
    let (client, customers) = (client()?, read_customers(&customers)?);
    let done = read_journal(&journal)?.done;
    let mut known = done.clone();
    let left: Vec<Uuid> = customers.into_iter().filter(|it| known.insert(*it)).collect();
    println!("{} customers in the journal, {} to read", done.len(), left.len());
    sweep(&client, &left, &journal).await?;
    report(&journal)
}

fn arguments() -> Result<(String, PathBuf), String> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    match <[String; 2]>::try_from(arguments) {
        Ok([customers, journal]) => Ok((customers, journal.into())),
        Err(_) => {
            Err("usage: sweep CUSTOMERS JOURNAL; CUSTOMERS is a file, or `-` for standard input"
                .to_owned())
        }
    }
}

fn client() -> Result<Client, Box<dyn Error>> {
    let token = env::var("PARTNER_CENTER_TOKEN")
        .map_err(|error| format!("PARTNER_CENTER_TOKEN: {error}; set it to an access token"))?;
    let builder = Client::builder().access_token(token).requests_per_minute(450);
    let builder = match env::var("PARTNER_CENTER_URL") {
        // Your own server does not throttle.
        Ok(url) => builder.base_url(url).requests_per_second(10_000),
        Err(_) => builder,
    };
    Ok(builder.concurrent_calls(AT_ONCE).build()?)
}

fn read_customers(name: &str) -> Result<Vec<Uuid>, String> {
    let lines = match name {
        "-" => io::stdin().lines().collect::<io::Result<Vec<_>>>(),
        path => File::open(path).and_then(|file| BufReader::new(file).lines().collect()),
    };
    let lines = lines.map_err(|error| format!("{name}: {error}"))?;
    let customers = lines.iter().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let customer = |(index, line): (usize, &String)| {
        let error = |error| format!("{name}:{}: {error}; write one tenant ID per line", index + 1);
        line.trim().parse().map_err(error)
    };
    customers.map(customer).collect()
}

async fn sweep(client: &Client, customers: &[Uuid], journal: &Path) -> Result<(), Box<dyn Error>> {
    let mut journal = append(journal)?;
    let progress = ProgressBar::new(customers.len() as u64);
    progress.set_style(
        ProgressStyle::with_template("{wide_bar} {pos}/{len} customers, {eta} left{msg}")
            .expect("the template is valid"),
    );
    let mut results = stream::iter(customers)
        .map(|customer| ask(client, *customer))
        .buffer_unordered(AT_ONCE)
        .take_until(Box::pin(tokio::signal::ctrl_c()));
    let mut errors = 0;
    while let Some(entry) = results.next().await {
        let entry = entry?;
        if entry.error.is_some() {
            errors += 1;
            progress.set_message(format!(", {errors} errors"));
        }
        writeln!(journal, "{}", serde_json::to_string(&entry)?)?;
        progress.inc(1);
    }
    progress.finish();
    Ok(())
}

/// Reads a customer's budget. A token error ends the sweep, because it affects all customers.
async fn ask(client: &Client, customer: Uuid) -> Result<Entry, Box<dyn Error>> {
    match client.get_usage_budget(&customer).await {
        Ok(budget) => Ok(Entry { customer, budget: budget.into_inner().amount, error: None }),
        Err(error) if is_of_the_token(&error) => Err(error.into()),
        Err(error) => Ok(Entry { customer, budget: None, error: Some(with_causes(&error)) }),
    }
}

/// Returns the error and its causes on one line.
fn with_causes(error: &dyn Error) -> String {
    let causes = std::iter::successors(error.source(), |&cause| cause.source());
    causes.fold(error.to_string(), |line, cause| format!("{line}: {cause}"))
}

fn is_of_the_token(error: &partner_center_client::Error) -> bool {
    error.kind() == ErrorKind::Credential || error.status() == Some(StatusCode::UNAUTHORIZED)
}

/// A line of the journal.
#[derive(Deserialize, Serialize)]
struct Entry {
    customer: Uuid,
    budget: Option<Amount>,
    error: Option<String>,
}

/// Opens the journal for appending. If an interruption left an incomplete line, the next entry starts on a new line.
fn append(journal: &Path) -> io::Result<File> {
    let mut file = OpenOptions::new().create(true).read(true).append(true).open(journal)?;
    let mut last = [b'\n'];
    if file.seek(SeekFrom::End(-1)).is_ok() {
        file.read_exact(&mut last)?;
    }
    if last != [b'\n'] {
        writeln!(file)?;
    }
    Ok(file)
}

#[derive(Default)]
struct Journal {
    done: HashSet<Uuid>,
    /// The last error of each customer without a budget.
    errors: BTreeMap<Uuid, String>,
}

fn read_journal(path: &Path) -> io::Result<Journal> {
    let mut journal = Journal::default();
    for entry in entries(path)? {
        match entry.error {
            Some(error) => drop(journal.errors.insert(entry.customer, error)),
            None => drop(journal.done.insert(entry.customer)),
        }
    }
    journal.errors.retain(|customer, _| !journal.done.contains(customer));
    Ok(journal)
}

/// Returns the entries of the journal, and skips lines that an interruption left incomplete.
fn entries(path: &Path) -> io::Result<impl Iterator<Item = Entry>> {
    let file = OpenOptions::new().read(true).append(true).create(true).open(path)?;
    let lines = BufReader::new(file).lines().map_while(Result::ok);
    Ok(lines.filter_map(|line| serde_json::from_str(&line).ok()))
}

fn report(path: &Path) -> Result<usize, Box<dyn Error>> {
    let errors = read_journal(path)?.errors;
    let mut out = io::stdout().lock();
    writeln!(out, "{:<36}  {:>16}", "customer", "monthly budget")?;
    for Entry { customer, budget, .. } in entries(path)?.filter(|entry| entry.error.is_none()) {
        let budget = budget.map_or_else(|| "none".to_owned(), |amount| amount.to_string());
        writeln!(out, "{customer}  {budget:>16}")?;
    }
    for (customer, error) in &errors {
        writeln!(out, "{customer}  error: {error}")?;
    }
    Ok(errors.len())
}
