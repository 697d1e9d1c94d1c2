//! The object model of OpenAPI 3.0.3: the kinds of objects, their members, and the allowed values.
//!
//! A table replaces the official JSON Schema, because a validator would only report that no branch of a `oneOf`
//! matches. With a table, a message can name the object and the expected member, and the walk over the document also
//! finds the operations, schemas and references for the other rules. Source: <https://spec.openapis.org/oas/v3.0.3>.

mod table;

pub use table::Kind;

/// The values that a member can have.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    Any,
    Text,
    /// An absolute URL, or one relative to the URL of the document.
    Url,
    WholeUrl,
    Email,
    Word(&'static [&'static str]),
    Bool,
    Number,
    /// A non-negative integer.
    Count,
    Object(Kind),
    Referable(Kind),
    SchemaOrBool,
    List(&'static Shape),
    NonEmptyList(&'static Shape),
    /// An object whose keys the author chooses.
    Map(&'static Shape),
    /// A map whose keys are the names of components.
    Named(&'static Shape),
}

/// A member that the specification defines.
pub struct Field {
    pub name: &'static str,
    pub shape: Shape,
    pub required: bool,
}

/// The definition of a kind of object.
pub struct Object {
    /// The name in messages, with its article.
    pub name: &'static str,
    /// The members that the specification defines.
    pub fields: &'static [Field],
    /// The shape of all other members, if the author chooses their keys.
    pub others: Option<Shape>,
    /// True if the object can have extensions: members that begin with `x-`.
    pub extensible: bool,
}

impl Object {
    pub fn field(&self, name: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.name == name)
    }
}

impl Kind {
    /// Returns the section of `components` that contains objects of this kind.
    pub fn section(self) -> Option<&'static str> {
        let mut sections = Kind::Components.object().fields.iter();
        let section = sections.find(
            |field| matches!(field.shape, Shape::Named(Shape::Referable(kind)) if *kind == self),
        );
        section.map(|field| field.name)
    }
}

/// Returns the methods that a path item can have, in the specification's order.
pub fn methods() -> impl Iterator<Item = &'static str> {
    let fields = Kind::PathItem.object().fields.iter();
    let operations = fields.filter(|field| matches!(field.shape, Shape::Object(Kind::Operation)));
    operations.map(|field| field.name)
}
