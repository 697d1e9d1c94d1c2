//! The types of members that can be absent or null.

use syn::{GenericArgument, PathArguments, Type};

/// Returns `T` for `Option<T>`.
pub(super) fn optional_value(ty: &Type) -> Option<&Type> {
    let Type::Path(path) = ty else { return None };
    let last = path.path.segments.last().filter(|segment| segment.ident == "Option")?;
    let PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
    match arguments.args.first()? {
        GenericArgument::Type(value) => Some(value),
        _ => None,
    }
}
