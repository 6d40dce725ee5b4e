//! English plurals.

/// Plurals that the rules get wrong.
const IRREGULAR: &[(&str, &str)] = &[
    ("aliases", "alias"),
    ("analyses", "analysis"),
    ("apis", "api"),
    ("biases", "bias"),
    ("bonuses", "bonus"),
    ("bytes", "bytes"),
    ("caches", "cache"),
    ("campuses", "campus"),
    ("children", "child"),
    ("cookies", "cookie"),
    ("diagnoses", "diagnosis"),
    ("indices", "index"),
    ("ips", "ip"),
    ("lenses", "lens"),
    ("matrices", "matrix"),
    ("movies", "movie"),
    ("people", "person"),
    ("quizzes", "quiz"),
    ("series", "series"),
    ("shelves", "shelf"),
    ("species", "species"),
    ("statuses", "status"),
    ("vertices", "vertex"),
    ("vms", "vm"),
];

/// The singular of an English word, where a simple rule gives it.
pub(crate) fn singular(word: &str) -> Option<String> {
    let lower = word.to_ascii_lowercase();
    let irregular = IRREGULAR.iter().find_map(|(plural, one)| {
        let stem = word.get(..lower.strip_suffix(plural)?.len())?;
        let first = word.get(stem.len()..)?.chars().next()?;
        let rest = one.get(1..)?;
        Some(format!("{stem}{first}{rest}"))
    });
    if irregular.is_some() {
        return irregular;
    }
    if let Some(stem) = lower.strip_suffix("ies").filter(|stem| stem.len() > 1) {
        return Some(format!("{}y", &word[..stem.len()]));
    }
    if ["sses", "xes", "ches", "shes", "zzes"]
        .iter()
        .any(|ending| lower.ends_with(ending))
    {
        return Some(word[..word.len() - 2].to_owned());
    }
    let plural = lower.ends_with('s')
        && lower.len() > 3
        && !["ss", "us", "is", "alias", "atlas", "bias", "canvas", "news"]
            .iter()
            .any(|ending| lower.ends_with(ending));
    plural.then(|| word[..word.len() - 1].to_owned())
}

#[cfg(test)]
mod tests {
    use super::singular;

    #[test]
    fn plurals_become_singular() {
        let cases = [
            ("clusters", Some("cluster")),
            ("policies", Some("policy")),
            ("boxes", Some("box")),
            ("addresses", Some("address")),
            ("status", None),
            ("access", None),
            ("analysis", None),
            ("data", None),
            ("news", None),
            ("tag_aliases", Some("tag_alias")),
            ("Statuses", Some("Status")),
            ("dagCookies", Some("dagCookie")),
            ("people", Some("person")),
            ("vms", Some("vm")),
            ("bytes", Some("bytes")),
            ("apis", Some("api")),
            ("relationships", Some("relationship")),
            ("sizes", Some("size")),
            ("buzzes", Some("buzz")),
            ("timeSeries", Some("timeSeries")),
            ("alias", None),
        ];
        for (plural, expected) in cases {
            assert_eq!(singular(plural).as_deref(), expected, "{plural}");
        }
    }
}
