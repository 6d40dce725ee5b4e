//! Any text as an argument of a path stays in its segment, or is refused.

use http::{Response, StatusCode};
use ionos_dbaas_postgres::v1::Client;
use percent_encoding::percent_decode_str;
use proptest::prelude::{ProptestConfig, Strategy, any};
use proptest::{prop_assert, prop_assert_eq, prop_oneof, proptest};

use crate::config;
use crate::recorder::Recorder;

/// Any text, and more of what URLs are made of than chance brings.
fn argument() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[./%2eE\\\\?#@:;& ]{0,6}",
        "(%2e|%2E|\\.){0,3}"
    ]
}

fn settings() -> ProptestConfig {
    config(512, "tests/properties/regressions/paths.txt")
}

proptest! {
    #![proptest_config(settings())]

    #[test]
    fn any_argument_stays_in_its_segment_or_is_refused(
        cluster in argument(),
        database in argument(),
    ) {
        let mut answer = Response::new(());
        *answer.status_mut() = StatusCode::NO_CONTENT;
        let server = Recorder::answering(answer);
        let client = Client::builder().base_url("https://host.example/base").transport(server.clone());
        let client = client.token("a token").build().expect("the configuration is right");
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build();
        let runtime = runtime.expect("a runtime starts");
        let result = runtime.block_on(client.databases().delete(&cluster, &database).send());

        let refused = [&cluster, &database].iter().any(|text| ["", ".", ".."].contains(&text.as_str()));
        prop_assert_eq!(result.is_err(), refused);
        let requests = server.requests();
        prop_assert_eq!(requests.len(), usize::from(!refused));
        for uri in requests {
            prop_assert_eq!(uri.host(), Some("host.example"));
            prop_assert_eq!(uri.query(), None);
            let segments: Vec<&str> = uri.path().split('/').collect();
            let ["", "base", "clusters", first, "databases", second] = segments.as_slice() else {
                return Err(proptest::test_runner::TestCaseError::fail(uri.to_string()));
            };
            for (segment, text) in [(first, &cluster), (second, &database)] {
                let decoded = percent_decode_str(segment).decode_utf8();
                prop_assert_eq!(decoded.as_deref(), Ok(text.as_str()));
                // Some libraries decode these before they walk up.
                let plain = segment.to_ascii_lowercase().replace("%2e", ".");
                prop_assert!(plain != "." && plain != "..", "{}", segment);
            }
        }
    }
}
