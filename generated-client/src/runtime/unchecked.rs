//! In place of the limits of the document where the feature `validate` is off.

#[allow(unused_macros, reason = "not every document has request types")]
macro_rules! body_rules {
    ($($rules:tt)*) => {};
}

#[allow(unused_macros, reason = "not every document has request types")]
macro_rules! parameter_rules {
    ($($rules:tt)*) => {};
}

#[allow(unused_macros, reason = "not every document has request types")]
macro_rules! rules {
    ($($rules:tt)*) => {};
}

#[allow(unused_macros, reason = "not every document has request types")]
macro_rules! union_rules {
    ($($rules:tt)*) => {};
}

#[allow(unused_imports, reason = "not every document has request types")]
pub(crate) use {body_rules, parameter_rules, rules, union_rules};
