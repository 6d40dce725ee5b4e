//! The result of a comparison.

use serde::Serialize;

/// What differs between two states of an API.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Comparison {
    /// What the changes ask of the version of the client.
    pub advice: Advice,
    /// The changes, those with the gravest effect first.
    pub changes: Vec<Change>,
}

impl Comparison {
    pub(super) fn new(mut changes: Vec<Change>) -> Self {
        changes.sort_by_key(|change| std::cmp::Reverse(change.effect));
        let worst = changes.first().map(|change| change.effect);
        Self {
            advice: worst.map_or(Advice::Keep, Advice::of),
            changes,
        }
    }

    /// The number of changes with this effect.
    pub fn count(&self, effect: Effect) -> usize {
        let with_effect = |change: &&Change| change.effect == effect;
        self.changes.iter().filter(with_effect).count()
    }
}

/// One change of an API.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// What kind of change it is.
    pub kind: Kind,
    /// What it means for a caller's code.
    pub effect: Effect,
    /// What has changed, in terms of the API: a sentence without a full stop.
    pub what: String,
    /// What a caller notices, in terms of Rust: a sentence without a full stop.
    pub meaning: String,
    /// The place in the older document, as a JSON pointer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub old: Option<String>,
    /// The place in the newer document, as a JSON pointer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub new: Option<String>,
    /// The operations that it reaches.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub reach: Vec<Reach>,
}

/// What a change means for a caller's code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Effect {
    /// Nothing: at most the documentation reads differently.
    Nothing,
    /// The code compiles as it is, and there may be something new to use.
    Recompile,
    /// The code compiles as it is, and does something else when it runs.
    Behaviour,
    /// Code that uses what has changed no longer compiles.
    CompileError,
}

/// What the changes ask of the version of the client, by the rules of semantic versioning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Advice {
    /// Nothing has changed.
    Keep,
    /// A fix: the third number.
    Patch,
    /// Something new: the second number, or the third one of a version below 1.
    Minor,
    /// A break: the first number, or the second one of a version below 1.
    Major,
}

impl Advice {
    fn of(worst: Effect) -> Self {
        match worst {
            Effect::Nothing => Self::Patch,
            Effect::Recompile | Effect::Behaviour => Self::Minor,
            Effect::CompileError => Self::Major,
        }
    }
}

/// An operation that a change reaches, and the way to it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Reach {
    /// The operation, for example `POST /clusters`.
    pub operation: String,
    /// The part of the call.
    pub direction: Direction,
    /// The way from that part to the change, for example `items[].properties.ram`; empty where the
    /// change concerns the part as a whole.
    pub path: String,
}

/// A part of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    /// The call as a whole.
    Call,
    /// A parameter.
    Parameter,
    /// The request body.
    Request,
    /// A successful answer.
    Answer,
    /// An error answer.
    Error,
}

/// What kind of change it is; stable across versions of this program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs, reason = "the names say what has changed")]
pub enum Kind {
    VersionChanged,
    DocumentationChanged,
    DeprecationChanged,
    ServerChanged,
    ErrorTypeChanged,
    GroupRenamed,
    OperationAdded,
    OperationRemoved,
    OperationRenamed,
    OperationMoved,
    SignatureChanged,
    ParameterAdded,
    ParameterRemoved,
    ParameterRenamed,
    ParameterRequired,
    ParameterOptional,
    ParameterTypeChanged,
    ParameterPlaceChanged,
    ParameterOrderChanged,
    BodyChanged,
    SuccessChanged,
    FailureChanged,
    HeaderAdded,
    HeaderRemoved,
    HeaderChanged,
    PagingChanged,
    WaiterAdded,
    WaiterRemoved,
    WaiterChanged,
    RetryChanged,
    SecurityChanged,
    TypeAdded,
    TypeRemoved,
    TypeRenamed,
    TypeMoved,
    TypeChanged,
    UsageChanged,
    FieldAdded,
    FieldRemoved,
    FieldRenamed,
    FieldTypeChanged,
    FieldPresenceChanged,
    ConstructorChanged,
    ValueAdded,
    ValueRemoved,
    ValueRenamed,
    VariantAdded,
    VariantRemoved,
    VariantChanged,
    DefaultChanged,
    ConstraintsChanged,
    Other,
}

/// What a change is about, from which the operations that it reaches are found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Subject {
    /// The API as a whole.
    Api,
    /// One call, as it is named in reports.
    Operation(String),
    /// A parameter of a call, by its name in the request.
    Parameter(String, String),
    /// A type of the older or the newer state, and a member of it.
    Type {
        side: Side,
        name: String,
        member: Option<String>,
    },
}

/// One of the two states.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Side {
    Old,
    New,
}

/// A change whose reach is not known yet.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    pub(super) kind: Kind,
    pub(super) effect: Effect,
    pub(super) subject: Subject,
    pub(super) what: String,
    pub(super) meaning: String,
    pub(super) old: Option<String>,
    pub(super) new: Option<String>,
}

impl Draft {
    pub(super) fn new(
        kind: Kind,
        effect: Effect,
        subject: Subject,
        what: impl Into<String>,
        meaning: impl Into<String>,
    ) -> Self {
        Self {
            kind,
            effect,
            subject,
            what: what.into(),
            meaning: meaning.into(),
            old: None,
            new: None,
        }
    }

    pub(super) fn old(mut self, pointer: &str) -> Self {
        self.old = Some(pointer.to_owned());
        self
    }

    pub(super) fn new_at(mut self, pointer: &str) -> Self {
        self.new = Some(pointer.to_owned());
        self
    }

    pub(super) fn at(self, old: &str, new: &str) -> Self {
        self.old(old).new_at(new)
    }
}
