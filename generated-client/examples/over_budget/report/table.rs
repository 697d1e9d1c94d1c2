//! Prints the table for a terminal with 80 columns.

use partner_center_client::{Amount, rust_decimal::Decimal};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::{printable, rounded};
use crate::assess::{Currency, Customer, Percent, Status};

const WIDTH: usize = 80;

/// The minimum width of the name column, however wide the other columns are.
const NARROWEST: usize = 16;

const NOTE: &str = "The costs are Microsoft's estimates for this month, not billing amounts. \
    Numbers\nare rounded to two decimals; --json and --csv show amounts in full.\n";

/// Returns a table of the customers with a budget, followed by lists of the other customers.
pub(super) fn text(customers: &[Customer]) -> String {
    if customers.is_empty() {
        return "The service lists no customers.\n".to_owned();
    }
    let (mut assessed, mut without, mut undetermined) = (Vec::new(), Vec::new(), Vec::new());
    for customer in customers {
        match &customer.status {
            Status::Over(percent) | Status::Within(percent) => {
                assessed.push(with_budget(customer, *percent));
            }
            Status::NoBudget => without.push(without_budget(customer)),
            Status::Undetermined(reason) => undetermined.push((name(customer), reason)),
        }
    }
    let over = customers.iter().filter(|customer| customer.is_over()).count();
    let mut text = format!("over budget: {over} of {} with a budget\n", counted(assessed.len()));
    if !assessed.is_empty() {
        let header = ["", "CUSTOMER", "BUDGET", "COST", "CURRENCY", "USED"].map(str::to_owned);
        text += &format!("\n{}", rows(header, assessed));
    }
    if !without.is_empty() {
        let header = ["", "CUSTOMER", "COST", "CURRENCY"].map(str::to_owned);
        text += &format!("\nwithout a budget: {}\n\n", counted(without.len()));
        text += &rows(header, without);
    }
    if !undetermined.is_empty() {
        text += &format!("\nundetermined: {}\n\n", counted(undetermined.len()));
    }
    for (name, reason) in undetermined {
        text += &format!("  {}\n{}", clipped(&name, WIDTH - 2), wrapped(reason));
    }
    text + "\n" + NOTE
}

fn counted(count: usize) -> String {
    if count == 1 { "1 customer".to_owned() } else { format!("{count} customers") }
}

fn with_budget(customer: &Customer, percent: Percent) -> [String; 6] {
    let mark = if customer.is_over() { "!" } else { "" };
    let used = percent
        .map_or_else(|| UNPRINTABLE.to_owned(), |percent| format!("{:.2} %", rounded(percent)));
    let (budget, cost) = (amount(customer.budget.as_ref()), amount(customer.cost.as_ref()));
    [mark.to_owned(), name(customer), budget, cost, currency(customer), used]
}

fn without_budget(customer: &Customer) -> [String; 4] {
    [String::new(), name(customer), amount(customer.cost.as_ref()), currency(customer)]
}

/// Returns the name of a customer, or its ID if the name is missing.
fn name(customer: &Customer) -> String {
    let name = customer.name.as_deref().or(customer.id.as_deref()).unwrap_or("(no name)");
    printable(name).into_owned()
}

/// The replacement for a number that has too many digits for its cell.
const UNPRINTABLE: &str = "see --json";

fn amount(amount: Option<&Amount>) -> String {
    let Some(amount) = amount else { return "not stated".to_owned() };
    match Decimal::try_from(amount) {
        Ok(decimal) if decimal.abs() < Decimal::from(1_000_000_000_000_u64) => {
            format!("{:.2}", rounded(decimal))
        }
        _ => UNPRINTABLE.to_owned(),
    }
}

fn currency(customer: &Customer) -> String {
    let currency = match &customer.currency {
        Some(Currency::Code(code)) => printable(code).into_owned(),
        Some(Currency::Locale(locale)) => format!("of {}", printable(locale)),
        None => "not stated".to_owned(),
    };
    clipped(&currency, 12)
}

/// Aligns cells in columns. The second column contains the names and gets the space that the other columns leave.
fn rows<const N: usize>(header: [String; N], rows: Vec<[String; N]>) -> String {
    let mut rows = rows;
    rows.insert(0, header);
    let mut widths: [usize; N] = std::array::from_fn(|column| widest(&rows, column));
    let others: usize = widths.iter().sum::<usize>() - widths[1] + 2 * (N - 1);
    widths[1] = widths[1].min(WIDTH.saturating_sub(others).max(NARROWEST));
    rows.iter().map(|row| line(row, &rows[0], &widths)).collect()
}

fn widest<const N: usize>(rows: &[[String; N]], column: usize) -> usize {
    rows.iter().map(|row| row[column].width()).max().unwrap_or_default()
}

/// Joins the cells of a row. Text is left-aligned, and numbers are right-aligned.
fn line<const N: usize>(row: &[String; N], header: &[String; N], widths: &[usize; N]) -> String {
    let cells = row.iter().zip(header).zip(widths).map(|((cell, column), &width)| {
        let cell = clipped(cell, width);
        let space = " ".repeat(width - cell.width());
        let is_text = ["", "CUSTOMER", "CURRENCY"].contains(&column.as_str());
        if is_text { cell + &space } else { space + &cell }
    });
    cells.collect::<Vec<_>>().join("  ").trim_end().to_owned() + "\n"
}

/// Truncates a string to a width; an ellipsis replaces the rest.
fn clipped(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut left = width.saturating_sub(1);
    let fits = |character: &char| {
        let needed = character.width().unwrap_or_default();
        let fits = needed <= left;
        left = left.saturating_sub(needed);
        fits
    };
    text.chars().take_while(fits).chain(['…']).collect()
}

/// Wraps and indents a reason, which is printed below the customer's name.
fn wrapped(reason: &str) -> String {
    let options = textwrap::Options::new(WIDTH).initial_indent("    ").subsequent_indent("    ");
    textwrap::fill(reason, options) + "\n"
}
