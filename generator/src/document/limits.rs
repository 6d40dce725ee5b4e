//! What a text may cost at most, whoever wrote it.

/// The longest text that is read, in bytes (128 MiB). The largest public documents have some 80 MB.
pub const MAX_TEXT_BYTES: usize = 128 << 20;

/// How many keys and values a text may hold, what its aliases repeat aside. Large public documents have
/// some 3 million; the most that is allowed takes some gigabytes of memory.
pub const MAX_VALUES: usize = 5_000_000;

/// How deep objects and arrays may nest. It keeps the recursion of every stage within the stack of a
/// thread, 2 MiB, even in a build without optimisation; emission, which needs more of it, has threads
/// of its own. Large public documents stay below 25.
pub const MAX_DEPTH: usize = 80;

/// How many values YAML aliases may add to those that are written out.
pub const MAX_ALIASED_VALUES: usize = 250_000;

/// How many files may make up a document. The largest public one has some 2,000.
pub const MAX_FILES: usize = 10_000;

/// How many types may come from schemas that have become one before, other than components. `allOf`
/// repeats the schemas of what it names, and can multiply them. The largest public document has some
/// 5,000 of them.
pub const MAX_REPEATED_TYPES: usize = 20_000;

/// How many components may lead from one to the next by `$ref` and `allOf`. The longest chain of public
/// documents has 8.
pub const MAX_REFERENCE_CHAIN: usize = 64;
