//! Waits until a change is visible.

use std::time::Duration;

use tokio::time::{Instant, sleep};

use crate::{deadline::Deadline, error::Error, response_value::ResponseValue};

/// Repeats a call until a predicate accepts its value, within the given time.
///
/// After an overage is set, Partner Center may return the previous overage for a while. The response to the
/// update already contains the new overage:
///
/// ```no_run
/// use std::time::Duration;
///
/// use partner_center_client::{Client, Error, types::OverageUpdate, uuid::Uuid, wait_until};
///
/// async fn switch(client: &Client, customer: &Uuid, to: &OverageUpdate) -> Result<(), Error> {
///     let set = client.update_overage(customer, to).await?;
///     let overages = wait_until(
///         || client.get_overage(customer),
///         |overages| overages.items.iter().any(|overage| {
///             overage.type_ == set.type_
///                 && overage.overage_enabled == set.overage_enabled
///                 && overage.azure_entitlement_id == set.azure_entitlement_id
///         }),
///         Duration::from_secs(120),
///     )
///     .await?;
///     println!("{overages:#?}");
///     Ok(())
/// }
/// ```
///
/// The first call is made immediately. The next calls follow after waits of 1, 2, 4 and 8 seconds, and then of 15
/// seconds each, because every request counts against the service's limits.
///
/// # Errors
///
/// Returns the error of a failed call, or [`ErrorKind::NotSettled`](crate::ErrorKind::NotSettled) if no
/// value is accepted in time. The latter error has the IDs of the last response.
pub async fn wait_until<T, F>(
    mut call: impl FnMut() -> F,
    mut is_reached: impl FnMut(&T) -> bool,
    time: Duration,
) -> Result<ResponseValue<T>, Error>
where
    F: Future<Output = Result<ResponseValue<T>, Error>>,
{
    let mut last = None;
    let calls = async {
        let mut wait = Duration::from_secs(1);
        loop {
            let response = call().await?;
            if is_reached(&response) {
                return Ok(response);
            }
            last = Some(response.into_head());
            sleep(wait).await;
            wait = (wait * 2).min(LONGEST_WAIT);
        }
    };
    match Deadline::new(Instant::now(), time).bound(calls).await {
        Some(result) => result,
        None => Err(Error::not_settled(last, time)),
    }
}

const LONGEST_WAIT: Duration = Duration::from_secs(15);
