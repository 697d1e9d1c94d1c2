//! Reads a customer's overage.
//!
//! ```text
//! PARTNER_CENTER_TOKEN=… PARTNER_CENTER_CUSTOMER=11111111-1111-1111-1111-111111111111 \
//!     cargo run --example read_overage
//! ```
//!
//! Set `PARTNER_CENTER_URL` to call a server other than Partner Center.

use std::{env, error::Error, process::ExitCode};

use partner_center_client::{Client, types::OverageCollection, uuid::Uuid};

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
    let overages = client.get_overage(&customer).await?;
    print(&overages);
    Ok(())
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

fn print(overages: &OverageCollection) {
    if overages.items.is_empty() {
        println!("no overage");
    }
    for overage in &overages.items {
        let kind = overage.type_.as_ref().map_or("(no type)", |kind| kind.as_str());
        let state = match overage.overage_enabled {
            Some(true) => "on",
            Some(false) => "off",
            None => "not stated",
        };
        let entitlement = overage.azure_entitlement_id.as_deref().unwrap_or("none");
        println!("{kind}: {state}, Azure entitlement {entitlement}");
    }
}

fn report(error: &dyn Error) {
    eprintln!("error: {error}");
    let mut source = error.source();
    while let Some(error) = source {
        eprintln!("  because: {error}");
        source = error.source();
    }
}
