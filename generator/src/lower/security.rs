//! Security schemes and which of them an operation needs.

use std::collections::{HashMap, HashSet};

use indexmap::IndexMap;
use openapiv3::{
    APIKeyLocation, Parameter, ReferenceOr, SecurityRequirement as Requirement,
    SecurityScheme as Published,
};

use super::node::component_name;
use super::source::OperationSource;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::document::{Document, Pointer};
use crate::http_token::is_token;
use crate::ir::{ApiKeyLocation, Docs, SecurityRequirement, SecurityScheme, SecuritySchemeKind};

/// The security schemes that a client can satisfy, by name and in the document's order.
#[derive(Debug)]
pub(super) struct SecuritySchemes<'a> {
    document: &'a Document,
    pub(super) usable: Vec<SecurityScheme>,
    positions: HashMap<String, usize>,
    /// The document declares schemes and never says what requires them.
    are_forgotten: bool,
}

impl<'a> SecuritySchemes<'a> {
    /// Reads the schemes and reports those that a client cannot satisfy, or that nothing requires.
    pub(super) fn of(
        document: &'a Document,
        sources: &[OperationSource<'_>],
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let required = required(document, sources);
        let says_nothing = document.openapi.security.is_none()
            && sources
                .iter()
                .all(|source| source.operation.security.is_none());
        let mut schemes = Self {
            document,
            usable: Vec::new(),
            positions: HashMap::new(),
            are_forgotten: says_nothing,
        };
        let Some(components) = &document.openapi.components else {
            return schemes;
        };
        for name in components.security_schemes.keys() {
            let Some(published) = schemes.published(name) else {
                continue;
            };
            match kind(published) {
                Ok(_) if !says_nothing && !required.contains(name.as_str()) => {
                    diagnostics.push(not_required(document, name));
                }
                Ok(kind) => {
                    schemes.positions.insert(name.clone(), schemes.usable.len());
                    schemes.usable.push(SecurityScheme {
                        name: name.clone(),
                        docs: docs(published),
                        kind,
                    });
                }
                Err(reason) => diagnostics.push(unsupported(document, name, &reason)),
            }
        }
        if says_nothing && let Some(first) = schemes.usable.first() {
            diagnostics.push(forgotten(document, &first.name));
        }
        schemes
    }

    /// The alternatives that an operation accepts, those that cannot be satisfied left out.
    pub(super) fn requirements(
        &self,
        source: &OperationSource<'_>,
        diagnostics: &mut Diagnostics,
    ) -> Vec<SecurityRequirement> {
        if self.are_forgotten {
            return self.any_or_none();
        }
        let own = source.operation.security.as_ref();
        let mut alternatives = Vec::new();
        for (index, requirement) in self.satisfiable(source) {
            let schemes: Vec<String> = requirement.keys().cloned().collect();
            let (header, others): (Vec<String>, Vec<String>) = schemes
                .into_iter()
                .partition(|name| self.is_authorization(name));
            if header.len() < 2 {
                let schemes = requirement.keys().cloned().collect();
                alternatives.push(SecurityRequirement { schemes });
                continue;
            }
            let place = match own {
                Some(_) => source.pointer.join("security"),
                None => Pointer::root().join("security"),
            };
            diagnostics.push(self.one_header(place.join(&index.to_string()), &header));
            alternatives.extend(header.into_iter().map(|one| SecurityRequirement {
                schemes: others.iter().cloned().chain([one]).collect(),
            }));
        }
        alternatives
    }

    /// The alternatives of an operation's security that the client has all schemes of, with their places.
    fn satisfiable<'s>(
        &'s self,
        source: &OperationSource<'s>,
    ) -> impl Iterator<Item = (usize, &'s Requirement)> {
        let root = self.document.openapi.security.as_ref();
        let own = source.operation.security.as_ref();
        let published = own.or(root).into_iter().flatten().enumerate();
        published.filter(|(_, requirement)| {
            let mut schemes = requirement.keys();
            schemes.all(|name| self.positions.contains_key(name))
        })
    }

    /// Whether a parameter holds a key that each alternative of its operation's security shows. Where the
    /// client has credentials, no call needs to say it again.
    pub(super) fn shows(&self, source: &OperationSource<'_>, parameter: &Parameter) -> bool {
        let location = match parameter {
            Parameter::Header { .. } => ApiKeyLocation::Header,
            Parameter::Query { .. } => ApiKeyLocation::Query,
            Parameter::Cookie { .. } => ApiKeyLocation::Cookie,
            Parameter::Path { .. } => return false,
        };
        let name = &parameter.parameter_data_ref().name;
        let is_shown = |scheme: &String| {
            let position = self.positions.get(scheme);
            let scheme = position.and_then(|position| self.usable.get(*position));
            scheme.is_some_and(|scheme| match &scheme.kind {
                SecuritySchemeKind::ApiKey { key, location: own } if *own == location => {
                    let is_header = location == ApiKeyLocation::Header;
                    key == name || is_header && key.eq_ignore_ascii_case(name)
                }
                _ => false,
            })
        };
        let mut alternatives = self.satisfiable(source).peekable();
        alternatives.peek().is_some()
            && alternatives.all(|(_, requirement)| requirement.keys().any(is_shown))
    }

    /// Each scheme, or none: whoever gives credentials for one wants them to be shown.
    fn any_or_none(&self) -> Vec<SecurityRequirement> {
        let one = |scheme: &SecurityScheme| vec![scheme.name.clone()];
        let schemes = self.usable.iter().map(one);
        let none = (!self.usable.is_empty()).then(Vec::new);
        schemes
            .chain(none)
            .map(|schemes| SecurityRequirement { schemes })
            .collect()
    }

    /// A scheme that is shown in the header `Authorization`.
    fn is_authorization(&self, name: &str) -> bool {
        let position = self.positions.get(name);
        let scheme = position.and_then(|position| self.usable.get(*position));
        scheme.is_some_and(|scheme| {
            matches!(
                scheme.kind,
                SecuritySchemeKind::Basic | SecuritySchemeKind::Bearer
            )
        })
    }

    fn one_header(&self, pointer: Pointer, schemes: &[String]) -> Diagnostic {
        let location = self.document.value_at(pointer);
        let message = format!(
            "`{}` all need the one header `Authorization`: each of them is taken as an alternative",
            schemes.join("` and `")
        );
        Diagnostic::new(Code::UnsupportedSecurityScheme, location, message)
            .help("alternatives are separate items of the list `security`")
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

/// The names of the schemes that operations require.
fn required<'a>(document: &'a Document, sources: &[OperationSource<'a>]) -> HashSet<&'a str> {
    let root = document.openapi.security.as_ref();
    sources
        .iter()
        .filter_map(|source| source.operation.security.as_ref().or(root))
        .flatten()
        .flat_map(IndexMap::keys)
        .map(String::as_str)
        .collect()
}

/// Why the client cannot show a scheme.
enum Unsupported<'a> {
    /// It has no such HTTP authentication.
    Authentication(&'a str),
    /// No header can have the name of the key.
    HeaderName(&'a str),
}

/// What a scheme sends.
fn kind(published: &Published) -> Result<SecuritySchemeKind, Unsupported<'_>> {
    match published {
        Published::APIKey {
            location: APIKeyLocation::Header,
            name,
            ..
        } if !is_token(name) => Err(Unsupported::HeaderName(name)),
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
            "mutualtls" => Ok(SecuritySchemeKind::MutualTls),
            _ => Err(Unsupported::Authentication(scheme)),
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

fn unsupported(document: &Document, name: &str, reason: &Unsupported<'_>) -> Diagnostic {
    let (keyword, message, help) = match reason {
        Unsupported::Authentication(scheme) => (
            "scheme",
            format!("the client has no HTTP authentication of the scheme `{scheme}`"),
            "calls that need it can set the `Authorization` header themselves",
        ),
        Unsupported::HeaderName(key) => (
            "name",
            format!("no header can have the name `{key}`"),
            "a token behind the word `Bearer` is `type: http` with `scheme: bearer`",
        ),
    };
    let location = document.value_at(place(name).join(keyword));
    Diagnostic::new(Code::UnsupportedSecurityScheme, location, message).help(help)
}

fn not_required(document: &Document, name: &str) -> Diagnostic {
    let message = format!("nothing requires the security scheme `{name}`: no call shows it");
    about(document, name, message).help(
        "where the document forgets it, an overlay can add it to `security`; else \
         `ClientBuilder::header` gives every call a header",
    )
}

fn forgotten(document: &Document, first: &str) -> Diagnostic {
    let message = "the document never says what requires its security schemes: a call shows one \
                   that the client has credentials for, or goes without";
    about(document, first, message.to_owned())
        .help("an overlay can add `security` at the root of the document")
}

fn about(document: &Document, name: &str, message: String) -> Diagnostic {
    let location = document.key_at(place(name));
    Diagnostic::new(Code::NotEmitted, location, message)
}

fn place(name: &str) -> Pointer {
    Pointer::of_component("securitySchemes", name)
}
