//! Does a model read each documented example and write it back unchanged?

use ::document::exact;

use support::{document, generated};

#[test]
fn each_example_is_read_and_written_back() {
    for example in document::examples() {
        let decoded = generated::decode(example.model, &example.json)
            .unwrap_or_else(|error| panic!("{}: {error}", example.title()));
        let (mut found, written) =
            (exact::json(&example.json).unwrap(), exact::json(&decoded.rewritten).unwrap());
        // In a request, null clears a member. In a response, it means the same as a missing member.
        if example.part != "request" {
            document::drop_nulls(&mut found, &written);
        }
        assert_eq!(exact::differences(&found, &written), [], "{}", example.title());
        insta::with_settings!({ description => example.page, omit_expression => true }, {
            insta::assert_snapshot!(example.title(), decoded.value);
        });
    }
}
