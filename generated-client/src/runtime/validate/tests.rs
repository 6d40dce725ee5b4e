use serde_json::json;

use super::{ParameterPlace, Rule, Rules, check, check_parameter, parameter_value};

/// Keyword and pointer of what is wrong.
fn found(value: &serde_json::Value, rules: &Rules) -> Vec<(&'static str, String)> {
    match check(value, rules) {
        Ok(()) => Vec::new(),
        Err(violations) => violations
            .iter()
            .map(|one| (one.keyword(), one.pointer().to_owned()))
            .collect(),
    }
}

#[test]
fn lengths_count_characters() {
    let rules = [Rule::MinLength(2), Rule::MaxLength(3)];
    assert!(found(&json!("äöü"), &rules).is_empty());
    assert_eq!(found(&json!("ä"), &rules), [("minLength", String::new())]);
    assert_eq!(
        found(&json!("äöüß"), &rules),
        [("maxLength", String::new())]
    );
    assert!(found(&json!(null), &rules).is_empty());
}

#[test]
fn everything_is_named_at_once_at_any_depth() {
    const ITEM: &Rules = &[Rule::Field("a/b", &[Rule::Pattern("^[a-z]+$")])];
    let rules = [
        Rule::Field(
            "list",
            &[
                Rule::MinItems(4),
                Rule::MaxItems(2),
                Rule::UniqueItems(true),
                Rule::Each(&[Rule::Of(|| ITEM)]),
            ],
        ),
        Rule::Each(&[Rule::Maximum(1.0)]),
        Rule::MaxProperties(1),
    ];
    let value = json!({"list": [{"a/b": "x"}, {"a/b": "canary 1"}, {"a/b": "x"}], "other": 2});
    let expected = [
        ("maxProperties", ""),
        ("minItems", "/list"),
        ("maxItems", "/list"),
        ("uniqueItems", "/list"),
        ("pattern", "/list/1/a~1b"),
        ("maximum", "/other"),
    ];
    let expected = expected.map(|(keyword, pointer)| (keyword, pointer.to_owned()));
    assert_eq!(found(&value, &rules), expected);
    let text = check(&value, &rules).expect_err("it is wrong").to_string();
    assert!(!text.contains("canary"), "{text}");
}

#[test]
fn a_number_is_among_those_that_are_allowed_however_it_is_written() {
    let rules = [Rule::Allowed(&["1", "2.5", "18446744073709551615"])];
    for value in [
        json!(1),
        json!(1.0),
        json!(2.5),
        json!(u64::MAX),
        json!("7"),
        json!(null),
    ] {
        assert!(found(&value, &rules).is_empty(), "{value}");
    }
    for value in [json!(2), json!(u64::MAX - 1), json!(true)] {
        assert_eq!(found(&value, &rules), [("enum", String::new())], "{value}");
    }
}

#[test]
fn a_parameter_is_a_number_where_the_rules_are_those_of_numbers() {
    let number = [Rule::Minimum(10.0)];
    let text = [Rule::MinLength(3)];
    assert_eq!(parameter_value("7", &number), json!(7));
    assert_eq!(parameter_value("07", &text), json!("07"));
    let value = parameter_value("7", &number);
    let violations = check_parameter(ParameterPlace::Query, "limit", &value, &number);
    let violations = violations.expect_err("it is too small");
    let first = violations.iter().next().expect("there is one");
    assert_eq!(first.parameter(), Some((ParameterPlace::Query, "limit")));
    assert_eq!(
        violations.to_string(),
        "query parameter `limit`: is 7, which is not at least 10"
    );
}
