//! The sections of `components`.

use crate::document::pointer::Pointer;

/// The sections of `components`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::document) enum Section {
    Schemas,
    Responses,
    Parameters,
    Examples,
    RequestBodies,
    Headers,
    SecuritySchemes,
    Links,
    Callbacks,
    PathItems,
    MediaTypes,
}

impl Section {
    /// Those whose parts can be referred to as components.
    pub(super) const OF_COMPONENTS: &[Self] = &[
        Self::Schemas,
        Self::Responses,
        Self::Parameters,
        Self::Examples,
        Self::RequestBodies,
        Self::Headers,
        Self::SecuritySchemes,
        Self::Links,
        Self::Callbacks,
    ];

    /// Whether the specification knows a section of `components` by this key.
    pub(super) fn is_known(key: &str) -> bool {
        let others = [Self::PathItems, Self::MediaTypes];
        let mut known = Self::OF_COMPONENTS.iter().chain(&others);
        known.any(|section| section.key() == key)
    }

    /// Where its components are.
    pub(super) fn pointer(self) -> Pointer {
        Pointer::root().join("components").join(self.key())
    }

    pub(in crate::document::reader) fn key(self) -> &'static str {
        match self {
            Self::Schemas => "schemas",
            Self::Responses => "responses",
            Self::Parameters => "parameters",
            Self::Examples => "examples",
            Self::RequestBodies => "requestBodies",
            Self::Headers => "headers",
            Self::SecuritySchemes => "securitySchemes",
            Self::Links => "links",
            Self::Callbacks => "callbacks",
            Self::PathItems => "pathItems",
            Self::MediaTypes => "mediaTypes",
        }
    }
}
