//! Unions that lead to one another, at depths that no sensible value has.

use serde_json::{Value, json};

use crate::runtime::ParamValue;

#[derive(Debug)]
enum Node {
    Branch(Box<Branch>),
    Unrecognized(Value),
}

#[derive(Debug)]
struct Branch {
    child: Option<Node>,
    size: i64,
}

#[derive(Debug)]
enum Tagged {
    Twig(Box<Twig>),
    Unrecognized(Value),
}

#[derive(Debug)]
struct Twig {
    child: Option<Tagged>,
    size: i64,
}

super::union! { Node; Branch; ..Unrecognized }
super::tagged_union! { Tagged = "kind"; Twig = "twig"; ..Unrecognized }
crate::runtime::object! { Branch; Optional: child; Required: size; }
crate::runtime::object! { Twig; Optional: child; Required: size; }

#[derive(Debug, PartialEq)]
enum Search {
    Twigs(Vec<u8>),
    I64(Box<i64>),
    Text(String),
    Unrecognized(Value),
}

super::union! {
    Search; Twigs, I64, Text;
    From: Twigs = Vec<u8>, I64 = i64, Text = String, Text = &str;
    ..Unrecognized
}

#[test]
fn what_a_variant_holds_becomes_the_union() {
    assert_eq!(Search::from(vec![1]), Search::Twigs(vec![1]));
    assert_eq!(Search::from(1), Search::I64(Box::new(1)));
    assert_eq!(Search::from("twig"), Search::from("twig".to_owned()));
}

fn nested(size: &Value) -> Value {
    let leaf = json!({"kind": "twig", "size": size});
    (0..60).fold(
        leaf,
        |child, _| json!({"child": child, "kind": "twig", "size": size}),
    )
}

#[derive(Debug)]
enum Either {
    One(Box<One>),
    Other(Box<Other>),
    Unrecognized(Value),
}

#[derive(Debug)]
struct One {
    child: Option<Either>,
}

#[derive(Debug)]
struct Other {
    child: Option<Either>,
}

super::union! { Either; One, Other; ..Unrecognized }
crate::runtime::object! { One; Optional: child; }
crate::runtime::object! { Other; Optional: child; }

#[test]
fn types_that_are_alike_at_every_depth_end() {
    let nested = |depth| (0..depth).fold(json!({}), |child, _| json!({"child": child, "new": 1}));
    let shallow: Either = serde_json::from_value(nested(6)).expect("anything is kept");
    let mut depth = 0;
    let mut here = shallow;
    while let Either::One(one) = here {
        depth += 1;
        match one.child {
            Some(child) => here = child,
            None => break,
        }
    }
    assert_eq!(depth, 7);
    let deep: Either = serde_json::from_value(nested(100)).expect("anything is kept");
    assert!(matches!(deep, Either::One(_)), "{deep:?}");
}

#[test]
fn a_value_is_read_in_a_time_that_does_not_double_with_each_level() {
    let wrong = nested(&json!("none"));
    let node: Node = serde_json::from_value(wrong.clone()).expect("anything is kept");
    assert!(matches!(node, Node::Unrecognized(_)));
    assert!(serde_json::from_value::<Tagged>(wrong).is_err());
}

#[test]
fn what_is_written_otherwise_is_read_at_every_depth() {
    let mut node: Node = serde_json::from_value(nested(&json!(1.0))).expect("it is a node");
    let mut depth = 0;
    while let Node::Branch(branch) = node {
        assert_eq!(branch.size, 1);
        depth += 1;
        match branch.child {
            Some(child) => node = child,
            None => break,
        }
    }
    assert_eq!(depth, 61);
}

#[derive(Debug)]
enum Held {
    Tagged(Tagless),
    Plain(Box<Plain>),
    Unrecognized(Value),
}

#[derive(Debug)]
enum Tagless {
    Leaf(Box<Leaf>),
    Unrecognized(Value),
}

#[derive(Debug)]
struct Leaf {
    size: Option<i64>,
}

#[derive(Debug)]
struct Plain {
    kind: Option<String>,
    note: Option<String>,
}

super::union! { Held; Plain, Tagged; ..Unrecognized }
super::tagged_union! { Tagless = "kind"; Leaf = "leaf"; ..Unrecognized }
crate::runtime::object! { Leaf; Optional: size; }
crate::runtime::object! { Plain; Optional: kind, note; }

#[test]
fn a_tag_is_known_to_the_variant_that_it_chooses() {
    let held = |value: Value| serde_json::from_value::<Held>(value).expect("anything is kept");
    let leaf = held(json!({"kind": "leaf", "size": 1}));
    assert!(matches!(&leaf, Held::Tagged(Tagless::Leaf(leaf)) if leaf.size == Some(1)));
    let plain = held(json!({"kind": "leaf", "note": "a", "new": [1, 2]}));
    assert!(matches!(&plain, Held::Plain(plain) if plain.note.is_some()));
    let unknown = held(json!({"kind": "stem", "new": [1, 2], "old": null}));
    assert!(matches!(&unknown, Held::Plain(_)), "{unknown:?}");
    assert!(matches!(held(json!({"new": 1})), Held::Plain(_)));
}

#[derive(Debug)]
enum Weight {
    Number(f64),
    Text(String),
    Unrecognized(Value),
}

super::union! { Weight; Number, Text; ..Unrecognized }

#[test]
fn a_parameter_is_written_like_one_that_is_no_union() {
    let cases = [
        (Weight::Number(2.0), "2"),
        (Weight::Number(0.5), "0.5"),
        (Weight::Text("2.0".to_owned()), "2.0"),
        (Weight::Unrecognized(json!([1, "a"])), r#"[1,"a"]"#),
        (Weight::Unrecognized(Value::Null), ""),
    ];
    for (weight, expected) in cases {
        assert_eq!(ParamValue::into_text(&weight), expected, "{weight:?}");
    }
}
