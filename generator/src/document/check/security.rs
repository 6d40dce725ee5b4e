//! Rules about security.

use std::collections::HashSet;

use openapiv3::SecurityRequirement;

use super::Report;
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::document::nearest::nearest;
use crate::document::operations::Model;
use crate::document::pointer::Pointer;

/// A requirement can only name schemes that exist. One that names another is left out.
pub(super) fn check_schemes(model: &mut Model, report: &mut Report<'_>) {
    let components = model.openapi.components.as_ref();
    let schemes: HashSet<String> = components
        .into_iter()
        .flat_map(|components| components.security_schemes.keys().cloned())
        .collect();
    if let Some(security) = &mut model.openapi.security {
        let place = Pointer::root().join("security");
        drop_unknown(security, &place, &schemes, report);
    }
    for mut path in model.path_items() {
        for (place, operation) in path.operations() {
            if let Some(security) = &mut operation.security {
                let place = place.join("security");
                drop_unknown(security, &place, &schemes, report);
            }
        }
    }
}

fn drop_unknown(
    security: &mut Vec<SecurityRequirement>,
    place: &Pointer,
    schemes: &HashSet<String>,
    report: &mut Report<'_>,
) {
    let mut unknown = Vec::new();
    for (index, requirement) in security.iter().enumerate() {
        let names: Vec<&String> = requirement
            .keys()
            .filter(|name| !schemes.contains(*name))
            .collect();
        if !names.is_empty() {
            unknown.push(index);
        }
        for name in names {
            let location = report.at(Place::Key(place.join(&index.to_string()).join(name)));
            let message =
                format!("there is no security scheme `{name}`; the requirement is ignored");
            let mut diagnostic = Diagnostic::new(Code::UnknownSecurityScheme, location, message)
                .label("not declared");
            diagnostic.help = Some(match nearest(name, schemes.iter().map(String::as_str)) {
                Some(nearest) => format!("is `{nearest}` meant?"),
                None => format!("declare `{name}` in `#/components/securitySchemes`"),
            });
            report.push(diagnostic);
        }
    }
    for index in unknown.into_iter().rev() {
        report.removed(place, index, security.len());
        security.remove(index);
    }
}
