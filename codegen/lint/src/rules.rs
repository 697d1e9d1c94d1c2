//! Declares the rules of a group, each of which has a page in `rules/`.

/// Declares each rule from its page `rules/<id>.md`, and the `GROUP` that lists them in this order.
///
/// The rules in brackets come first. They are declared in the document package, which reports some of them itself.
macro_rules! rules {
    ($title:literal, $([$($shared:path),+ $(,)?],)? $($name:ident = $id:literal,)*) => {
        $(pub(crate) static $name: ::document::Rule = ::document::rule!($id);)*

        pub(crate) static GROUP: ::document::Group = ::document::Group {
            title: $title,
            rules: &[$($(&$shared,)+)? $(&$name),*],
        };
    };
}
