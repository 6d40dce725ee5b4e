//! Names of the client's runtime.

/// What modules of operations import where they mention it. An operation that took one of these names would
/// hide it.
pub(crate) const IMPORTED: &[&str] = &[
    "Alternative",
    "AsFile",
    "AsStream",
    "AsText",
    "Async",
    "ByteStream",
    "Bytes",
    "Call",
    "Client",
    "Empty",
    "EventStream",
    "FieldEncoding",
    "ItemStream",
    "Json",
    "OptionalJson",
    "ParamValue",
    "StateGoal",
    "Style",
    "Text",
    "Wait",
    "WaitGone",
    "WholeEvent",
];
