//! Does the HTML page show each part of the document with its evidence, and load nothing?

use std::{collections::BTreeSet, sync::LazyLock};

use scraper::{ElementRef, Selector};
use serde_json::{Map, Value};
use support::document;

use crate::{
    FIXED, SPEC, erratum, ledger,
    page::{Page, text},
};

static DOCUMENT: LazyLock<Value> =
    LazyLock::new(|| serde_yaml::from_str(&document::FIXED).unwrap());

/// A document with a parameter and a request body with two members.
const ERRATA: &str = "
openapi: 3.0.3
info: {title: A document, version: 1.0.0}
paths:
  /things:
    put:
      operationId: getThing
      parameters: [{name: X-Size, in: header, schema: {type: integer}}]
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}}
      responses: {}
components:
  schemas:
    Thing: {type: object, properties: {size: {type: integer}, other: {type: integer}}}
";

fn page() -> Page {
    Page::new(&document::FIXED, &FIXED)
}

fn models() -> &'static Map<String, Value> {
    DOCUMENT["components"]["schemas"].as_object().unwrap()
}

/// Returns the model, the name and the schema of each member.
fn members() -> impl Iterator<Item = (&'static String, &'static String, &'static Value)> {
    models().iter().flat_map(|(model, schema)| {
        let members = schema["properties"].as_object().into_iter().flatten();
        members.map(move |(name, member)| (model, name, member))
    })
}

/// Returns the description that follows a term in a description list.
fn description_of(term: ElementRef<'_>) -> ElementRef<'_> {
    term.next_siblings().find_map(ElementRef::wrap).unwrap()
}

#[test]
fn each_link_within_the_page_has_a_target() {
    page().assert_linked();
    Page::new(&document::TEXT, &SPEC).assert_linked();
}

#[test]
fn each_operation_has_an_entry_with_its_method_and_path() {
    let page = page();
    let mut count = 0;
    for (path, item) in DOCUMENT["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let Some(id) = operation["operationId"].as_str() else { continue };
            let entry = text(page.element(&format!("operation-{id}")));
            assert!(entry.contains(&format!("{} {path}", method.to_uppercase())), "{entry}");
            count += 1;
        }
    }
    assert_eq!(page.all("article[id^='operation-']").len(), count);
}

#[test]
fn each_model_has_an_entry_with_its_page() {
    let page = page();
    for (name, schema) in models() {
        let entry = page.element(&format!("model-{name}"));
        if let Some(url) = schema["externalDocs"]["url"].as_str() {
            let link = Selector::parse(&format!("a[href=\"{url}\"]")).unwrap();
            assert!(entry.select(&link).next().is_some(), "{name}");
        }
    }
}

#[test]
fn each_member_shows_its_evidence() {
    let page = page();
    let badge = Selector::parse(".evidence > .basis").unwrap();
    for (model, name, member) in members() {
        let term = page.element(&format!("member-{model}.{name}"));
        let kinds: Vec<&str> = [member, &models()[model]]
            .into_iter()
            .filter_map(|it| it["x-evidence"].as_str())
            .chain(["page"])
            .collect();
        let shown = description_of(term).select(&badge).next().unwrap();
        assert!(shown.value().classes().any(|class| class == kinds[0]), "{model}.{name}");
    }
}

#[test]
fn each_evidence_note_is_next_to_its_member() {
    let page = page();
    let words = |text: &str| -> String { text.chars().filter(|it| it.is_alphanumeric()).collect() };
    for (model, name, member) in members() {
        let Some(note) = member["x-evidence-note"].as_str() else { continue };
        let term = page.element(&format!("member-{model}.{name}"));
        assert!(words(&text(description_of(term))).contains(&words(note)), "{model}.{name}");
    }
}

#[test]
fn each_erratum_has_an_entry_and_is_linked_from_a_statement() {
    let page = page();
    for erratum in &FIXED.errata {
        page.element(&format!("erratum-{}", erratum.id));
        let places = ["dd .errata", "article > .errata", "figure[id^='message-'] .errata"];
        let count =
            |place: &str| page.all(&format!("{place} a[href='#erratum-{}']", erratum.id)).len();
        let [at_part, at_entry, at_message] = places.map(count);
        assert!(at_part + at_entry > 0, "{}", erratum.id);
        assert_eq!(at_message, 1, "{}", erratum.id);
    }
}

#[test]
fn each_message_is_shown_byte_for_byte() {
    let page = page();
    let shown: BTreeSet<String> = page.texts("figure[id^='message-'] pre").into_iter().collect();
    let messages: BTreeSet<String> =
        FIXED.messages.iter().map(|it| String::from_utf8(it.bytes.clone()).unwrap()).collect();
    assert_eq!(shown, messages);
}

#[test]
fn each_example_is_shown() {
    fn examples(value: &Value, found: &mut Vec<Value>) {
        let named = value["examples"].as_object().into_iter().flat_map(Map::values);
        found.extend(named.filter_map(|example| example.get("value").cloned()));
        match value {
            Value::Object(members) => members.values().for_each(|it| examples(it, found)),
            Value::Array(items) => items.iter().for_each(|it| examples(it, found)),
            _ => {}
        }
    }
    let mut expected = Vec::new();
    examples(&DOCUMENT, &mut expected);
    let shown = page().texts("pre");
    let shown: Vec<Value> = shown.iter().filter_map(|it| serde_json::from_str(it).ok()).collect();
    assert!(expected.len() > 1);
    for example in expected {
        assert!(shown.contains(&example), "{example}");
    }
}

#[test]
fn the_page_loads_nothing() {
    let page = page();
    let loading = "[src], [srcset], [poster], [data], link:not([href='data:,']), iframe, object, embed, base, meta[http-equiv='refresh']";
    assert_eq!(page.texts(loading), [""; 0]);
    let style = page.texts("style").concat();
    assert!(!style.contains("url(") && !style.contains("@import"));
    let policy = page.all("meta[http-equiv='Content-Security-Policy']")[0].attr("content").unwrap();
    assert!(policy.starts_with("default-src 'none'; style-src 'sha256-"), "{policy}");
}

#[test]
fn headings_form_an_outline() {
    let page = page();
    let mut last = 0;
    for heading in page.all("h1, h2, h3, h4, h5, h6") {
        let level = heading.value().name()[1..].parse::<u32>().unwrap();
        assert!(level <= last + 1, "h{level} after h{last}: {}", text(heading));
        last = level;
    }
    assert_eq!(page.all("h1").len(), 1);
}

#[test]
fn numbers_keep_their_digits() {
    let document = "
openapi: 3.0.3
info: {title: A document, version: 1.0.0}
paths:
  /things:
    get:
      operationId: getThing
      responses:
        '200': {description: Done., content: {application/json: {example: {amount: 100.10, none: []}}}}
";
    let page = Page::new(document, &Default::default());
    assert_eq!(page.texts("pre"), ["{\n  \"amount\": 100.10,\n  \"none\": []\n}"]);
}

#[test]
fn rendering_is_deterministic() {
    assert_eq!(page().source, page().source);
}

#[test]
fn a_model_links_to_the_operations_and_models_that_use_it() {
    let document =
        ERRATA.replace("other: {type: integer}", "other: {$ref: '#/components/schemas/Other'}");
    let document = document
        + "    Other: {type: object, properties: {more: {$ref: '#/components/schemas/Other'}}}\n";
    let page = Page::new(&document, &Default::default());
    let users = |model: &str| page.texts(&format!("#model-{model} > .fact a"));
    assert_eq!(users("Thing"), ["getThing"]);
    assert_eq!(users("Other"), ["Thing", "Other"]);
}

#[test]
fn an_erratum_is_linked_from_the_part_that_it_changes() {
    let request = "GET /things HTTP/1.1\nX-Size: 1\n\n{\"sise\": 1, \"other\": 2}\n";
    let errata = vec![
        erratum("method", "GET /", "PUT /"),
        erratum("header", "X-Size: 1", "X-Size: 2\nX-Other: 3"),
        erratum("member", "\"sise\"", "\"size\""),
    ];
    let page = Page::new(ERRATA, &ledger(request, errata));
    let hrefs = |selector: &str| -> Vec<&str> {
        page.all(selector).into_iter().filter_map(|link| link.attr("href")).collect()
    };
    assert_eq!(hrefs("#operation-getThing > .errata a"), ["#erratum-method"]);
    assert_eq!(hrefs("#operation-getThing dd .errata a"), ["#erratum-header"]);
    assert_eq!(hrefs("#model-Thing dd .errata a"), ["#erratum-member"]);
    assert_eq!(hrefs("#model-Thing > .errata a"), ["#erratum-member"]);
    let member = description_of(page.element("member-Thing.size"));
    assert!(text(member).contains("Erratum member"));
}
