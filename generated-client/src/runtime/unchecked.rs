//! In place of the limits of the document where the feature `validate` is off.

/// Emitted code states its limits nevertheless.
macro_rules! nothing {
    ($($name:ident),*) => { $(nothing!(@one $name, $);)* };
    (@one $name:ident, $dollar:tt) => {
        #[allow(unused_macros, reason = "not every document has request types")]
        macro_rules! $name {
            ($dollar($rules:tt)*) => {};
        }
    };
}

nothing!(body_rules, parameter_rules, rules, union_rules);

#[allow(unused_imports, reason = "not every document has request types")]
pub(crate) use {body_rules, parameter_rules, rules, union_rules};
