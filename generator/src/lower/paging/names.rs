//! Names that parameters and properties of lists have.
//!
//! They are written in lower case, without what stands between words.

/// Parameters that skip items.
pub(super) const OFFSETS: &[&str] = &["offset", "skip", "start", "startat", "pageoffset"];

/// With a name beside it that begins with one of these, `start` is the start of a range.
pub(super) const RANGE_ENDS: &[&str] = &[
    "end", "stop", "finish", "until", "to", "duration", "step", "interval",
];

/// Parameters that are the number of a page.
pub(super) const PAGES: &[&str] = &[
    "page",
    "pagenumber",
    "pageno",
    "pagenum",
    "pageindex",
    "currentpage",
    "paginationpage",
];

/// Parameters that take what the page before has told.
pub(super) const CURSORS: &[&str] = &[
    "cursor",
    "pagecursor",
    "pagetoken",
    "nextpagetoken",
    "nexttoken",
    "nextcursor",
    "continuationtoken",
    "continue",
    "paginationtoken",
    "marker",
    "after",
    "afterid",
    "startingafter",
    "startcursor",
];

/// Parameters that take the ID of the last item before a page.
pub(super) const LAST_IDS: &[&str] = &["after", "afterid", "startingafter"];

/// Parameters that limit the items of a page.
pub(super) const LIMITS: &[&str] = &[
    "limit",
    "perpage",
    "pagesize",
    "size",
    "maxresults",
    "pagelimit",
    "count",
    "rows",
    "take",
    "top",
    "pagelen",
    "resultsperpage",
    "itemsperpage",
    "maxitems",
    "paginationpagesize",
];

/// Properties that hold the items, the likeliest first.
pub(super) const ITEMS: &[&str] = &[
    "items",
    "data",
    "results",
    "entries",
    "values",
    "value",
    "records",
    "content",
    "elements",
    "hits",
    "list",
    "rows",
    "resources",
    "objects",
];

/// Lists beside the items.
pub(super) const BESIDE_ITEMS: &[&str] = &[
    "errors",
    "warnings",
    "messages",
    "links",
    "included",
    "unreachable",
    "facets",
    "fields",
    "columns",
    "sort",
];

/// Properties that hold what others stand around.
pub(super) const ENVELOPES: &[&str] = &["data", "result", "results", "response", "payload", "page"];

/// Properties that hold the next value of a cursor.
pub(super) const NEXT_CURSORS: &[&str] = &[
    "nextcursor",
    "nextpagetoken",
    "nexttoken",
    "nextpagecursor",
    "nextmarker",
    "nextcontinuationtoken",
    "endcursor",
];

/// Parameters that have the same name in an answer, where it stands for the next page. Others are only
/// repeated there.
pub(super) const SAME_IN_ANSWERS: &[&str] = &[
    "cursor",
    "continue",
    "continuationtoken",
    "nexttoken",
    "nextpagetoken",
    "nextcursor",
    "paginationtoken",
];

/// Objects in answers that repeat the request, or hold links.
pub(super) const ECHOES: &[&str] = &[
    "request",
    "query",
    "params",
    "parameters",
    "filter",
    "filters",
    "input",
    "links",
];

/// Properties that tell whether there is another page.
pub(super) const FLAGS: &[&str] = &["hasmore", "hasnext", "hasnextpage", "more", "hasmoreitems"];

/// Properties that lead to the next page.
pub(super) const NEXT_LINKS: &[&str] = &[
    "next",
    "nextlink",
    "nexturl",
    "nextpage",
    "nextpageurl",
    "nexthref",
    "odatanextlink",
];

/// A name as the names here are written.
pub(super) fn plain(name: &str) -> String {
    letters(name).collect()
}

/// A name is one of those here.
pub(super) fn is_one_of(name: &str, known: &[&str]) -> bool {
    known.iter().any(|one| letters(name).eq(one.chars()))
}

fn letters(name: &str) -> impl Iterator<Item = char> {
    let letters = name.chars().filter(|letter| letter.is_alphanumeric());
    letters.flat_map(char::to_lowercase)
}
