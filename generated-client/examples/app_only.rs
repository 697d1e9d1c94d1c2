//! Signs in as an application and reads a customer's usage spending budget.
//!
//! ```text
//! PARTNER_CENTER_TENANT=contoso.onmicrosoft.com \
//!     PARTNER_CENTER_CLIENT_ID=44444444-4444-4444-4444-444444444444 \
//!     PARTNER_CENTER_CLIENT_SECRET=… \
//!     PARTNER_CENTER_CUSTOMER=11111111-1111-1111-1111-111111111111 \
//!     cargo run --example app_only --features oauth2
//! ```
//!
//! Set `PARTNER_CENTER_CLOUD` to `us-government` to use that cloud. Set `PARTNER_CENTER_AUTHORITY` and
//! `PARTNER_CENTER_URL` to call servers other than Microsoft's.

use std::{env, error::Error, process::ExitCode};

use partner_center_client::{AppCredential, Client, Cloud, uuid::Uuid};

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
    let budget = client.get_usage_budget(&customer).await?;
    match &budget.amount {
        Some(amount) => println!("budget: {amount} a month"),
        None => println!("budget: none"),
    }
    Ok(())
}

fn client() -> Result<Client, Box<dyn Error>> {
    let builder = Client::builder().credential(credential()?);
    let builder = match env::var("PARTNER_CENTER_URL") {
        Ok(url) => builder.base_url(url),
        Err(_) => builder,
    };
    Ok(builder.build()?)
}

fn credential() -> Result<AppCredential, String> {
    let tenant = variable("PARTNER_CENTER_TENANT", "the ID or domain of the partner's tenant")?;
    let client_id = variable("PARTNER_CENTER_CLIENT_ID", "the application's client ID")?;
    let secret = variable("PARTNER_CENTER_CLIENT_SECRET", "the value of a client secret")?;
    let credential = AppCredential::new(tenant, client_id, secret).cloud(cloud()?);
    Ok(match env::var("PARTNER_CENTER_AUTHORITY") {
        Ok(url) => credential.authority(url),
        Err(_) => credential,
    })
}

fn cloud() -> Result<Cloud, String> {
    match env::var("PARTNER_CENTER_CLOUD").as_deref() {
        Err(_) | Ok("commercial") => Ok(Cloud::Commercial),
        Ok("us-government") => Ok(Cloud::UsGovernment),
        Ok(name) => Err(format!(
            "PARTNER_CENTER_CLOUD: unknown cloud `{name}`; set it to commercial or us-government"
        )),
    }
}

fn customer() -> Result<Uuid, String> {
    let name = "PARTNER_CENTER_CUSTOMER";
    let text = variable(name, "the customer's tenant ID")?;
    text.parse().map_err(|error| format!("{name}: {error}; set it to the customer's tenant ID"))
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
