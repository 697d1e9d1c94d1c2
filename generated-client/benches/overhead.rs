//! Compares the CPU time of this client with the CPU time of equivalent code written by hand with reqwest and serde.
//!
//! ```text
//! cargo bench --package partner-center-client
//! ```
//!
//! The two sides alternate, and the median of their ratios is printed, so other load on the machine has little effect.
//! Everything runs on one core, because waking a server on another core costs as much as a call.

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
    let runtime = runtime.expect("a runtime can be built");
    compare("a call", 1.02, calls(&runtime, &url), by_hand::calls(&runtime, &url));
    let json = overages(100_000);
    let decode = || drop(serde_json::from_str::<OverageCollection>(&json).expect("it is valid"));
    let keep = || drop(serde_json::from_str::<keeping::Overages>(&json).expect("it is valid"));
    compare("decoding 100 000 overages", 1.1, decode, keep);
    let drop = || drop(serde_json::from_str::<dropping::Overages>(&json).expect("it is valid"));
    compare("the same, when undeclared members are dropped by hand", 1.1, decode, drop);
}

/// Pins this thread and the threads that it starts to one core.
fn stay_on_one_core() {
    let core = core_affinity::get_core_ids().and_then(|cores| cores.first().copied());
    if !core.is_some_and(core_affinity::set_for_current) {
        eprintln!("cannot pin threads to one core; calls may take twice as long");
    }
}

fn compare(what: &str, limit: f64, mut ours: impl FnMut(), mut theirs: impl FnMut()) {
    let mut rounds: Vec<(f64, Duration)> = (0..ROUNDS)
        .map(|_| {
            let (theirs, ours) = (time(&mut theirs), time(&mut ours));
            (ours.as_secs_f64() / theirs.as_secs_f64(), ours)
        })
        .collect();
    rounds.sort_by(|(a, _), (b, _)| a.total_cmp(b));
    let (ratio, time) = rounds[ROUNDS / 2];
    println!("{what}: {ratio:.3} times the hand-written time, limit {limit} ({time:.1?} a round)");
}

/// Returns the CPU time of this thread, which excludes the server.
fn time(run: &mut impl FnMut()) -> Duration {
    let began = ThreadTime::now();
    run();
    began.elapsed()
}

/// Makes sequential calls with the generated client.
fn calls(runtime: &Runtime, url: &str) -> impl FnMut() {
    let client = Client::builder().base_url(url).access_token(TOKEN).build();
    let client = client.expect("the settings are valid");
    move || {
        runtime.block_on(async {
            for _ in 0..CALLS {
                let budget = client.get_usage_budget(&CUSTOMER).await.expect("the server responds");
                let budget: SpendingBudget = budget.into_inner();
                assert!(budget.amount.is_some());
            }
        });
    }
}

const CALLS: usize = 100;

mod by_hand {
    //! The code that a program would need without this client.

    use std::{hint::black_box, time::Duration};

    use partner_center_client::{serde_json, uuid::Uuid};
    use reqwest::header::{ACCEPT, AUTHORIZATION, HeaderMap, HeaderValue};
    use serde::Deserialize;
    use tokio::runtime::Runtime;

    #[derive(Deserialize)]
    #[allow(dead_code, reason = "only decoding is measured")]
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
            .expect("the settings are valid");
        let url = url.to_owned();
        move || {
            runtime.block_on(async {
                for _ in 0..super::CALLS {
                    let customer = black_box(super::CUSTOMER);
                    let request = client.get(format!("{url}/v1/customers/{customer}/usagebudget"));
                    let request = request.header("MS-RequestId", Uuid::new_v4().to_string());
                    let request = request.header("MS-CorrelationId", Uuid::new_v4().to_string());
                    let response = request.send().await.and_then(|it| it.error_for_status());
                    let body = response.expect("the server responds").bytes().await;
                    let body = body.expect("the body is complete");
                    let budget: Budget = serde_json::from_slice(&body).expect("it is valid");
                    assert!(budget.amount.is_some());
                }
            });
        }
    }

    #[derive(Deserialize)]
    #[allow(dead_code, reason = "only decoding is measured")]
    #[serde(rename_all = "camelCase")]
    struct Attributes {
        object_type: Option<String>,
    }
}

/// Defines the models of an overage collection, with additional members.
macro_rules! overages_by_hand {
    ($module:ident { $($extra:tt)* }) => {
        #[allow(dead_code, reason = "only decoding is measured")]
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

/// Returns an overage collection like the documented one.
fn overages(count: usize) -> String {
    let overage = r#"{"azureEntitlementId":"ea1c26b7-8c99-42bb-ba7d-c535831fae8e","partnerId":"1234","type":"PhoneServices","overageEnabled":true,"links":{"overage":{"uri":"/customers/f62cf10b-8f76-4fc4-9774-c5291f8faf86/subscriptions/overage","method":"GET","headers":[]}},"attributes":{"objectType":"Overage"}}"#;
    let items = vec![overage; count].join(",");
    format!(
        r#"{{"totalCount":{count},"items":[{items}],"attributes":{{"objectType":"Collection"}}}}"#
    )
}
