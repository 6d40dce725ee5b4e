//! Limits of unions in requests.

/// The rules of a union of requests: of its variants, by the values of the property that tells them
/// apart where there is one.
#[allow(unused_macros, reason = "not every document has unions in requests")]
macro_rules! union_rules {
    ($type:ident = $property:literal; $([$($tag:literal),+]: $rules:tt;)*) => {
        $crate::runtime::union_rules!(@impl $type, |value| {
            match value.get($property).and_then(serde_json::Value::as_str) {
                $(Some($($tag)|+) => vec![$crate::runtime::union_rules!(@rules $rules)],)*
                _ => Vec::new(),
            }
        });
    };
    ($type:ident; $($variant:ident: $rules:tt;)*) => {
        $crate::runtime::union_rules!(@impl $type, |value| {
            $crate::runtime::union::meant(value, &[$((
                |value| Some($crate::runtime::union::read(value)?.map($type::$variant)),
                $crate::runtime::union_rules!(@rules $rules),
            )),*])
        });
    };
    (@rules $rules:tt) => {
        const {
            let rules: &'static $crate::runtime::Rules = $crate::runtime::rules!(@all $rules);
            rules
        }
    };
    (@impl $type:ident, $choose:expr) => {
        impl $crate::runtime::Validate for $type {
            const RULES: &'static $crate::runtime::Rules =
                &[$crate::runtime::Rule::Choose($choose)];
        }

        impl $type {
            /// Checks the value against the limits of the document, and names everything that is not
            /// allowed at once.
            pub fn validate(&self) -> Result<(), $crate::runtime::Violations> {
                $crate::runtime::Validate::validate(self)
            }
        }
    };
}

#[allow(unused_imports, reason = "not every document has unions in requests")]
pub(crate) use union_rules;
