//! The IDs of the parts of the page, which links point to.

/// An operation.
pub(super) fn operation(id: &str) -> String {
    id_of("operation", &[id])
}

/// A model.
pub(super) fn model(name: &str) -> String {
    id_of("model", &[name])
}

/// A member of a model, by the path to it.
pub(super) fn member(model: &str, path: &[String]) -> String {
    let parts: Vec<&str> = [model].into_iter().chain(path.iter().map(String::as_str)).collect();
    id_of("member", &parts)
}

/// A shared component, by the section of `components`.
pub(super) fn component(section: &str, name: &str) -> String {
    id_of(section, &[name])
}

/// A message of the vendor, by its file.
pub(super) fn message(file: &str) -> String {
    id_of("message", &[file])
}

/// An erratum.
pub(super) fn erratum(id: &str) -> String {
    id_of("erratum", &[id])
}

/// Returns an ID that needs no escaping in a link. Encodes the characters that are special in a URL or in HTML, and
/// periods within a part.
fn id_of(kind: &str, parts: &[&str]) -> String {
    let parts: Vec<String> = parts.iter().map(|part| encoded(part)).collect();
    format!("{kind}-{}", parts.join("."))
}

fn encoded(part: &str) -> String {
    let is_plain = |it: char| it.is_ascii_alphanumeric() || matches!(it, '-' | '_');
    let encoded = |it: char| match is_plain(it) {
        true => it.to_string(),
        false => format!("~{:x}~", u32::from(it)),
    };
    part.chars().map(encoded).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn different_names_have_different_ids() {
        let of =
            |path: &[&str]| member("M", &path.iter().map(ToString::to_string).collect::<Vec<_>>());
        assert_eq!(of(&["a", "b"]), "member-M.a.b");
        assert_ne!(of(&["a", "b"]), of(&["a.b"]));
        assert_ne!(model("a b"), model("a-20-b"));
        assert!(
            model("\"><script>")
                .bytes()
                .all(|it| it.is_ascii_alphanumeric() || b"~-".contains(&it))
        );
    }
}
