//! How callers build objects of requests.

use super::Patch;

/// What a property that may be left out holds once it is set.
pub trait Holding<V> {
    /// Holds a value that was given.
    fn holding(value: V) -> Self;
}

impl<T, V: Into<T>> Holding<V> for Option<T> {
    fn holding(value: V) -> Self {
        Some(value.into())
    }
}

impl<T, V: Into<Patch<T>>> Holding<V> for Patch<T> {
    fn holding(value: V) -> Self {
        value.into()
    }
}

#[allow(unused_macros, reason = "not every document has objects in requests")]
/// The constructor of an object, and methods that set what it does not take.
///
/// Where nothing is required, it takes nothing, and is not mentioned. Else it takes the required properties
/// one by one, or in a struct where they are many; behind a semicolon stand those that it fills in. Behind
/// two dots stands the field that holds the properties without a name.
macro_rules! construction {
    ($name:ident; new $arguments:tt; $($rest:tt)*) => {
        impl $name {
            $crate::runtime::construction! { @new $name $arguments $($rest)* }
            $crate::runtime::construction! { @setters $($rest)* }
        }
    };
    ($name:ident; $($rest:tt)*) => {
        impl $name {
            #[doc = concat!("A `", stringify!($name), "` of which nothing is set: nothing is required.")]
            pub fn new() -> Self {
                <Self as ::core::default::Default>::default()
            }

            $crate::runtime::construction! { @setters $($rest)* }
        }
    };
    (@new $name:ident ($($required:ident: $given:ty),* $(; $($filled:ident),+)?) $($rest:tt)*) => {
        #[doc = concat!("A `", stringify!($name), "` with what is required.")]
        pub fn new($($required: $given),*) -> Self {
            $crate::runtime::construction!(
                @object
                ($($required = Into::into($required),)* $($($filled = Default::default(),)+)?)
                $($rest)*
            )
        }
    };
    (
        @new $name:ident
        ($all:ident: $all_type:ident { $($required:ident),* } $(; $($filled:ident),+)?)
        $($rest:tt)*
    ) => {
        #[doc = concat!("A `", stringify!($name), "` with what is required.")]
        pub fn new($all: $all_type) -> Self {
            $crate::runtime::construction!(
                @object
                ($($required = $all.$required,)* $($($filled = Default::default(),)+)?)
                $($rest)*
            )
        }
    };
    (
        @object ($($required:ident = $value:expr,)*)
        $($field:ident: $type:ty;)* $(..$unnamed:ident;)?
    ) => {
        Self {
            $($required: $value,)*
            $($field: Default::default(),)*
            $($unnamed: Default::default(),)?
        }
    };
    (@setters $($field:ident: $type:ty;)* $(..$unnamed:ident;)?) => {
        $(
            #[doc = concat!("Sets `", stringify!($field), "`.")]
            #[must_use]
            pub fn $field(mut self, value: $type) -> Self {
                self.$field = $crate::runtime::construction::Holding::holding(value);
                self
            }
        )*
    };
}

#[allow(unused_imports, reason = "not every document has objects in requests")]
pub(crate) use construction;
