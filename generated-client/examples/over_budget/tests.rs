//! What does the program print, and what is its exit status?

#![allow(clippy::unwrap_used, reason = "a panic fails the test")]

use partner_center_client::{
    ErrorKind,
    mock::{MockTransport, Quirk},
    serde_json::{self, Value, json},
};

use crate::{
    assess::{self, Customer, Status},
    exit_code, read,
    report::{self, Format},
};

/// Returns the customers in a mock's response.
async fn customers(transport: &MockTransport) -> Vec<Customer> {
    assess::customers(read(&transport.client()).await.unwrap())
}

/// Returns the customers from these records.
async fn assessed(records: Value) -> Vec<Customer> {
    assessed_text(&records.to_string()).await
}

/// Returns the customers from records in JSON source, because a `Value` would round the numbers.
async fn assessed_text(records: &str) -> Vec<Customer> {
    let body = format!("{{\"items\":{records}}}");
    let (head, length) = ("HTTP/1.1 200 OK\r\ncontent-type: application/json", body.len());
    let transport = MockTransport::new();
    transport.quirk(Quirk::raw(format!("{head}\r\ncontent-length: {length}\r\n\r\n{body}")));
    customers(&transport).await
}

/// Returns the status of a customer whose record is within budget except for these members.
async fn status(members: Value) -> Status {
    let mut record = json!({ "budget": { "amount": 200 }, "totalCost": 50, "currencyCode": "EUR" });
    record.as_object_mut().unwrap().extend(members.as_object().unwrap().clone());
    let [customer] = <[Customer; 1]>::try_from(assessed(json!([record])).await).unwrap();
    customer.status
}

async fn reason(members: Value) -> String {
    match status(members).await {
        Status::Undetermined(reason) => reason,
        status => panic!("{status:?}"),
    }
}

fn table(customers: &[Customer]) -> String {
    report::text(customers, Format::Table).unwrap()
}

fn names(customers: &[Customer]) -> Vec<&str> {
    customers.iter().map(|customer| customer.name.as_deref().unwrap()).collect()
}

fn succeeds(customers: &[Customer]) -> bool {
    format!("{:?}", exit_code(customers)) == format!("{:?}", std::process::ExitCode::SUCCESS)
}

/// Returns records of both kinds of plan, with every status and with hostile names.
fn everything() -> Value {
    json!([
        { "resourceName": "Within", "budget": { "amount": 1000 }, "totalCost": 999.999, "currencyCode": "JPY" },
        { "resourceName": "At its budget", "budget": { "amount": 100.00 }, "totalCost": 100, "currencyLocale": "en-US" },
        { "resourceName": "Far over", "budget": { "amount": 1 }, "totalCost": 5000, "currencyCode": "GBP" },
        { "resourceName": "=HYPERLINK(\"http://evil.example\")", "budget": { "amount": 10 }, "totalCost": 11, "currencyCode": "EUR" },
        { "resourceName": "Evil\u{1b}[31m\u{202e}\u{9b}2J\r\nname", "budget": { "amount": 10 }, "totalCost": 1, "currencyCode": "EUR" },
        { "resourceName": "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十", "budget": { "amount": 10 }, "totalCost": 2, "currencyCode": "CNY" },
        { "resourceId": "11111111-2222-3333-4444-555555555555", "totalCost": 7, "currencyCode": "EUR" },
        { "resourceName": "Zero", "budget": { "amount": 0 }, "totalCost": 7, "currencyCode": "EUR" },
        {},
        { "budget": { "amount": 5 }, "resourceName": "-no cost" },
    ])
}

#[tokio::test]
async fn the_documented_example() {
    let customers = customers(&MockTransport::new()).await;
    for format in [Format::Table, Format::Json, Format::Csv] {
        let text = report::text(&customers, format).unwrap();
        insta::assert_snapshot!(format!("documented_{format:?}").to_lowercase(), text);
    }
    assert!(!succeeds(&customers));
}

#[tokio::test]
async fn every_status() {
    let customers = assessed(everything()).await;
    for format in [Format::Table, Format::Json, Format::Csv] {
        let text = report::text(&customers, format).unwrap();
        insta::assert_snapshot!(format!("every_status_{format:?}").to_lowercase(), text);
    }
}

#[tokio::test]
async fn no_customers() {
    let customers = assessed(json!([])).await;
    assert_eq!(table(&customers), "The service lists no customers.\n");
    assert_eq!(report::text(&customers, Format::Json).unwrap(), "[]\n");
    let csv = report::text(&customers, Format::Csv).unwrap();
    assert_eq!(csv.lines().count(), 1, "{csv}");
    assert!(succeeds(&customers));
}

#[tokio::test]
async fn a_cost_equal_to_the_budget_is_within_it() {
    assert!(matches!(status(json!({ "totalCost": 200.00 })).await, Status::Within(_)));
    let record =
        r#"{"budget":{"amount":200},"totalCost":200.00000000000000000001,"currencyCode":"EUR"}"#;
    assert!(assessed_text(&format!("[{record}]")).await[0].is_over());
}

#[tokio::test]
async fn figures_that_leave_the_status_undetermined() {
    assert_eq!(reason(json!({ "budget": { "amount": -1 } })).await, "the budget is negative");
    assert!(reason(json!({ "budget": { "amount": 0 } })).await.starts_with("the budget is zero"));
    assert!(
        reason(json!({ "budget": { "amount": 0.000 } })).await.starts_with("the budget is zero")
    );
    assert_eq!(reason(json!({ "totalCost": -1 })).await, "the cost is negative");
    assert_eq!(reason(json!({ "totalCost": null })).await, "the service states no cost");
    assert_eq!(reason(json!({ "currencyCode": " " })).await, "the service states no currency");
}

#[tokio::test]
async fn the_service_states_a_different_percentage() {
    let reason = reason(json!({ "percentUsed": 250 })).await;
    assert!(
        reason.starts_with("the cost is 25 % of the budget, but the service states 250 %"),
        "{reason}"
    );
    assert!(matches!(status(json!({ "percentUsed": 25.9 })).await, Status::Within(_)));
}

#[tokio::test]
async fn no_budget() {
    for budget in [json!(null), json!({}), json!({ "amount": null })] {
        assert_eq!(status(json!({ "budget": budget, "totalCost": -1 })).await, Status::NoBudget);
    }
}

#[tokio::test]
async fn numbers_with_too_many_digits_for_a_percentage() {
    let large = "9".repeat(200);
    let records = format!(
        r#"[{{"resourceName":"A","budget":{{"amount":0.{large}}},"totalCost":{large},"currencyCode":"EUR"}},
            {{"resourceName":"B","budget":{{"amount":1e-28}},"totalCost":9999999999999999999999999999,"currencyCode":"EUR"}}]"#
    );
    let customers = assessed_text(&records).await;
    assert!(customers.iter().all(|it| it.status == Status::Over(None)), "{customers:?}");
    insta::assert_snapshot!(table(&customers));
}

#[tokio::test]
async fn customers_are_sorted_by_percentage_regardless_of_currency() {
    let customers = assessed(everything()).await;
    let over = customers.iter().filter(|customer| customer.is_over());
    assert_eq!(over.count(), 2);
    assert_eq!(names(&customers[..4])[0], "Far over");
    assert_eq!(names(&customers[..4])[2..], ["At its budget", "Within"]);
}

#[tokio::test]
async fn equal_records_of_a_customer_count_once() {
    let record = json!({ "resourceId": "AB", "budget": { "amount": 1 }, "totalCost": 2, "currencyCode": "EUR" });
    let mut again = record.clone();
    again["resourceId"] = json!("ab");
    let customers = assessed(json!([record, again, record])).await;
    assert_eq!(customers.len(), 1);
    assert!(customers[0].is_over());
}

#[tokio::test]
async fn different_records_of_a_customer_are_neither_added_nor_assessed() {
    let record = json!({ "resourceId": "AB", "budget": { "amount": 3 }, "totalCost": 2, "currencyCode": "EUR" });
    let mut other = record.clone();
    other["currencyCode"] = json!("USD");
    let customers = assessed(json!([record, other])).await;
    let reason = "the service lists the customer 2 times, with different figures";
    let statuses = customers.into_iter().map(|customer| customer.status);
    assert!(statuses.eq([(); 2].map(|()| Status::Undetermined(reason.to_owned()))));
}

#[tokio::test]
async fn records_without_an_id_are_separate_customers() {
    let record = json!({ "budget": { "amount": 3 }, "totalCost": 2, "currencyCode": "EUR" });
    assert_eq!(assessed(json!([record, record])).await.len(), 2);
}

#[tokio::test]
async fn the_older_members_for_the_id_and_the_name() {
    let customers = assessed(json!([{ "id": "AB", "name": "Contoso" }])).await;
    assert_eq!(names(&customers), ["Contoso"]);
    assert_eq!(customers[0].id.as_deref(), Some("AB"));
}

#[tokio::test]
async fn every_page_is_read() {
    let transport = MockTransport::new();
    let page = |name: &str| json!({ "items": [{ "resourceName": name }] });
    transport.pages("list_customer_usage_records", [page("Contoso"), page("Fabrikam")]);
    assert_eq!(names(&customers(&transport).await), ["Contoso", "Fabrikam"]);
}

#[tokio::test]
async fn nothing_is_assessed_without_the_last_page() {
    let transport = MockTransport::new();
    let links = json!({ "next": { "uri": "https://elsewhere.example/customers" } });
    transport.quirk(Quirk::json(200, &json!({ "items": [{}], "links": links })));
    let error = read(&transport.client()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidLink);
}

#[tokio::test]
async fn no_line_is_wider_than_a_terminal() {
    for line in table(&assessed(everything()).await).lines() {
        assert!(unicode_width::UnicodeWidthStr::width(line) <= 80, "{line}");
    }
}

#[tokio::test]
async fn no_format_prints_a_control_character() {
    let customers = assessed(everything()).await;
    for format in [Format::Table, Format::Json, Format::Csv] {
        let text = report::text(&customers, format).unwrap();
        let unsafe_character = |it: char| (it.is_control() && it != '\n') || it == '\u{202e}';
        assert!(!text.contains(unsafe_character), "{text:?}");
    }
}

#[tokio::test]
async fn json_keeps_names_as_received() {
    let customers = assessed(json!([{ "resourceName": "a\u{1b}\u{202e}\u{9b}\nb" }])).await;
    let text = report::text(&customers, Format::Json).unwrap();
    let rows: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(rows[0]["customer"], "a\u{1b}\u{202e}\u{9b}\nb");
}

#[tokio::test]
async fn no_csv_cell_is_a_formula() {
    let names = ["=1", "+1", "-1", "@1", "\t=1", "\r=1", " =1", "\u{feff}=1", "＝1", "a"];
    let records: Vec<Value> = names.iter().map(|name| json!({ "resourceName": name })).collect();
    let text = report::text(&assessed(records.into()).await, Format::Csv).unwrap();
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let cells: Vec<String> = reader.records().map(|row| row.unwrap()[2].to_owned()).collect();
    for cell in cells {
        assert!(cell.starts_with(['\'', '\u{fffd}', 'a']), "{cell:?}");
    }
}
