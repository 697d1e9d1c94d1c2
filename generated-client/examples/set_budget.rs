//! Sets a customer's monthly usage spending budget, or clears it.
//!
//! ```text
//! PARTNER_CENTER_TOKEN=… PARTNER_CENTER_CUSTOMER=11111111-1111-1111-1111-111111111111 \
//!     PARTNER_CENTER_BUDGET=250.00 cargo run --example set_budget
//! ```
//!
//! Set `PARTNER_CENTER_BUDGET` to `none` to clear the budget. Set `PARTNER_CENTER_URL` to call a server
//! other than Partner Center.

use std::{env, error::Error, process::ExitCode};

use partner_center_client::{Amount, Client, types::SpendingBudgetUpdate, uuid::Uuid};

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            report(error.as_ref());
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<(), Box<dyn Error>> {
    let client = client()?;
    let customer = customer()?;
    let update = SpendingBudgetUpdate::new(amount()?);
    let budget = client.update_usage_budget(&customer, &update).await?;
    match &budget.amount {
        Some(amount) => println!("budget: {amount} a month (request ID {})", budget.request_id()),
        None => println!("budget: none (request ID {})", budget.request_id()),
    }
    Ok(())
}

/// Reads the amount from the environment. An unset variable is an error, so nobody clears a budget by accident.
fn amount() -> Result<Option<Amount>, Box<dyn Error>> {
    let text = variable("PARTNER_CENTER_BUDGET", "an amount such as 250.00, or to `none`")?;
    Ok(if text == "none" { None } else { Some(text.parse()?) })
}

fn customer() -> Result<Uuid, String> {
    let name = "PARTNER_CENTER_CUSTOMER";
    let text = variable(name, "the customer's tenant ID")?;
    text.parse().map_err(|error| format!("{name}: {error}; set it to the customer's tenant ID"))
}

fn client() -> Result<Client, Box<dyn Error>> {
    let token = variable("PARTNER_CENTER_TOKEN", "an access token for Partner Center")?;
    let builder = Client::builder().access_token(token);
    let builder = match env::var("PARTNER_CENTER_URL") {
        Ok(url) => builder.base_url(url),
        Err(_) => builder,
    };
    Ok(builder.build()?)
}

fn variable(name: &str, meaning: &str) -> Result<String, String> {
    env::var(name).map_err(|error| format!("{name}: {error}; set it to {meaning}"))
}

fn report(error: &dyn Error) {
    eprintln!("error: {error}");
    let mut source = error.source();
    while let Some(error) = source {
        eprintln!("  because: {error}");
        source = error.source();
    }
}
