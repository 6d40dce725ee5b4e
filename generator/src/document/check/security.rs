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
    let mut index = 0;
    security.retain(|requirement| {
        let place = place.join(&index.to_string());
        index += 1;
        let mut is_known = true;
        for name in requirement.keys().filter(|name| !schemes.contains(*name)) {
            is_known = false;
            let location = report.at(Place::Key(place.join(name)));
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
        is_known
    });
}
