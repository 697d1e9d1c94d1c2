//! Lists customers by the percentage of their budget that they have used. Exits with status 1 if any is over budget.
//!
//! ```text
//! cargo run --example over_budget --features mock,rust_decimal -- --mock
//! PARTNER_CENTER_TOKEN=… cargo run --example over_budget --features mock,rust_decimal -- --json
//! ```
//!
//! `--mock` needs no account: it shows Microsoft's example. Without it, the program calls Partner Center with an
//! app+user token; set `PARTNER_CENTER_URL` to call another server.
//!
//! A customer is over budget if this month's cost exceeds the budget. The program makes no forecast: the records do not
//! say when the billing period begins and ends, and costs do not grow evenly.

mod assess;
mod report;
#[cfg(test)]
mod tests;

use std::{
    env,
    error::Error,
    io::{self, Write as _},
    process::ExitCode,
    time::Duration,
};

use clap::Parser;
use futures::TryStreamExt as _;
use indicatif::{ProgressBar, ProgressStyle};
use partner_center_client::{
    Client, mock::MockTransport, types::CustomerMonthlyUsageRecord as UsageRecord,
};

use self::{assess::Customer, report::Format};

/// Lists customers by the percentage of their budget that they have used.
#[derive(Parser)]
#[command(name = "over_budget", after_help = AFTER_HELP)]
struct Arguments {
    /// Show Microsoft's example instead of your customers
    #[arg(long)]
    mock: bool,
    /// Print a JSON array instead of a table
    #[arg(long, conflicts_with = "csv")]
    json: bool,
    /// Print CSV instead of a table; an apostrophe precedes values that a spreadsheet could read as a formula
    #[arg(long)]
    csv: bool,
}

const AFTER_HELP: &str = "\
Environment:
  PARTNER_CENTER_TOKEN  an app+user access token for Partner Center
  PARTNER_CENTER_URL    the URL of a server other than Partner Center

Exit status:
  0  no customer is over budget
  1  at least one customer is over budget
  2  the program failed";

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match run(&arguments).await {
        Ok(customers) => exit_code(&customers),
        Err(error) => {
            eprintln!("error: {}", with_causes(error.as_ref()));
            ExitCode::from(2)
        }
    }
}

async fn run(arguments: &Arguments) -> Result<Vec<Customer>, Box<dyn Error>> {
    let client = if arguments.mock { MockTransport::new().client() } else { client()? };
    let customers = assess::customers(read(&client).await?);
    let report = report::text(&customers, arguments.format())?;
    io::stdout().write_all(report.as_bytes())?;
    Ok(customers)
}

impl Arguments {
    fn format(&self) -> Format {
        match (self.json, self.csv) {
            (true, _) => Format::Json,
            (_, true) => Format::Csv,
            _ => Format::Table,
        }
    }
}

fn client() -> Result<Client, Box<dyn Error>> {
    let token = env::var("PARTNER_CENTER_TOKEN").map_err(|error| {
        format!("PARTNER_CENTER_TOKEN: {error}; set it to an app+user access token, or pass --mock")
    })?;
    let builder = Client::builder().access_token(token);
    let builder = match env::var("PARTNER_CENTER_URL") {
        Ok(url) => builder.base_url(url),
        Err(_) => builder,
    };
    Ok(builder.build()?)
}

/// Reads the records of all customers. Fails if any page cannot be read.
async fn read(client: &Client) -> Result<Vec<UsageRecord>, partner_center_client::Error> {
    // The spinner is drawn only if standard error is a terminal.
    let style = ProgressStyle::with_template("{spinner} read {pos} usage records");
    let progress = ProgressBar::new_spinner().with_style(style.expect("the template is valid"));
    progress.enable_steady_tick(Duration::from_millis(100));
    let records = client.list_customer_usage_records_items();
    let records = records.inspect_ok(|_| progress.inc(1)).try_collect().await;
    progress.finish_and_clear();
    records
}

fn exit_code(customers: &[Customer]) -> ExitCode {
    if customers.iter().any(Customer::is_over) { ExitCode::from(1) } else { ExitCode::SUCCESS }
}

/// Returns the error and its causes on one line.
fn with_causes(error: &dyn Error) -> String {
    let causes = std::iter::successors(error.source(), |&cause| cause.source());
    causes.fold(error.to_string(), |line, cause| format!("{line}: {cause}"))
}
