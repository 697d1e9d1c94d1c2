//! Reads codes and statuses from table cells. Translations group the digits in different ways.

/// Returns the code in a cell that contains nothing else.
///
/// The digits can be grouped with periods, commas, apostrophes or spaces. A Japanese translation appends the character
/// for "year".
pub(crate) fn code(cell: &str) -> Option<u64> {
    let cell = cell.trim().trim_end_matches(['年', '年']).trim();
    let groups: Vec<&str> = cell.split(is_separator).collect();
    let are_digits = groups.iter().all(|group| {
        !group.is_empty() && group.len() < 20 && group.bytes().all(|byte| byte.is_ascii_digit())
    });
    let (first, rest) = groups.split_first()?;
    let are_grouped = rest.is_empty() || first.len() <= 3;
    let is_code = are_digits && are_grouped && rest.iter().all(|group| group.len() == 3);
    is_code.then(|| groups.concat().parse().ok()).flatten()
}

fn is_separator(char: char) -> bool {
    matches!(char, '.' | ',' | '\'' | '’') || char.is_whitespace()
}

/// Returns the status at the start of a cell.
pub(crate) fn status(cell: &str) -> Option<u16> {
    let cell = cell.trim();
    let end = cell.find(|char: char| !char.is_ascii_digit()).unwrap_or(cell.len());
    let is_status = end == 3 && code(cell).is_none_or(|code| code < 1000);
    is_status.then(|| cell[..end].parse().ok()).flatten().filter(|it| (100..600).contains(it))
}

/// Returns the status at the start of a cell and the code at its end.
pub(crate) fn status_and_code(cell: &str) -> Option<(u16, u64)> {
    let status = status(cell)?;
    let rest = cell.trim().get(3..)?;
    let starts = rest.char_indices().filter(|(_, char)| char.is_whitespace());
    let code = starts.map(|(at, _)| code(&rest[at..])).find(Option::is_some)??;
    Some((status, code))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grouped_digits() {
        for cell in
            ["20000", "20 000", "20.000", "20,000", "20\u{a0}000", "20\u{202f}000", "20000年"]
        {
            assert_eq!(code(cell), Some(20000), "{cell}");
        }
    }

    #[test]
    fn other_numbers() {
        for cell in ["", "2.00", "2000.000", "v1", "-1", "1 and 2", "99999999999999999999999"] {
            assert_eq!(code(cell), None, "{cell}");
        }
    }

    #[test]
    fn a_status_and_a_code_in_one_cell() {
        assert_eq!(status_and_code("403: Not here, code 20 002"), Some((403, 20002)));
        assert_eq!(["403", "403: Forbidden", "Code 20002"].map(status_and_code), [None; 3]);
    }

    #[test]
    fn statuses() {
        assert_eq!(
            ["403", "404: Not Found", "401-"].map(status),
            [Some(403), Some(404), Some(401)]
        );
        assert_eq!(["3000", "40", "400 056", "999", "Conflict"].map(status), [None; 5]);
    }
}
