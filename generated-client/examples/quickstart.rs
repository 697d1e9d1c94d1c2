//! Reads and sets what a customer may use, against a stand-in for Partner Center on this machine.
//!
//! ```text
//! cargo run --example quickstart --features mock
//! ```
//!
//! It takes no account: the server answers each operation with the documented example, and one call as
//! it is told to. For the real service, make the client by `Client::builder()`.

use std::error::Error;

use partner_center_client::{
    mock::{MockServer, Quirk},
    types::SpendingBudgetUpdate,
    uuid::Uuid,
};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let server = MockServer::start();
    let client = server.client();
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

    let update = SpendingBudgetUpdate::new(Some("100.00".parse()?));
    let budget = client.update_usage_budget(&customer, &update).await?;
    match &budget.amount {
        Some(amount) => println!("budget: {amount} a month (request ID {})", budget.request_id()),
        None => println!("budget: none (request ID {})", budget.request_id()),
    }

    server.quirk(Quirk::fault(403, 20002, "No relationship between caller and account."));
    if let Err(error) = client.get_usage_budget(&customer).await {
        println!("error: {error}");
    }
    Ok(())
}
