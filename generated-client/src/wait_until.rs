//! Waiting for what was set to be seen.

use std::time::Duration;

use tokio::time::{Instant, sleep};

use crate::{deadline::Deadline, error::Error, response::ResponseValue};

/// Repeats a call until its value is the one waited for, within the given time.
///
/// Partner Center may show an overage as it was for a while after it was set. The answer to setting
/// it tells what it will be:
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
/// The first call is made at once, the next ones after 1, 2, 4, 8 and then each time 15 seconds,
/// for the service counts every request.
///
/// # Errors
///
/// That of a call that fails. [`ErrorKind::NotSettled`](crate::ErrorKind::NotSettled) if the time
/// ends before the value is there; the error has the IDs of the last answer.
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
            let answer = call().await?;
            if is_reached(&answer) {
                return Ok(answer);
            }
            last = Some(answer.into_head());
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
