//! Is a defect in one translation distinguished from a change by the vendor?

use conform::Checked;

use super::page::{LANGUAGES, VendorPage, check, check_as, operation_pages};

/// Returns the findings of a page in all languages after renaming a header in some of them.
fn findings(page: &VendorPage, changed: &[usize]) -> Vec<String> {
    let index = page.messages.iter().position(|message| message.is_request).unwrap();
    let text = page.messages[index].text.replacen("MS-RequestId", "Zork", 1);
    let other = page.with(index, &text);
    let pages = LANGUAGES.iter().enumerate();
    let mut pages: Vec<Checked> = pages
        .map(|(number, language)| {
            let page = if changed.contains(&number) { &other } else { page };
            check(&page.write(language).text)
        })
        .collect();
    conform::group(pages.iter_mut());
    pages.into_iter().flat_map(|page| page.findings).map(|finding| finding.message).collect()
}

#[test]
fn a_difference_in_one_locale() {
    for page in operation_pages() {
        let expected = "`Zork` is not declared (translation defect: in 1 of 4 locales)";
        assert_eq!(findings(&page, &[2]), [expected]);
    }
}

#[test]
fn a_difference_in_most_locales() {
    for page in operation_pages() {
        let expected = "`Zork` is not declared (vendor drift: in 3 of 4 locales)";
        assert_eq!(findings(&page, &[0, 1, 3]), [expected; 3]);
    }
}

#[test]
fn a_difference_in_half_of_the_locales() {
    for page in operation_pages() {
        let expected = "`Zork` is not declared (translation defect: in 2 of 4 locales)";
        assert_eq!(findings(&page, &[0, 1]), [expected; 2]);
    }
}

#[test]
fn a_difference_in_both_of_two_locales() {
    let page = &operation_pages()[0];
    let text = page.map(|message| message.replacen("MS-RequestId", "Zork", 1));
    let mut pages: Vec<Checked> =
        LANGUAGES[..2].iter().map(|language| check(&text.write(language).text)).collect();
    conform::group(pages.iter_mut());
    assert!(
        pages
            .iter()
            .flat_map(|page| &page.findings)
            .all(|it| it.message == "`Zork` is not declared")
    );
}

#[test]
fn copies_in_one_locale_count_once() {
    let page = &operation_pages()[0];
    let text = page.map(|message| message.replacen("MS-RequestId", "Zork", 1));
    let text = text.write(&LANGUAGES[0]).text;
    let mut pages = [check(&text), check(&text), check(&page.write(&LANGUAGES[1]).text)];
    conform::group(pages.iter_mut());
    let expected = "`Zork` is not declared (translation defect: in 1 of 2 locales)";
    assert_eq!(pages[0].findings[0].message, expected);
}

#[test]
fn the_locale_of_a_page_without_front_matter() {
    let text = operation_pages()[0].write(&LANGUAGES[0]).text;
    let text = text.replacen("ms.contentlocale", "other", 1);
    let locale = |name: &str| check_as(name, &text).locale;
    assert_eq!(locale("docs.sv-SE/articles/0.md"), "sv-se");
    assert_eq!(locale("docs/zh-hant-tw/0.md"), "zh-hant-tw");
    assert_eq!(locale("first/articles/0.md"), "first/articles");
    assert_eq!(locale("0.md"), ".");
}
