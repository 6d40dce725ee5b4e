//! Lists, as emitted code states them.

#[allow(unused_macros, reason = "not every document has lists")]
/// Declares that an operation lists items page by page.
///
/// Behind the type of an item stand the parameter that tells where a page starts, with its place where that
/// is not the query, and the one that limits it; then the ways from an answer to its items, to what tells
/// where the next page starts, and to a flag that tells whether there is one.
macro_rules! paged {
    (
        $marker:ident -> $item:ty;
        $position:ident = $parameter:literal $(from $first:literal)? $(in $place:ident)?;
        $(limit = $limit:literal $(to $most:literal)?;)?
        items($page:ident) = $items:expr;
        $(next($told:ident) = $next:expr;)?
        $(link($linked:ident) = $link:expr;)?
        $(more($flagged:ident) = $more:expr;)?
    ) => {
        impl $crate::runtime::Paged for $marker {
            type Item = $item;
            type Position = $crate::runtime::$position;
            type Place = $crate::runtime::paging_place!($($place)?);

            const PAGING: $crate::runtime::Paging = $crate::runtime::Paging::by($parameter)
                $(.from($first))?
                $(.limit($limit) $(.at_most($most))?)?;

            fn items(
                $page: $crate::runtime::Success<Self>,
            ) -> ::core::option::Option<::std::vec::Vec<$item>> {
                ::core::option::Option::Some($items)
            }

            $(
                fn next($told: &$crate::runtime::Success<Self>) -> $crate::runtime::Next {
                    $crate::runtime::Next::told(|| ::core::option::Option::Some($next.to_string()))
                }
            )?
            $(
                fn next($linked: &$crate::runtime::Success<Self>) -> $crate::runtime::Next {
                    let link = || ::core::option::Option::Some($link.to_string());
                    $crate::runtime::Next::linked(link, $parameter)
                }
            )?
            $(
                fn more($flagged: &$crate::runtime::Success<Self>) -> ::core::option::Option<bool> {
                    ::core::option::Option::Some($more)
                }
            )?
        }
    };
}

#[allow(unused_macros, reason = "not every document has lists")]
/// The part of a request that says which page is wanted.
macro_rules! paging_place {
    () => {
        $crate::runtime::InQuery
    };
    ($place:ident) => {
        $crate::runtime::$place
    };
}

#[allow(unused_imports, reason = "not every document has lists")]
pub(crate) use {paged, paging_place};
