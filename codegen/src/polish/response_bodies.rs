//! Implements the trait with which the runtime inspects the members of a response.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use quote::quote;
use syn::{
    GenericArgument, Ident, ImplItem, Item, ItemImpl, PathArguments, PathSegment, Type,
    parse_quote,
    visit::{self, Visit},
};

use super::{members::Member, optional::optional_value};

/// Implements `ResponseBody` for a model, given all models that are response bodies or parts of them.
///
/// The model reports its missing members, the names of its undeclared members, and the models that it contains. If all
/// members are optional, any object could be read as the model. The runtime rejects an object that has members but no
/// declared ones, unless the model is open, which means that the document allows undeclared members.
pub(super) fn implement(
    model: &Ident,
    members: &[Member],
    is_open: bool,
    bodies: &BTreeSet<Ident>,
) -> ItemImpl {
    let (extra, declared): (Vec<_>, Vec<_>) = members.iter().partition(|member| member.is_extra);
    let object = object(&extra, &declared, is_open);
    let inner = declared.iter().filter(|member| holds(&member.field.ty, bodies));
    let inner = inner.map(|member| &member.name);
    let inner = quote!(#(crate::model::ResponseBody::inspect(&self.#inner, inspection);)*);
    let method = (!object.is_empty() || !inner.is_empty()).then(|| {
        quote! {
            fn inspect(&self, inspection: &mut crate::inspection::Inspection) {
                #object
                #inner
            }
        }
    });
    parse_quote!(impl crate::model::ResponseBody for #model { #method })
}

/// Returns the statement that reports a model's own members. It is empty if the model does not keep undeclared members.
fn object(extra: &[&Member], declared: &[&Member], is_open: bool) -> TokenStream {
    match extra {
        [extra] if !declared.is_empty() && optional_value(&extra.field.ty).is_none() => {
            let extra = &extra.name;
            let declared = declared.iter().map(|member| declaration(member));
            let report = if is_open { quote!(open_object) } else { quote!(object) };
            quote!(inspection.#report(self.#extra.keys(), &[#(#declared),*]);)
        }
        _ => TokenStream::new(),
    }
}

/// Returns the wire name of a member, and an expression that is true if the member is missing.
fn declaration(member: &Member) -> TokenStream {
    let Member { name, wire_name, .. } = member;
    match member.is_optional && optional_value(&member.field.ty).is_some() {
        true => quote!((#wire_name, self.#name.is_none())),
        false => quote!((#wire_name, false)),
    }
}

/// Returns true if a type is one of the models, or an `Option`, list or map of one.
fn holds(ty: &Type, models: &BTreeSet<Ident>) -> bool {
    let Type::Path(path) = ty else { return false };
    let Some(last) = path.path.segments.last() else { return false };
    let argument = match last.ident.to_string().as_str() {
        "Box" | "Option" | "Vec" => 0,
        "BTreeMap" => 1,
        _ => return models.contains(&last.ident),
    };
    let PathArguments::AngleBracketed(arguments) = &last.arguments else { return false };
    let argument = arguments.args.iter().nth(argument);
    matches!(argument, Some(GenericArgument::Type(ty)) if holds(ty, models))
}

/// Returns the models that are response bodies or parts of them.
pub(super) fn named(methods: &[ImplItem], models: &[Item]) -> BTreeSet<Ident> {
    let mut bodies = Bodies::default();
    methods.iter().for_each(|method| bodies.visit_impl_item(method));
    let models: BTreeMap<&Ident, BTreeSet<Ident>> = models.iter().filter_map(parts).collect();
    let mut reached = BTreeSet::new();
    while let Some(model) = bodies.0.pop_first() {
        let parts = models.get(&model).into_iter().flatten();
        bodies.0.extend(parts.filter(|part| models.contains_key(*part)).cloned());
        reached.insert(model);
        bodies.0.retain(|model| !reached.contains(model));
    }
    reached
}

/// Returns a model, and the names of the types in it.
fn parts(item: &Item) -> Option<(&Ident, BTreeSet<Ident>)> {
    let Item::Struct(model) = item else { return None };
    let mut parts = Parts::default();
    parts.visit_fields(&model.fields);
    Some((&model.ident, parts.0))
}

#[derive(Default)]
struct Parts(BTreeSet<Ident>);

impl<'ast> Visit<'ast> for Parts {
    fn visit_path_segment(&mut self, segment: &'ast PathSegment) {
        self.0.insert(segment.ident.clone());
        visit::visit_path_segment(self, segment);
    }
}

#[derive(Default)]
struct Bodies(BTreeSet<Ident>);

impl<'ast> Visit<'ast> for Bodies {
    fn visit_path_segment(&mut self, segment: &'ast PathSegment) {
        if segment.ident == "ResponseValue"
            && let PathArguments::AngleBracketed(arguments) = &segment.arguments
        {
            let mut parts = Parts::default();
            parts.visit_angle_bracketed_generic_arguments(arguments);
            self.0.extend(parts.0);
        }
        visit::visit_path_segment(self, segment);
    }
}
