//! Reads security schemes.

use indexmap::IndexMap;
use openapiv3::{
    APIKeyLocation, AuthorizationCodeOAuth2Flow, ClientCredentialsOAuth2Flow, ImplicitOAuth2Flow,
    OAuth2Flows, PasswordOAuth2Flow, ReferenceOr, SecurityScheme,
};
use serde_json::Value;

use super::Reader;
use super::object::Object;
use super::resolve::{Section, reference_object};
use crate::document::pointer::Path;

pub(super) fn scheme_or_reference<'v>(
    reader: &mut Reader<'_, 'v>,
    value: &'v Value,
    path: &Path<'_>,
) -> Option<ReferenceOr<SecurityScheme>> {
    if let Some(map) = reference_object(value) {
        let reference = reader.reference(Section::SecuritySchemes, map, path)?;
        return Some(ReferenceOr::Reference { reference });
    }
    let mut object = reader.object(value, path)?;
    object.value("deprecated");
    scheme(&mut object).map(ReferenceOr::Item)
}

fn scheme(object: &mut Object<'_, '_, '_, '_>) -> Option<SecurityScheme> {
    let kind = object.required_text("type")?;
    let description = object.text("description");
    let scheme = match kind.as_str() {
        "apiKey" => {
            let location = location(object);
            let name = object.required_text("name");
            SecurityScheme::APIKey {
                location: location?,
                name: name?,
                description,
                extensions: object.rest(),
            }
        }
        "http" => SecurityScheme::HTTP {
            scheme: object.required_text("scheme")?,
            bearer_format: object.text("bearerFormat"),
            description,
            extensions: object.rest(),
        },
        "oauth2" => SecurityScheme::OAuth2 {
            flows: object.item("flows", flows).unwrap_or_default(),
            description,
            extensions: {
                object.value("oauth2MetadataUrl");
                object.rest()
            },
        },
        "openIdConnect" => SecurityScheme::OpenIDConnect {
            open_id_connect_url: object.text_or("openIdConnectUrl", ""),
            description,
            extensions: object.rest(),
        },
        "mutualTLS" => SecurityScheme::HTTP {
            scheme: kind,
            bearer_format: None,
            description,
            extensions: object.rest(),
        },
        other => {
            let path = object.path.key("type");
            let message = format!("`{other}` is no type of a security scheme");
            let help = match other {
                "basic" => "OpenAPI 3 says `type: http` and `scheme: basic`",
                _ => "the types are `apiKey`, `http`, `oauth2`, `openIdConnect` and `mutualTLS`",
            };
            object.reader.invalid(&path, message, help.to_owned());
            return None;
        }
    };
    Some(scheme)
}

fn location(object: &mut Object<'_, '_, '_, '_>) -> Option<APIKeyLocation> {
    match object.required_text("in")?.as_str() {
        "query" => Some(APIKeyLocation::Query),
        "header" => Some(APIKeyLocation::Header),
        "cookie" => Some(APIKeyLocation::Cookie),
        other => {
            let path = object.path.key("in");
            let message = format!("an API key cannot be in `{other}`");
            let help = "the locations are `query`, `header` and `cookie`".to_owned();
            object.reader.invalid(&path, message, help);
            None
        }
    }
}

fn flows<'v>(
    reader: &mut Reader<'_, 'v>,
    value: &'v Value,
    path: &Path<'_>,
) -> Option<OAuth2Flows> {
    let mut object = reader.object(value, path)?;
    // Of OpenAPI 3.2; no flow that a program can follow by itself.
    object.value("deviceAuthorization");
    Some(OAuth2Flows {
        implicit: object.item("implicit", |reader, value, path| {
            let mut object = reader.object(value, path)?;
            Some(ImplicitOAuth2Flow {
                authorization_url: object.text_or("authorizationUrl", ""),
                refresh_url: object.text("refreshUrl"),
                scopes: scopes(&mut object),
                extensions: object.finish(),
            })
        }),
        password: object.item("password", |reader, value, path| {
            let mut object = reader.object(value, path)?;
            Some(PasswordOAuth2Flow {
                token_url: object.text_or("tokenUrl", ""),
                refresh_url: object.text("refreshUrl"),
                scopes: scopes(&mut object),
                extensions: object.finish(),
            })
        }),
        client_credentials: object.item("clientCredentials", |reader, value, path| {
            let mut object = reader.object(value, path)?;
            Some(ClientCredentialsOAuth2Flow {
                token_url: object.text_or("tokenUrl", ""),
                refresh_url: object.text("refreshUrl"),
                scopes: scopes(&mut object),
                extensions: object.finish(),
            })
        }),
        authorization_code: object.item("authorizationCode", |reader, value, path| {
            let mut object = reader.object(value, path)?;
            Some(AuthorizationCodeOAuth2Flow {
                authorization_url: object.text_or("authorizationUrl", ""),
                token_url: object.text_or("tokenUrl", ""),
                refresh_url: object.text("refreshUrl"),
                scopes: scopes(&mut object),
                extensions: object.finish(),
            })
        }),
        extensions: object.finish(),
    })
}

fn scopes(object: &mut Object<'_, '_, '_, '_>) -> IndexMap<String, String> {
    if !object.map.contains_key("scopes") {
        object.assumed("scopes", "none");
    }
    object.map("scopes", |reader, value, path| {
        if value.is_null() {
            return Some(String::new());
        }
        reader.text(value, path)
    })
}
