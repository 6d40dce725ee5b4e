//! Values of the emitted types, read from JSON and written again.

use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, json};

use crate::models::*;
use crate::runtime::Patch;

fn read<T: DeserializeOwned>(value: Value) -> T {
    // From a text, as an answer is: some values are read in another way from a `Value`.
    serde_json::from_str(&value.to_string()).expect("the value is read")
}

fn written<T: Serialize>(value: &T) -> Value {
    let text = serde_json::to_string(value).expect("the value is written");
    serde_json::from_str(&text).expect("what is written is JSON")
}

/// Reads a value and requires that it is written as it came.
fn kept<T: DeserializeOwned + Serialize>(value: Value) -> T {
    let typed: T = read(value.clone());
    assert_eq!(written(&typed), value);
    typed
}

fn refused<T: DeserializeOwned>(value: Value) {
    assert!(
        serde_json::from_str::<T>(&value.to_string()).is_err(),
        "{value} is read"
    );
}

#[test]
fn formats_are_read_leniently_and_written_exactly() {
    let exact = json!({
        "id": "498ae72f-411f-11eb-9d07-046c59cc737e", "day": "2026-03-01",
        "at": "2026-03-01T12:00:00Z", "time": "16:30:00+01:00", "duration": "P1DT2H",
        "key": "+/8=", "v4": "10.0.0.1", "v6": "fe80::1", "plain": "1234567890123456789012",
        "decimal": "0.10", "u64": u64::MAX, "i8": -128, "float": 0.5
    });
    kept::<Formats>(exact);
    let loose: Formats = read(
        json!({"id": "498AE72F411F11EB9D07046C59CC737E", "day": "2026-03-01T10:00:00Z", "v4": "", "at": "", "duration": null}),
    );
    assert_eq!(
        written(&loose),
        json!({"id": "498ae72f-411f-11eb-9d07-046c59cc737e", "day": "2026-03-01"})
    );
    refused::<Formats>(json!({"day": "someday"}));
    refused::<Formats>(json!({"i8": 128}));
}

#[test]
fn enumerations_keep_what_they_do_not_know() {
    assert_eq!(kept::<Level>(json!(1)), Level::N1);
    assert_eq!(kept::<Level>(json!(-2)), Level::Minus2);
    assert_eq!(kept::<Level>(json!(7)), Level::Unrecognized(7));
    assert_eq!(kept::<Mixed>(json!("auto")), Mixed::Auto);
    assert_eq!(kept::<Mixed>(json!(1)), Mixed::N1);
    assert_eq!(kept::<Mixed>(json!(true)), Mixed::True);
    assert_eq!(kept::<Mixed>(json!(0.5)), Mixed::N05);
    assert_eq!(kept::<Mixed>(json!([1])), Mixed::Unrecognized(json!([1])));
    for text in ["on", "On", "", "größe", "Unrecognized", "ON"] {
        kept::<Colliding>(json!(text));
    }
    assert_ne!(
        read::<Colliding>(json!("on")),
        read::<Colliding>(json!("On"))
    );
}

#[test]
fn lists_and_maps_of_every_depth() {
    let (text, number) = kept::<Pair>(json!(["a", 1]));
    assert_eq!((text.as_str(), number), ("a", 1));
    refused::<Pair>(json!(["a"]));
    kept::<Loose>(json!(["a", 1, {"more": true}]));
    kept::<Grid>(json!([[1, 2], [], [3]]));
    kept::<Deep>(json!({"a": {"b": [true], "c": []}, "d": {}}));
    let labelled = kept::<Labelled>(json!({"name": "n", "other": [1], "more": {"a": null}}));
    assert_eq!(labelled.additional_properties.len(), 2);
    let counted = kept::<Counted>(json!({"name": "n", "a": 1}));
    assert_eq!(counted.additional_properties.get("a"), Some(&1));
}

#[test]
fn unions_of_scalars_choose_by_content() {
    assert!(matches!(kept(json!(true)), Scalars::Boolean(true)));
    assert!(matches!(kept(json!(3)), Scalars::Integer(3)));
    assert!(matches!(kept(json!("2026-03-01")), Scalars::Date(_)));
    assert!(matches!(kept(json!("soon")), Scalars::Text(_)));
    assert!(matches!(kept(json!([1])), Scalars::Unrecognized(_)));
    let holds: HoldsScalar = kept(json!({"value": null, "list": [1, null, "a"]}));
    assert_eq!(holds.value, None);
}

#[test]
fn unions_of_objects_keep_every_property() {
    assert!(matches!(
        kept(json!({"radius": 1.5, "label": "c"})),
        ByContent::Circle(_)
    ));
    assert!(matches!(kept(json!({"side": 2.0})), ByContent::Square(_)));
    assert!(matches!(kept(json!({"label": "n"})), ByContent::Named(_)));
    assert!(matches!(kept(json!("text")), ByContent::Unrecognized(_)));
    assert!(matches!(
        kept(json!([{"side": 2.0}, {"label": "n"}])),
        Nested::List(_)
    ));
    assert!(matches!(
        kept(json!({"side": 2.0})),
        Nested::ByContent(ByContent::Square(_))
    ));
    assert!(matches!(kept(json!(5)), Nested::Integer(5)));
}

#[test]
fn unions_choose_the_type_that_knows_most() {
    assert!(matches!(
        kept(json!({"kind": "start", "at": 1})),
        ByKind::Start(_)
    ));
    assert!(matches!(
        kept(json!({"kind": "stop", "at": 1})),
        ByKind::Stop(_)
    ));
    kept::<ByKind>(json!({"kind": "pause", "at": 1}));
    assert!(matches!(kept(json!(1)), TwoEnums::Level(Level::N1)));
    assert!(matches!(
        kept(json!("on")),
        TwoEnums::Colliding(Colliding::On)
    ));
    assert!(matches!(kept(json!(0.5)), TwoEnums::Number(_)));
    assert!(matches!(kept(json!({"kind": "start"})), Broad::Start(_)));
    assert!(matches!(kept(json!({"other": 1})), Broad::Map(_)));
    assert!(matches!(kept(json!(3)), Broad::Integer(3)));
    assert!(matches!(kept(json!("text")), Broad::Value(_)));
}

#[test]
fn unions_take_a_whole_number_for_an_integer() {
    assert!(matches!(read(json!(3.0)), Scalars::Integer(3)));
    let started = read(json!({"kind": "start", "at": 1.0}));
    assert!(matches!(started, ByKind::Start(_)), "{started:?}");
    assert!(matches!(
        read(json!({"kind": "start", "at": 1.5})),
        ByKind::Unrecognized(_)
    ));
}

#[test]
fn unions_take_null_for_an_empty_list_where_nothing_else_fits() {
    assert!(matches!(read(json!(null)), TwoEnums::List(list) if list.is_empty()));
    let list = json!([1.0, 2]);
    assert!(matches!(read(list), TwoEnums::List(list) if list == [1, 2]));
    let unknown = read(json!({}));
    assert!(matches!(unknown, TwoEnums::Unrecognized(_)));
}

#[test]
fn discriminators_choose_by_mapping_by_value_and_by_name() {
    assert!(matches!(
        kept(json!({"kind": "created", "by": "me"})),
        Event::Created(_)
    ));
    assert!(matches!(
        kept(json!({"kind": "removed", "at": 1})),
        Event::Removed(_)
    ));
    assert!(matches!(
        kept(json!({"kind": "renamed", "to": "x"})),
        Event::Unrecognized(_)
    ));
    assert!(matches!(kept(json!({"by": "me"})), Event::Unrecognized(_)));
    for tag in ["l", "left"] {
        assert!(matches!(
            kept(json!({"side": tag, "weight": 1})),
            Mapped::Left(_)
        ));
    }
    // The type of this one does not hold the discriminator, which is written all the same.
    assert!(matches!(
        kept(json!({"side": "r", "weight": 1})),
        Mapped::Right(_)
    ));
    assert!(matches!(
        kept(json!({"side": "Left"})),
        Mapped::Unrecognized(_)
    ));
    assert!(matches!(
        kept(json!({"kind": "removed", "at": 1})),
        Outer::Event(Event::Removed(_))
    ));
    assert!(matches!(kept(json!({"kind": "other"})), Outer::Other(_)));
}

#[test]
fn variants_that_share_a_tag_are_told_apart_by_content() {
    let asked = json!({"type": "message", "role": "user", "text": "why?"});
    assert!(matches!(kept(asked), Turn::Asked(_)));
    let answered = json!({"type": "message", "role": "assistant", "id": "7"});
    assert!(matches!(kept(answered), Turn::Answered(_)));
    assert!(matches!(
        kept(json!({"type": "search", "text": "why?"})),
        Turn::Searched(_)
    ));
    let untagged = read(json!({"role": "user", "text": "why?"}));
    assert!(matches!(untagged, Turn::Asked(_)), "{untagged:?}");
    // What is told to be something else is not taken for what it resembles.
    assert!(matches!(
        kept(json!({"type": "thought", "text": "hm"})),
        Turn::Unrecognized(_)
    ));
}

#[test]
fn a_property_of_distinct_values_chooses_the_type() {
    let index = read(json!({"type": "graph", "options": {"on_disk": null}}));
    assert!(matches!(index, Index::Graph(_)), "{index:?}");
    assert!(matches!(
        kept(json!({"type": "plain", "options": {"edges": 2}})),
        Index::Plain(_)
    ));
    // None of the alternatives is meant, so that none is tried.
    assert!(matches!(
        kept(json!({"type": "tree", "options": {}})),
        Index::Unrecognized(_)
    ));
    refused::<Index>(json!({"type": "graph", "options": {"edges": "many"}}));
    assert!(matches!(
        kept(json!({"type": "plain", "options": {}})),
        AnyIndex::Index(Index::Plain(_))
    ));
    assert!(matches!(
        kept(json!({"type": "text"})),
        AnyIndex::TextIndex(_)
    ));
}

#[test]
fn unions_take_what_is_null_or_written_otherwise_for_known() {
    let options = read(json!({"on_disk": null, "built": "2026-03-01T12:00:00.000Z"}));
    assert!(matches!(options, Options::GraphOptions(_)), "{options:?}");
}

#[test]
fn a_base_is_read_as_what_extends_it() {
    let pet =
        kept(json!({"petType": "Cat", "lives": 9, "friend": {"petType": "dog", "barks": true}}));
    let Pet::Cat(cat) = pet else {
        panic!("it is a cat");
    };
    assert_eq!(cat.lives, Some(9));
    assert!(matches!(cat.friend.as_deref(), Some(Pet::Dog(_))));
    assert!(matches!(
        kept(json!({"petType": "Persian", "fur": "long", "lives": 9})),
        Pet::Persian(_)
    ));
    assert!(matches!(kept(json!({"petType": "Pet"})), Pet::Pet(_)));
    assert!(matches!(
        kept(json!({"petType": "Fish", "fins": 2})),
        Pet::Unrecognized(_)
    ));
}

#[test]
fn recursion_of_every_kind_ends() {
    kept::<Tree>(json!({
        "left": {"left": {}}, "children": [{}, {"children": []}], "named": {"a": {"either": "x"}},
        "either": {"either": {"left": {}}}, "pair": [{"pair": [{}, "deep"]}, "text"]
    }));
}

#[test]
fn unions_that_lead_to_one_another_end() {
    for value in [json!("text"), json!(1), json!([true])] {
        kept::<EndlessA>(value.clone());
        kept::<EndlessB>(value);
    }
}

#[test]
fn absent_null_and_value_differ_in_a_change() {
    let absent = kept::<Change>(json!({}));
    assert_eq!(absent.note, Patch::Absent);
    let null = kept::<Change>(json!({"note": null, "due": null, "inner": null}));
    assert_eq!((null.note, null.due), (Patch::Null, Patch::Null));
    let value = kept::<Change>(json!({"note": "n", "due": "2026-03-01", "inner": {"a": null}}));
    assert_eq!(value.note, Patch::Value("n".to_owned()));
    assert_eq!(read::<Change>(json!({"due": ""})).due, Patch::Null);
}

#[test]
fn requests_and_responses_hold_what_is_theirs_at_every_depth() {
    let request: AccountRequest = kept(json!({
        "name": "n", "secret": "s",
        "parts": [{"text": "leaf"}, {"name": "m", "secret": "t", "parts": []}]
    }));
    assert_eq!(request.parts.len(), 2);
    kept::<Account>(json!({"id": "1", "name": "n", "parts": [{"made": "today", "text": "leaf"}]}));
    refused::<Account>(json!({"name": "n", "parts": []}));
}

#[test]
fn an_object_may_have_no_property_and_a_required_one_may_be_null() {
    kept::<NoteRequest>(json!({}));
    kept::<Deadline>(json!({"day": null}));
    kept::<Deadline>(json!({"day": "2026-03-01"}));
    assert_eq!(written(&read::<Deadline>(json!({}))), json!({"day": null}));
    assert_eq!(read::<Deadline>(json!({"day": ""})).day, None);
}
