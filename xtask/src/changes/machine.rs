//! The report for machines.

use serde_json::{Value, json};

use super::{Report, Spot, advice_word};

/// The report as JSON.
pub(crate) fn json(report: &Report) -> Value {
    let changes = report.comparison.changes.iter().zip(&report.places);
    let changes: Vec<Value> = changes
        .map(|(change, places)| {
            let place = |spot: &Option<Spot>| {
                let Spot {
                    file,
                    pointer,
                    line,
                    column,
                } = spot.as_ref()?;
                Some(json!({"pointer": pointer, "file": file, "line": line, "column": column}))
            };
            json!({
                "kind": change.kind,
                "effect": change.effect,
                "what": change.what,
                "meaning": change.meaning,
                "old": place(&places.old),
                "new": place(&places.new),
                "reach": change.reach,
            })
        })
        .collect();
    json!({
        "old": report.old_name,
        "new": report.new_name,
        "advice": advice_word(report.comparison.advice),
        "changes": changes,
    })
}
