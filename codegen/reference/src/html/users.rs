//! The operations, models and responses that use a model.

use document::{Kind as ObjectKind, Node};
use maud::{Markup, html};

use super::{
    anchor,
    site::{OperationName, Site},
};
use crate::model::Model;

/// A part of the page that uses a model.
#[derive(PartialEq)]
struct User<'t> {
    id: String,
    name: &'t str,
}

/// Renders links to the parts of the page that use a model.
pub(super) fn of(site: &Site<'_>, model: &Model<'_>) -> Markup {
    let users = users(site, model);
    html! {
        @if !users.is_empty() {
            p.fact {
                "Used by:"
                @for (index, User { id, name }) in users.iter().enumerate() {
                    @if index > 0 { "," }
                    " " a href={ "#" (id) } { (name) }
                }
            }
        }
    }
}

fn users<'t>(site: &Site<'t>, model: &Model<'_>) -> Vec<User<'t>> {
    let references = site.document.references().iter();
    let of_model = references.filter(|it| site.document.target(it.target) == Some(model.node));
    let mut users = Vec::new();
    for user in of_model.filter_map(|reference| user(site, reference.node)) {
        if !users.contains(&user) {
            users.push(user);
        }
    }
    users
}

/// Returns the operation or the component around a node.
fn user<'t>(site: &Site<'t>, node: Node<'t>) -> Option<User<'t>> {
    std::iter::successors(Some(node), |node| node.parent()).find_map(|around| {
        let section = around.parent()?.name()?;
        match site.document.kind(around)? {
            ObjectKind::Operation => {
                let operation = site.document.operations().find(|it| it.node == around)?;
                let name = OperationName::of(&operation).id;
                Some(User { id: anchor::operation(name), name })
            }
            kind => {
                let name = site.document.component_name(kind, around)?;
                let id = match kind {
                    ObjectKind::Schema => anchor::model(name),
                    ObjectKind::Response | ObjectKind::Parameter | ObjectKind::Header => {
                        anchor::component(section, name)
                    }
                    _ => return None,
                };
                Some(User { id, name })
            }
        }
    })
}
