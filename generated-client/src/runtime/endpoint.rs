//! Operations, as emitted code states them.

#[allow(unused_macros, reason = "not every document has operations")]
/// Declares an operation: the type that stands for it, and its facts.
///
/// It reads like a function: what a successful answer holds, and what an error answer holds. Behind that
/// stand the method, which is a text where OpenAPI has no name for it, the path and the `operationId`, and
/// whatever is not as usual. The documentation says the same, unless there is another one.
macro_rules! endpoint {
    (
        $marker:ident -> Result<$success:ty, $failure:ty>;
        $method:tt $path:literal as $id:literal;
        $(doc = $doc:literal;)?
        $(retry = $retry:ident;)?
        $(security = $security:expr;)?
        $(server = $server:literal;)?
        $(accept = $accept:literal;)?
        $(redirects = $redirects:literal;)?
        $(bodies = { $($bodies:tt)* };)?
        $(parameters = { $($parameters:tt)* };)?
    ) => {
        #[doc = $crate::runtime::endpoint!(@doc $method $path, $id $(, $doc)?)]
        pub struct $marker;

        impl $crate::runtime::Endpoint for $marker {
            type Success = $success;
            type Failure = $failure;

            const OPERATION: $crate::runtime::Operation =
                $crate::runtime::Operation::new(
                    $id,
                    $crate::runtime::endpoint!(@method $method),
                    $path,
                )
                    $(.retry($crate::runtime::Retry::$retry))?;
            $(const SECURITY: $crate::runtime::Security = $security;)?
            $(
                const SERVER: ::core::option::Option<&'static str> =
                    ::core::option::Option::Some($server);
            )?
            $(const ACCEPT: &'static str = $accept;)?
            $(const REDIRECTS: bool = $redirects;)?
            $($crate::runtime::body_rules!($($bodies)*);)?
            $($crate::runtime::parameter_rules!($($parameters)*);)?
        }
    };
    (@doc $method:tt $path:literal, $id:literal) => {
        concat!(
            "`", $crate::runtime::endpoint!(@spelled $method), " ", $path, "`: the operation `", $id, "`."
        )
    };
    (@doc $method:tt $path:literal, $id:literal, $doc:literal) => { $doc };
    (@spelled $method:ident) => { stringify!($method) };
    (@spelled $method:literal) => { $method };
    (@method GET) => { $crate::runtime::Method::Get };
    (@method PUT) => { $crate::runtime::Method::Put };
    (@method POST) => { $crate::runtime::Method::Post };
    (@method DELETE) => { $crate::runtime::Method::Delete };
    (@method OPTIONS) => { $crate::runtime::Method::Options };
    (@method HEAD) => { $crate::runtime::Method::Head };
    (@method PATCH) => { $crate::runtime::Method::Patch };
    (@method TRACE) => { $crate::runtime::Method::Trace };
    (@method QUERY) => { $crate::runtime::Method::Query };
    (@method $other:literal) => { $crate::runtime::Method::Other($other) };
}

#[allow(unused_macros, reason = "not every document has optional parameters")]
/// Methods of a call that set its optional parameters.
///
/// Each has a name and a type, and behind them the method of [`Call`](super::Call) that takes such a
/// parameter, with the name that the server knows and, where there are several, the style.
macro_rules! parameters {
    (
        $marker:ident;
        $(
            $(#[$attribute:meta])*
            $name:ident: $type:ty = $method:ident($wire_name:literal $(, $style:expr)?);
        )*
    ) => {
        impl<M> $crate::runtime::Call<$marker, M> {
            $(
                $(#[$attribute])*
                pub fn $name(self, $name: $type) -> Self {
                    self.$method($wire_name, $name $(, $style)?)
                }
            )*
        }
    };
}

#[allow(
    unused_imports,
    reason = "not every document has operations and parameters"
)]
pub(crate) use {endpoint, parameters};
