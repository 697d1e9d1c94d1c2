//! JSON pointers.

/// Escapes a member's name as a step of a JSON pointer.
#[must_use]
pub fn escape(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

/// Returns a member's name as a step of a JSON pointer, which begins with a slash.
#[must_use]
pub fn step(name: &str) -> String {
    format!("/{}", escape(name))
}

/// Returns the member's name that a step of a JSON pointer escapes.
#[must_use]
pub fn unescape(step: &str) -> String {
    step.replace("~1", "/").replace("~0", "~")
}
