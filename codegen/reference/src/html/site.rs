//! Everything that the page shows, the names of its operations, and the parts that each erratum affects.

use std::collections::BTreeSet;

use document::{Document, Node, Operation};
use evidence::documented::{Evidence, Message};

use super::model_of;
use crate::{
    corrections::{Correction, corrections},
    model::{Member, Model, models},
    types,
};

/// The content of the page.
pub(super) struct Site<'t> {
    pub(super) document: &'t Document<'t>,
    pub(super) evidence: &'t Evidence,
    pub(super) models: Vec<Model<'t>>,
    pub(super) corrections: Vec<Correction<'t>>,
    /// For each message, the model of its body and the models within it.
    bodies: Vec<Body<'t>>,
}

/// The models of a message's body.
struct Body<'t> {
    file: &'t str,
    outermost: &'t str,
    models: BTreeSet<&'t str>,
}

impl<'t> Site<'t> {
    pub(super) fn new(document: &'t Document<'t>, evidence: &'t Evidence) -> Self {
        let models = models(document);
        let bodies = evidence.messages.iter().filter_map(|message| {
            let outermost = outermost(document, message)?;
            let mut within = BTreeSet::new();
            reach(document, &models, outermost, &mut within);
            Some(Body { file: &message.file, outermost, models: within })
        });
        let bodies = bodies.collect();
        Self { document, evidence, corrections: corrections(evidence), models, bodies }
    }

    /// Returns the errata of a message.
    pub(super) fn errata_of(&self, message: &Message) -> Vec<&Correction<'t>> {
        self.corrections.iter().filter(|it| it.erratum.message == message.file).collect()
    }

    /// Returns the errata of messages whose body is this model: those that change the body or, if the message belongs
    /// to no operation, all of them.
    pub(super) fn errata_of_body(&self, model: &Model<'_>) -> Vec<&Correction<'t>> {
        let is_outermost = |body: &Body<'t>| body.outermost == model.name;
        let is_shared = |correction: &Correction<'_>| {
            correction.message.is_some_and(|message| message.operation.is_none())
        };
        let of_message = self.of_bodies(is_outermost);
        of_message.filter(|it| it.is_in_body || is_shared(it)).collect()
    }

    /// Returns the errata that change lines with the quoted name of a member.
    pub(super) fn errata_of_member(
        &self,
        model: &Model<'_>,
        member: &Member<'_>,
    ) -> Vec<&Correction<'t>> {
        let Some(name) = member.path.last() else { return Vec::new() };
        let quoted = format!("\"{name}\"");
        self.of_bodies(|body| body.models.contains(model.name))
            .filter(|correction| correction.is_in_body && correction.changes(&quoted))
            .collect()
    }

    /// Returns the errata that change a header of an operation's request, or a parameter in its path.
    pub(super) fn errata_of_parameter(&self, operation: &str, name: &str) -> Vec<&Correction<'t>> {
        self.in_heads(operation, None).filter(|it| changes_parameter(it, name)).collect()
    }

    /// Returns the errata that change the head of an operation's request but none of its parameters.
    pub(super) fn errata_of_call(&self, operation: &str, names: &[&str]) -> Vec<&Correction<'t>> {
        let concerns_none = |correction: &&Correction<'t>| {
            !names.iter().any(|name| changes_parameter(correction, name))
        };
        self.in_heads(operation, None).filter(concerns_none).collect()
    }

    /// Returns the errata that change the head of an operation's response. Errata of the body are shown with the model.
    pub(super) fn errata_of_response(&self, operation: &str, status: &str) -> Vec<&Correction<'t>> {
        status
            .parse()
            .map(|status| self.in_heads(operation, Some(status)).collect())
            .unwrap_or_default()
    }

    /// Returns the errata of the messages whose bodies satisfy a condition.
    fn of_bodies(
        &self,
        is_meant: impl Fn(&Body<'t>) -> bool,
    ) -> impl Iterator<Item = &Correction<'t>> {
        self.corrections.iter().filter(move |correction| {
            let mut bodies = self.bodies.iter().filter(|body| is_meant(body));
            bodies.any(|body| body.file == correction.erratum.message)
        })
    }

    fn in_heads(
        &self,
        operation: &str,
        status: Option<u16>,
    ) -> impl Iterator<Item = &Correction<'t>> {
        self.corrections.iter().filter(move |correction| {
            let is_meant = |message: &Message| {
                message.operation.as_deref() == Some(operation) && message.status == status
            };
            !correction.is_in_body && correction.message.is_some_and(is_meant)
        })
    }
}

/// The ID and the summary of an operation.
pub(super) struct OperationName<'t> {
    pub(super) id: &'t str,
    pub(super) summary: &'t str,
}

impl<'t> OperationName<'t> {
    pub(super) fn of(operation: &Operation<'t>) -> Self {
        let text = |key| operation.node.get_str(key);
        let id = text("operationId").unwrap_or(operation.path);
        Self { id, summary: text("summary").unwrap_or(id) }
    }
}

fn changes_parameter(correction: &Correction<'_>, name: &str) -> bool {
    let forms = [format!("{name}:"), format!("{{{name}}}"), format!("<{name}>")];
    forms.iter().any(|form| correction.changes(form))
}

/// Returns the model of a message's body.
fn outermost<'t>(document: &Document<'t>, message: &'t Message) -> Option<&'t str> {
    let Some(id) = &message.operation else { return message.schema.as_deref() };
    let mut operations = document.operations();
    let operation = operations.find(|it| it.node.get_str("operationId") == Some(id.as_str()))?;
    let body = match message.status {
        Some(status) => {
            let status = status.to_string();
            operation.node.entries_of("responses").find(|it| it.name() == status)?.value
        }
        None => operation.node.get("requestBody")?,
    };
    model_of(document, body)
}

/// Collects a model and the models that it refers to, directly or indirectly.
fn reach<'t>(
    document: &Document<'t>,
    models: &[Model<'t>],
    outermost: &'t str,
    reached: &mut BTreeSet<&'t str>,
) {
    let mut waiting = vec![outermost];
    while let Some(name) = waiting.pop() {
        let model = models.iter().find(|model| model.name == name);
        if let Some(model) = model.filter(|_| reached.insert(name)) {
            references(model.node, &mut |reference| {
                waiting.extend(types::component(document, reference));
            });
        }
    }
}

/// Visits the references in a schema. The recursion is limited by the depth of the tree.
fn references<'t>(node: Node<'t>, visit: &mut impl FnMut(&'t str)) {
    node.get_str("$ref").into_iter().for_each(&mut *visit);
    node.entries().for_each(|entry| references(entry.value, visit));
    node.items().for_each(|item| references(item, visit));
}
