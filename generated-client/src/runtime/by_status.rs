//! Bodies whose type depends on the status code.

#[allow(unused_macros, reason = "not every document has such answers")]
/// Declares what an answer holds, by its status code. Each body is read whole.
///
/// A variant stands behind its status codes, and before the type that reads it unless its body holds nothing.
macro_rules! by_status {
    (
        $name:ident;
        $($(#[$doc:meta])* $statuses:pat => $variant:ident $(: $reader:ident $(<$held:ty>)?)?;)+
    ) => {
        $crate::runtime::by_status! {
            @declare #[derive(Debug, Clone, PartialEq)]
            $name; $($(#[$doc])* $variant $(: $reader $(<$held>)?)?;)+
        }

        impl $crate::runtime::Decode for $name {
            type Value = Self;

            fn decode(
                status: $crate::runtime::StatusCode,
                body: &bytes::Bytes,
            ) -> ::core::result::Result<Self, $crate::runtime::DecodeFault> {
                $crate::runtime::by_status! {
                    @choose decode(status, body)
                    $($statuses => $variant $(: $reader $(<$held>)?)?;)+
                }
            }

            fn decode_error(
                status: $crate::runtime::StatusCode,
                body: &bytes::Bytes,
            ) -> ::core::result::Result<Self, $crate::runtime::DecodeFault> {
                $crate::runtime::by_status! {
                    @choose decode_error(status, body)
                    $($statuses => $variant $(: $reader $(<$held>)?)?;)+
                }
            }
        }
    };
    (
        @declare #[$derived:meta]
        $name:ident; $($(#[$doc:meta])* $variant:ident $(: $reader:ident $(<$held:ty>)?)?;)+
    ) => {
        /// What the answer holds, by its status code.
        #[$derived]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$doc])* $variant $(($crate::runtime::by_status!(@held $reader $(<$held>)?)))?,)+
        }
    };
    (@held Json<$held:ty>) => { $held };
    (@held OptionalJson<$held:ty>) => { ::core::option::Option<$held> };
    (@held Text) => { String };
    (@held Bytes) => { bytes::Bytes };
    (@held $stream:ident $(<$held:ty>)?) => { $crate::runtime::$stream $(<$held>)? };
    (
        @choose $read:ident($status:ident, $body:ident)
        $($statuses:pat => $variant:ident $(: $reader:ident $(<$held:ty>)?)?;)+
    ) => {
        #[allow(unreachable_patterns, reason = "a variant may stand for all that is left")]
        match $status.as_u16() {
            $($statuses => $crate::runtime::by_status!(
                @read $read($status, $body) $variant $(: $reader $(<$held>)?)?
            ),)+
            _ => ::core::result::Result::Err(
                $crate::runtime::DecodeFault::unexpected_status($status),
            ),
        }
    };
    (@read $read:ident($status:ident, $body:ident) $variant:ident) => {
        ::core::result::Result::Ok(Self::$variant)
    };
    (@read $read:ident($status:ident, $body:ident) $variant:ident: $reader:ident $(<$held:ty>)?) => {
        $crate::runtime::$reader$(::<$held>)?::$read($status, $body).map(Self::$variant)
    };
}

#[allow(unused_macros, reason = "not every document has such answers")]
/// Declares what an answer holds, by its status code, where some of the bodies are handed out as they
/// arrive. A stream can be read once, so it equals nothing and has no copy.
macro_rules! received_by_status {
    (
        $name:ident;
        $($(#[$doc:meta])* $statuses:pat => $variant:ident $(: $reader:ident $(<$held:ty>)?)?;)+
    ) => {
        $crate::runtime::by_status! {
            @declare #[derive(Debug)]
            $name; $($(#[$doc])* $variant $(: $reader $(<$held>)?)?;)+
        }

        impl $crate::runtime::Receive for $name {
            type Value = Self;

            fn streams(
                status: $crate::runtime::StatusCode,
                headers: &$crate::runtime::HeaderMap,
            ) -> bool {
                #[allow(unreachable_patterns, reason = "a variant may stand for all that is left")]
                match status.as_u16() {
                    $($statuses => $crate::runtime::received_by_status!(
                        @streams status, headers $($reader $(<$held>)?)?
                    ),)+
                    _ => false,
                }
            }

            fn receive(
                status: $crate::runtime::StatusCode,
                body: $crate::runtime::Received,
            ) -> ::core::result::Result<Self, $crate::runtime::DecodeFault> {
                $crate::runtime::by_status! {
                    @choose receive(status, body)
                    $($statuses => $variant $(: $reader $(<$held>)?)?;)+
                }
            }
        }
    };
    (@streams $status:ident, $headers:ident) => { false };
    (@streams $status:ident, $headers:ident $reader:ident $(<$held:ty>)?) => {
        $crate::runtime::$reader$(::<$held>)?::streams($status, $headers)
    };
}

#[allow(unused_imports, reason = "not every document has such answers")]
pub(crate) use {by_status, received_by_status};
