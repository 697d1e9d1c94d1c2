//! Reads a customer's overage and sets a budget, with a mock in place of Partner Center.
//!
//! ```text
//! cargo run --example quickstart --features mock
//! ```
//!
//! It needs no account and no network: the mock responds to each operation with the documented example
//! and remembers changes. For the real service, create the client with `Client::builder()`.

use std::error::Error;

use partner_center_client::{
    mock::{MockTransport, Quirk},
    types::SpendingBudgetUpdate,
    uuid::Uuid,
};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let transport = MockTransport::new();
    let client = transport.client();
    let customer = Uuid::parse_str("11111111-1111-1111-1111-111111111111")?;

    let overages = client.get_overage(&customer).await?;
    for overage in &overages.items {
        let kind = overage.type_.as_ref().map_or("(no type)", |kind| kind.as_str());
        match overage.overage_enabled {
            Some(true) => println!("overage of {kind}: on"),
            Some(false) => println!("overage of {kind}: off"),
            None => println!("overage of {kind}: not stated"),
        }
    }

    let update = SpendingBudgetUpdate::new(Some("250.00".parse()?));
    client.update_usage_budget(&customer, &update).await?;
    let budget = client.get_usage_budget(&customer).await?;
    match &budget.amount {
        Some(amount) => println!("budget: {amount} a month (request ID {})", budget.request_id()),
        None => println!("budget: none (request ID {})", budget.request_id()),
    }

    transport.quirk(Quirk::fault(403, 20002, "No relationship between caller and account."));
    if let Err(error) = client.get_usage_budget(&customer).await {
        println!("error: {error}");
    }
    Ok(())
}
