//! Rules about security.

use std::collections::HashSet;

use openapiv3::{OpenAPI, SecurityRequirement};

use super::{Report, operations, path_items};
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::document::nearest::nearest;
use crate::document::pointer::Pointer;

/// A requirement can only name schemes that exist. One that names another is left out.
pub(super) fn check_schemes(openapi: &mut OpenAPI, report: &mut Report<'_>) {
    let components = openapi.components.as_ref();
    let schemes: HashSet<String> = components
        .into_iter()
        .flat_map(|components| components.security_schemes.keys().cloned())
        .collect();
    if let Some(security) = &mut openapi.security {
        let place = Pointer::root().join("security");
        drop_unknown(security, &place, &schemes, report);
    }
    for (_, place, item) in path_items(openapi) {
        for (method, operation) in operations(item) {
            if let Some(security) = &mut operation.security {
                let place = place.join(method).join("security");
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
