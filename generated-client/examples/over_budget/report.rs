//! Prints customers as a table, JSON or CSV.

mod table;

use std::{borrow::Cow, error::Error};

use partner_center_client::{
    Amount,
    rust_decimal::{Decimal, RoundingStrategy},
    serde_json,
};
use serde::Serialize;

use crate::assess::{Currency, Customer, Plan, Status};

/// The format of a report.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Format {
    Table,
    Json,
    Csv,
}

/// Returns the report on the customers, in the given order.
pub(crate) fn text(customers: &[Customer], format: Format) -> Result<String, Box<dyn Error>> {
    match format {
        Format::Table => Ok(table::text(customers)),
        Format::Json => json(customers),
        Format::Csv => csv(customers),
    }
}

/// A customer as an object in JSON or a row in CSV. Amounts keep all their digits; in JSON they are numbers.
#[derive(Serialize)]
struct Row<'a> {
    status: &'static str,
    customer_id: Option<Cow<'a, str>>,
    customer: Option<Cow<'a, str>>,
    plan: Option<&'static str>,
    budget: Option<&'a Amount>,
    cost: Option<&'a Amount>,
    currency: Option<Cow<'a, str>>,
    currency_locale: Option<Cow<'a, str>>,
    percent_used: Option<Amount>,
    reason: Option<&'a str>,
}

/// The column names, which CSV output contains even without rows.
const COLUMNS: [&str; 10] = [
    "status",
    "customer_id",
    "customer",
    "plan",
    "budget",
    "cost",
    "currency",
    "currency_locale",
    "percent_used",
    "reason",
];

impl<'a> Row<'a> {
    /// Creates a customer's row; `safe` makes each string safe for the format.
    fn new(customer: &'a Customer, safe: fn(&str) -> Cow<'_, str>) -> Self {
        let text = |text: &'a Option<String>| text.as_deref().map(safe);
        let (currency, currency_locale) = match &customer.currency {
            Some(Currency::Code(code)) => (Some(safe(code)), None),
            Some(Currency::Locale(locale)) => (None, Some(safe(locale))),
            None => (None, None),
        };
        let (status, percent, reason) = match &customer.status {
            Status::Over(percent) => ("over", *percent, None),
            Status::Within(percent) => ("within", *percent, None),
            Status::NoBudget => ("no_budget", None, None),
            Status::Undetermined(reason) => ("undetermined", None, Some(reason.as_str())),
        };
        Self {
            status,
            customer_id: text(&customer.id),
            customer: text(&customer.name),
            plan: customer.plan.map(plan),
            budget: customer.budget.as_ref(),
            cost: customer.cost.as_ref(),
            currency,
            currency_locale,
            percent_used: percent.map(|percent| rounded(percent).normalize().into()),
            reason,
        }
    }
}

/// Rounds to two decimal places, with halves away from zero.
fn rounded(number: Decimal) -> Decimal {
    number.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero)
}

fn plan(plan: Plan) -> &'static str {
    match plan {
        Plan::AzurePlan => "azure_plan",
        Plan::Legacy => "legacy",
    }
}

fn json(customers: &[Customer]) -> Result<String, Box<dyn Error>> {
    let rows: Vec<Row<'_>> = customers.iter().map(|it| Row::new(it, |text| text.into())).collect();
    let json = serde_json::to_string_pretty(&rows)?;
    // Outside strings, the only unsafe characters in JSON are line breaks. Inside strings, an escape means the same.
    let escaped = |character: char| match character {
        '\n' => "\n".to_owned(),
        character if is_unsafe(character) => format!("\\u{:04x}", u32::from(character)),
        character => character.to_string(),
    };
    Ok(json.chars().map(escaped).collect::<String>() + "\n")
}

fn csv(customers: &[Customer]) -> Result<String, Box<dyn Error>> {
    let mut writer = csv::WriterBuilder::new().has_headers(false).from_writer(Vec::new());
    writer.write_record(COLUMNS)?;
    for customer in customers {
        writer.serialize(Row::new(customer, inert))?;
    }
    Ok(String::from_utf8(writer.into_inner()?)?)
}

/// Makes a string safe for a spreadsheet, which reads a cell that begins with one of these characters as a formula,
/// even if the cell is quoted. An apostrophe makes the spreadsheet treat the cell as text.
fn inert(text: &str) -> Cow<'_, str> {
    let text = printable(text);
    match text.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠', '|', '%'])
    {
        true => format!("'{text}").into(),
        false => text,
    }
}

/// Replaces characters that could control a terminal or reorder a line.
fn printable(text: &str) -> Cow<'_, str> {
    match text.contains(is_unsafe) {
        true => text.replace(is_unsafe, "\u{fffd}").into(),
        false => text.into(),
    }
}

/// Returns whether a character controls the output or is invisible in it.
fn is_unsafe(character: char) -> bool {
    let formats = '\u{200b}'..='\u{200f}';
    let separators_and_embeddings = '\u{2028}'..='\u{202e}';
    let isolates = '\u{2060}'..='\u{206f}';
    character.is_control()
        || matches!(character, '\u{61c}' | '\u{feff}')
        || [formats, separators_and_embeddings, isolates].iter().any(|it| it.contains(&character))
}
