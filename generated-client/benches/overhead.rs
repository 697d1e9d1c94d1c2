//! How much more processor time does this client take than the same written by hand with reqwest
//! and serde?
//!
//! ```text
//! cargo bench --package partner-center-client
//! ```
//!
//! Both sides take turns, and the middle one of their ratios counts, for a machine is never quite
//! its own. All of it runs on one core: to wake a server on another one costs as much as a call.

mod server;

use std::time::Duration;

use cpu_time::ThreadTime;
use partner_center_client::{
    Client, serde_json,
    types::{OverageCollection, SpendingBudget},
    uuid::Uuid,
};
use tokio::runtime::Runtime;

const TOKEN: &str = "eyJ0eXAi.eyJhdWQi.c2lnbmF0";
const CUSTOMER: Uuid = Uuid::from_u128(0x11111111_1111_1111_1111_111111111111);
const ROUNDS: usize = 41;

fn main() {
    stay_on_one_core();
    let url = server::serve();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.expect("a runtime can be made");
    compare("a call", 1.05, calls(&runtime, &url), by_hand::calls(&runtime, &url));
    let json = overages(100_000);
    let decode = || drop(serde_json::from_str::<OverageCollection>(&json).expect("it is one"));
    let keep = || drop(serde_json::from_str::<keeping::Overages>(&json).expect("it is one"));
    compare("decoding 100 000 overages", 1.1, decode, keep);
    let drop = || drop(serde_json::from_str::<dropping::Overages>(&json).expect("it is one"));
    compare("the same, when undeclared members are dropped by hand", 1.1, decode, drop);
}

/// Keeps this thread on one core, and those that it starts.
fn stay_on_one_core() {
    let core = core_affinity::get_core_ids().and_then(|cores| cores.first().copied());
    if !core.is_some_and(core_affinity::set_for_current) {
        eprintln!(
            "this machine has every thread on any core, so that calls may take twice as long"
        );
    }
}

fn compare(what: &str, most: f64, mut ours: impl FnMut(), mut theirs: impl FnMut()) {
    let mut rounds: Vec<(f64, Duration)> = (0..ROUNDS)
        .map(|_| {
            let (theirs, ours) = (time(&mut theirs), time(&mut ours));
            (ours.as_secs_f64() / theirs.as_secs_f64(), ours)
        })
        .collect();
    rounds.sort_by(|(a, _), (b, _)| a.total_cmp(b));
    let (ratio, time) = rounds[ROUNDS / 2];
    println!("{what}: {ratio:.3} times the time by hand, at most {most} ({time:.1?} a round)");
}

/// The processor time of this thread, which the server has no part in.
fn time(run: &mut impl FnMut()) -> Duration {
    let began = ThreadTime::now();
    run();
    began.elapsed()
}

/// A round of calls, one after the other.
fn calls(runtime: &Runtime, url: &str) -> impl FnMut() {
    let client = Client::builder().base_url(url).access_token(TOKEN).build();
    let client = client.expect("the settings are allowed");
    move || {
        runtime.block_on(async {
            for _ in 0..CALLS {
                let budget = client.get_usage_budget(&CUSTOMER).await.expect("the server answers");
                let budget: SpendingBudget = budget.into_inner();
                assert!(budget.amount.is_some());
            }
        });
    }
}

const CALLS: usize = 100;

mod by_hand {
    //! What one would write who needs no more than this.

    use std::{hint::black_box, time::Duration};

    use partner_center_client::{serde_json, uuid::Uuid};
    use reqwest::header::{ACCEPT, AUTHORIZATION, HeaderMap, HeaderValue};
    use serde::Deserialize;
    use tokio::runtime::Runtime;

    #[derive(Deserialize)]
    #[allow(dead_code, reason = "to decode is the task")]
    #[serde(rename_all = "camelCase")]
    struct Budget {
        amount: Option<f64>,
        usage_spending_budget: Option<f64>,
        attributes: Option<Attributes>,
    }

    pub(super) fn calls(runtime: &Runtime, url: &str) -> impl FnMut() {
        let mut headers = HeaderMap::new();
        let mut token = HeaderValue::from_static("Bearer eyJ0eXAi.eyJhdWQi.c2lnbmF0");
        token.set_sensitive(true);
        headers.insert(AUTHORIZATION, token);
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        headers.insert("X-Locale", HeaderValue::from_static("en-US"));
        let client = reqwest::Client::builder()
            .default_headers(headers)
            .user_agent("by-hand/1.0")
            .timeout(Duration::from_secs(60))
            .http1_only()
            .no_proxy()
            .build()
            .expect("the settings are allowed");
        let url = url.to_owned();
        move || {
            runtime.block_on(async {
                for _ in 0..super::CALLS {
                    let customer = black_box(super::CUSTOMER);
                    let request = client.get(format!("{url}/v1/customers/{customer}/usagebudget"));
                    let request = request.header("MS-RequestId", Uuid::new_v4().to_string());
                    let request = request.header("MS-CorrelationId", Uuid::new_v4().to_string());
                    let response = request.send().await.and_then(|it| it.error_for_status());
                    let body = response.expect("the server answers").bytes().await;
                    let body = body.expect("the answer is whole");
                    let budget: Budget = serde_json::from_slice(&body).expect("it is one");
                    assert!(budget.amount.is_some());
                }
            });
        }
    }

    #[derive(Deserialize)]
    #[allow(dead_code, reason = "to decode is the task")]
    #[serde(rename_all = "camelCase")]
    struct Attributes {
        object_type: Option<String>,
    }
}

/// The models of a collection of overages, with these further members.
macro_rules! overages_by_hand {
    ($module:ident { $($extra:tt)* }) => {
        #[allow(dead_code, reason = "to decode is the task")]
        mod $module {
            use serde::Deserialize;

            #[derive(Deserialize)]
            #[serde(rename_all = "camelCase")]
            pub(super) struct Overages {
                total_count: Option<i32>,
                items: Vec<Overage>,
                links: Option<Links>,
                attributes: Option<Attributes>,
                $($extra)*
            }

            #[derive(Deserialize)]
            #[serde(rename_all = "camelCase")]
            struct Overage {
                azure_entitlement_id: Option<String>,
                partner_id: Option<String>,
                r#type: Option<String>,
                overage_enabled: Option<bool>,
                links: Option<Links>,
                attributes: Option<Attributes>,
                order_id: Option<String>,
                contract_type: Option<String>,
                $($extra)*
            }

            #[derive(Deserialize)]
            struct Links {
                overage: Option<Link>,
                #[serde(rename = "self")]
                this: Option<Link>,
                $($extra)*
            }

            #[derive(Deserialize)]
            struct Link {
                uri: Option<String>,
                method: Option<String>,
                headers: Option<Vec<LinkHeader>>,
                body: Option<String>,
                $($extra)*
            }

            #[derive(Deserialize)]
            struct LinkHeader {
                key: Option<String>,
                value: Option<String>,
                $($extra)*
            }

            #[derive(Deserialize)]
            #[serde(rename_all = "camelCase")]
            struct Attributes {
                etag: Option<String>,
                object_type: Option<String>,
                $($extra)*
            }
        }
    };
}

overages_by_hand!(keeping {
    #[serde(flatten)]
    extra: partner_center_client::serde_json::Map<String, partner_center_client::serde_json::Value>,
});
overages_by_hand!(dropping {});

/// A collection of overages like the documented one.
fn overages(count: usize) -> String {
    let overage = r#"{"azureEntitlementId":"ea1c26b7-8c99-42bb-ba7d-c535831fae8e","partnerId":"1234","type":"PhoneServices","overageEnabled":true,"links":{"overage":{"uri":"/customers/f62cf10b-8f76-4fc4-9774-c5291f8faf86/subscriptions/overage","method":"GET","headers":[]}},"attributes":{"objectType":"Overage"}}"#;
    let items = vec![overage; count].join(",");
    format!(
        r#"{{"totalCount":{count},"items":[{items}],"attributes":{{"objectType":"Collection"}}}}"#
    )
}
