//! Security schemes and which of them an operation needs.

use std::collections::HashMap;

use openapiv3::{APIKeyLocation, ReferenceOr, SecurityScheme as Published};

use super::node::component_name;
use super::source::OperationSource;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Location, Place};
use crate::document::{Document, Pointer};
use crate::ir::{ApiKeyLocation, Docs, SecurityRequirement, SecurityScheme, SecuritySchemeKind};

/// The security schemes that a client can satisfy, by name and in the document's order.
#[derive(Debug)]
pub(super) struct SecuritySchemes<'a> {
    document: &'a Document,
    pub(super) usable: Vec<SecurityScheme>,
    positions: HashMap<String, usize>,
}

impl<'a> SecuritySchemes<'a> {
    /// Reads the schemes and reports those that a client cannot satisfy.
    pub(super) fn of(document: &'a Document, diagnostics: &mut Diagnostics) -> Self {
        let mut schemes = Self {
            document,
            usable: Vec::new(),
            positions: HashMap::new(),
        };
        let Some(components) = &document.openapi.components else {
            return schemes;
        };
        for name in components.security_schemes.keys() {
            let Some(published) = schemes.published(name) else {
                continue;
            };
            match kind(published) {
                Ok(kind) => {
                    schemes.positions.insert(name.clone(), schemes.usable.len());
                    schemes.usable.push(SecurityScheme {
                        name: name.clone(),
                        docs: docs(published),
                        kind,
                    });
                }
                Err(scheme) => diagnostics.push(unsupported(document, name, scheme)),
            }
        }
        schemes
    }

    /// The alternatives that an operation accepts, those that cannot be satisfied left out.
    pub(super) fn requirements(&self, source: &OperationSource<'_>) -> Vec<SecurityRequirement> {
        let published = source.operation.security.as_ref().or(self
            .document
            .openapi
            .security
            .as_ref());
        published
            .into_iter()
            .flatten()
            .map(|requirement| SecurityRequirement {
                schemes: requirement.keys().cloned().collect(),
            })
            .filter(|requirement| {
                let mut schemes = requirement.schemes.iter();
                schemes.all(|name| self.positions.contains_key(name))
            })
            .collect()
    }

    fn published(&self, name: &str) -> Option<&'a Published> {
        let components = self.document.openapi.components.as_ref()?;
        match components.security_schemes.get(name)? {
            ReferenceOr::Item(scheme) => Some(scheme),
            ReferenceOr::Reference { reference } => {
                match components.security_schemes.get(component_name(reference))? {
                    ReferenceOr::Item(scheme) => Some(scheme),
                    ReferenceOr::Reference { .. } => None,
                }
            }
        }
    }
}

/// What a scheme sends, or the name of the HTTP authentication that is not supported.
fn kind(published: &Published) -> Result<SecuritySchemeKind, &str> {
    match published {
        Published::APIKey { location, name, .. } => Ok(SecuritySchemeKind::ApiKey {
            key: name.clone(),
            location: match location {
                APIKeyLocation::Query => ApiKeyLocation::Query,
                APIKeyLocation::Header => ApiKeyLocation::Header,
                APIKeyLocation::Cookie => ApiKeyLocation::Cookie,
            },
        }),
        Published::HTTP { scheme, .. } => match scheme.to_ascii_lowercase().as_str() {
            "basic" => Ok(SecuritySchemeKind::Basic),
            "bearer" => Ok(SecuritySchemeKind::Bearer),
            _ => Err(scheme),
        },
        Published::OAuth2 { .. } | Published::OpenIDConnect { .. } => {
            Ok(SecuritySchemeKind::Bearer)
        }
    }
}

fn docs(published: &Published) -> Docs {
    let (Published::APIKey { description, .. }
    | Published::HTTP { description, .. }
    | Published::OAuth2 { description, .. }
    | Published::OpenIDConnect { description, .. }) = published;
    Docs {
        text: description.as_deref().unwrap_or_default().trim().to_owned(),
        deprecated: false,
    }
}

fn unsupported(document: &Document, name: &str, scheme: &str) -> Diagnostic {
    let pointer = Pointer::root()
        .join("components")
        .join("securitySchemes")
        .join(name);
    let location = Location {
        file: document.file,
        place: Place::Value(pointer.join("scheme")),
    };
    Diagnostic::new(
        Code::UnsupportedSecurityScheme,
        location,
        format!("the client has no HTTP authentication of the scheme `{scheme}`"),
    )
    .help("calls that need it can set the `Authorization` header themselves")
}
