//! What operations, and the types that belong to one of them, are named after.

use super::functions::Functions;
use super::method_names::{PathNames, operation_words};
use super::names::{type_name, value_name};
use super::source::OperationSource;

/// What tells the operations of a document apart.
pub(super) struct OperationNames<'s> {
    functions: &'s Functions<'s>,
    path_names: PathNames<'s>,
}

impl<'s> OperationNames<'s> {
    pub(super) fn of<'a: 's>(
        sources: &'s [OperationSource<'a>],
        functions: &'s Functions<'s>,
    ) -> Self {
        Self {
            functions,
            path_names: PathNames::of(sources),
        }
    }

    pub(super) fn functions(&self) -> &'s Functions<'s> {
        self.functions
    }

    /// The ID that the document gives an operation, or one of its method and path.
    pub(super) fn id(source: &OperationSource<'_>) -> String {
        let id = source.operation.operation_id.clone();
        id.unwrap_or_else(|| value_name(&operation_words(source)))
    }

    /// What the names of an operation's types begin with.
    pub(super) fn type_name(&self, source: &OperationSource<'_>) -> String {
        let of_path = self.path_names.unique(source);
        let name = of_path.unwrap_or_else(|| {
            let id = Self::id(source);
            self.functions.shortest(&id, source).to_owned()
        });
        type_name(&name)
    }
}
