//! Determines from each customer's usage record whether the customer is over budget.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

use partner_center_client::{
    Amount, rust_decimal::Decimal, types::CustomerMonthlyUsageRecord as UsageRecord,
};

/// A customer with the figures from one usage record.
#[derive(Debug)]
pub(crate) struct Customer {
    pub(crate) id: Option<String>,
    pub(crate) name: Option<String>,
    pub(crate) plan: Option<Plan>,
    pub(crate) budget: Option<Amount>,
    pub(crate) cost: Option<Amount>,
    pub(crate) currency: Option<Currency>,
    pub(crate) status: Status,
}

/// The kind of Azure offer that a customer has.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Plan {
    AzurePlan,
    Legacy,
}

/// The currency of a cost. The service states none for the budget.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Currency {
    /// An ISO 4217 code, which the service states for customers with an Azure plan.
    Code(String),
    /// A locale that implies the currency, which the service states for customers with legacy Azure subscriptions. The
    /// program does not guess the currency from it.
    Locale(String),
}

#[derive(Debug, PartialEq)]
pub(crate) enum Status {
    /// The cost exceeds the budget.
    Over(Percent),
    /// The cost does not exceed the budget.
    Within(Percent),
    NoBudget,
    /// The status cannot be determined, for this reason.
    Undetermined(String),
}

/// The percentage of the budget that has been used; `None` if it has more digits than a `Decimal` can hold.
pub(crate) type Percent = Option<Decimal>;

/// A sort key: the section of the report, the percentage, the name and the ID. A missing percentage comes first.
type Position = (u8, Reverse<(bool, Percent)>, Option<String>, Option<String>);

/// Returns the customers with their statuses: first the customers over budget, then the customers within their budget,
/// without a budget, and with an undetermined status. The first two groups are sorted by the percentage used.
pub(crate) fn customers(records: Vec<UsageRecord>) -> Vec<Customer> {
    let mut customers = Vec::with_capacity(records.len());
    for record in records {
        customers.push(Customer::of(record));
    }
    resolve_duplicates(&mut customers);
    customers.sort_by_cached_key(Customer::position);
    customers
}

impl Customer {
    #[expect(deprecated, reason = "some samples have only the older members for ID and name")]
    fn of(record: UsageRecord) -> Self {
        let text = |text: Option<String>| text.filter(|text| !text.trim().is_empty());
        let code = text(record.currency_code).map(Currency::Code);
        let plan = |is_upgraded| if is_upgraded { Plan::AzurePlan } else { Plan::Legacy };
        let mut customer = Self {
            id: text(record.resource_id).or(text(record.id)),
            name: text(record.resource_name).or(text(record.name)),
            plan: record.is_upgraded.map(plan),
            budget: record.budget.and_then(|budget| budget.amount),
            cost: record.total_cost,
            currency: code.or(text(record.currency_locale).map(Currency::Locale)),
            status: Status::NoBudget,
        };
        customer.status = customer.assessed(record.percent_used.as_ref());
        customer
    }

    pub(crate) fn is_over(&self) -> bool {
        matches!(self.status, Status::Over(_))
    }

    /// Returns the status of the customer; `reported` is the percentage that the service states.
    fn assessed(&self, reported: Option<&Amount>) -> Status {
        let undetermined = |reason: &str| Status::Undetermined(reason.to_owned());
        let Some(budget) = &self.budget else { return Status::NoBudget };
        let Some(cost) = &self.cost else { return undetermined("the service states no cost") };
        if budget.is_negative() {
            return undetermined("the budget is negative");
        }
        if budget.is_zero() {
            return undetermined("the budget is zero, so no percentage can be computed");
        }
        if cost.is_negative() {
            return undetermined("the cost is negative");
        }
        if self.currency.is_none() {
            return undetermined("the service states no currency");
        }
        let percent = percent(cost, budget);
        match (percent, reported.and_then(|reported| Decimal::try_from(reported).ok())) {
            (Some(percent), Some(reported)) if contradict(percent, reported) => {
                Status::Undetermined(format!(
                    "the cost is {} % of the budget, but the service states {} %; the currencies may differ",
                    percent.round_dp(2).normalize(),
                    reported.normalize()
                ))
            }
            _ if cost > budget => Status::Over(percent),
            _ => Status::Within(percent),
        }
    }

    /// Returns the sort key of the customer. A percentage that cannot be computed comes first.
    fn position(&self) -> Position {
        let (section, percent) = match self.status {
            Status::Over(percent) => (0, percent),
            Status::Within(percent) => (1, percent),
            Status::NoBudget => (2, None),
            Status::Undetermined(_) => (3, None),
        };
        (section, Reverse((percent.is_none(), percent)), self.name.clone(), self.id.clone())
    }

    fn has_figures_of(&self, other: &Self) -> bool {
        let figures = |it: &Self| (it.budget.clone(), it.cost.clone(), it.currency.clone());
        figures(self) == figures(other)
    }
}

/// Keeps one of a customer's records if they are all equal. If they differ, the status is undetermined, because nothing
/// says which record is right, and the amounts must not be added up.
fn resolve_duplicates(customers: &mut Vec<Customer>) {
    let mut records: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, customer) in customers.iter().enumerate() {
        if let Some(id) = &customer.id {
            records.entry(id.to_lowercase()).or_default().push(index);
        }
    }
    let mut superfluous: BTreeSet<usize> = BTreeSet::new();
    for indices in records.values().filter(|indices| indices.len() > 1) {
        let first = &customers[indices[0]];
        if indices.iter().all(|&index| customers[index].has_figures_of(first)) {
            superfluous.extend(&indices[1..]);
            continue;
        }
        let reason = format!(
            "the service lists the customer {} times, with different figures",
            indices.len()
        );
        for &index in indices {
            customers[index].status = Status::Undetermined(reason.clone());
        }
    }
    let mut index = 0;
    customers.retain(|_| {
        index += 1;
        !superfluous.contains(&(index - 1))
    });
}

fn percent(cost: &Amount, budget: &Amount) -> Percent {
    let (cost, budget) = (Decimal::try_from(cost).ok()?, Decimal::try_from(budget).ok()?);
    cost.checked_div(budget)?.checked_mul(Decimal::ONE_HUNDRED)
}

/// Returns whether two percentages differ by more than rounding can explain.
fn contradict(percent: Decimal, reported: Decimal) -> bool {
    percent.checked_sub(reported).is_none_or(|difference| difference.abs() > Decimal::ONE)
}
