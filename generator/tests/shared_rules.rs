//! Rules that the generator and the runtime both know, since emitted code leaves out what follows from them.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use generator::ir::{HttpMethod, Retry};
use syn::{Expr, File, ImplItem, Item, Pat};

/// Where they differed, a call that must not be sent twice would be.
#[test]
fn both_know_which_methods_may_be_repeated() {
    let methods = [
        ("Get", HttpMethod::Get),
        ("Put", HttpMethod::Put),
        ("Post", HttpMethod::Post),
        ("Delete", HttpMethod::Delete),
        ("Options", HttpMethod::Options),
        ("Head", HttpMethod::Head),
        ("Patch", HttpMethod::Patch),
        ("Trace", HttpMethod::Trace),
        ("Query", HttpMethod::Query),
        ("Other", HttpMethod::Other("PURGE".to_owned())),
    ];
    let with = |retry| {
        let methods = methods.iter().filter(move |(_, one)| one.retry() == retry);
        methods
            .map(|(name, _)| (*name).to_owned())
            .collect::<BTreeSet<_>>()
    };
    assert_eq!(of_runtime("NotExecuted"), with(Retry::NotExecuted));
    assert_eq!(of_runtime("Idempotent"), with(Retry::Idempotent));
}

/// The methods for which `Method::retry` gives this.
fn of_runtime(retry: &str) -> BTreeSet<String> {
    let runtime = "../generated-client/src/runtime/operation.rs";
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(runtime);
    let text = fs::read_to_string(path).expect("the file can be read");
    let file: File = syn::parse_str(&text).expect("the file holds Rust");
    let blocks = file.items.iter().filter_map(|item| match item {
        Item::Impl(block) if block.trait_.is_none() => Some(block),
        _ => None,
    });
    let arms = blocks
        .flat_map(|block| &block.items)
        .filter_map(|item| match item {
            ImplItem::Fn(method) if method.sig.ident == "retry" => {
                match method.block.stmts.last() {
                    Some(syn::Stmt::Expr(Expr::Match(choice), None)) => Some(&choice.arms),
                    _ => None,
                }
            }
            _ => None,
        });
    let arms = arms
        .flatten()
        .filter(|arm| matches!(&*arm.body, Expr::Path(path) if last(&path.path) == retry));
    arms.flat_map(|arm| names(&arm.pat)).collect()
}

fn names(pattern: &Pat) -> Vec<String> {
    match pattern {
        Pat::Or(cases) => cases.cases.iter().flat_map(names).collect(),
        Pat::Path(path) => vec![last(&path.path)],
        Pat::TupleStruct(pattern) => vec![last(&pattern.path)],
        _ => Vec::new(),
    }
}

fn last(path: &syn::Path) -> String {
    let segment = path.segments.last().expect("a path has a segment");
    segment.ident.to_string()
}
