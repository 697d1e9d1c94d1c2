//! Escapes and unescapes the steps of JSON pointers.

/// Escapes the name of a member for a JSON pointer.
pub fn escape(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

/// Returns the step of a JSON pointer for a member, with its leading slash.
pub fn step(name: &str) -> String {
    format!("/{}", escape(name))
}

/// Returns the name of a member from a step of a JSON pointer, without its slash.
pub fn unescape(step: &str) -> String {
    step.replace("~1", "/").replace("~0", "~")
}
