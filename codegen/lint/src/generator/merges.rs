//! Compositions with `allOf`, whose parts typify merges into one type.

mod compositions;
mod contradictions;
mod endless;

use document::{Document, Kind, Report};

use compositions::Compositions;
use endless::Merges;

pub(super) fn check(document: &Document<'_>, report: &mut Report) {
    let compositions = Compositions::new(document);
    report.extend(compositions.cycles());
    report.extend(compositions.too_deep());
    let mut merges = Merges::new(document);
    for schema in document.objects(Kind::Schema).filter(|schema| compositions.is_mergeable(*schema))
    {
        report.extend(merges.endless(schema));
        report.extend(contradictions::contradictory(document, schema));
    }
}
