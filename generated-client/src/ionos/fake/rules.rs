//! What requests may hold, as the document says.

use jiff::Timestamp;
use serde_json::{Map, Value};

/// A property of a request.
pub(super) struct Field {
    name: &'static str,
    required: bool,
    rule: Rule,
}

/// What a value must be.
pub(super) enum Rule {
    Text {
        shortest: usize,
        longest: usize,
    },
    OneOf(&'static [&'static str]),
    Moment,
    Flag,
    Integer {
        least: i64,
        most: i64,
        step: i64,
    },
    Object(&'static [Field]),
    List {
        least: usize,
        most: usize,
        items: &'static Rule,
    },
}

use Rule::{Flag, Integer, List, Moment, Object, OneOf, Text};

const fn required(name: &'static str, rule: Rule) -> Field {
    Field {
        name,
        required: true,
        rule,
    }
}

const fn optional(name: &'static str, rule: Rule) -> Field {
    Field {
        name,
        required: false,
        rule,
    }
}

const ANY_TEXT: Rule = text(0, usize::MAX);

const fn text(shortest: usize, longest: usize) -> Rule {
    Text { shortest, longest }
}

const INSTANCES: Rule = Integer {
    least: 1,
    most: 5,
    step: 1,
};
const CORES: Rule = Integer {
    least: 1,
    most: i64::MAX,
    step: 1,
};
const RAM: Rule = Integer {
    least: 2048,
    most: i64::MAX,
    step: 1024,
};
const STORAGE_SIZE: Rule = Integer {
    least: 2048,
    most: 2_097_152,
    step: 1,
};
const STORAGE_TYPE: Rule = OneOf(&["HDD", "SSD", "SSD Standard", "SSD Premium"]);
const STATE: Rule = OneOf(&[
    "AVAILABLE",
    "BUSY",
    "DESTROYING",
    "DEGRADED",
    "FAILED",
    "UNKNOWN",
]);
const SYNCHRONIZATION_MODE: Rule = OneOf(&["ASYNCHRONOUS", "SYNCHRONOUS", "STRICTLY_SYNCHRONOUS"]);
const DAYS: Rule = OneOf(&[
    "Sunday",
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
]);

static CONNECTION: Rule = Object(&[
    required("datacenterId", ANY_TEXT),
    required("lanId", ANY_TEXT),
    required("cidr", ANY_TEXT),
]);
const MAINTENANCE_WINDOW: Rule =
    Object(&[required("time", ANY_TEXT), required("dayOfTheWeek", DAYS)]);
const CONNECTION_POOLER: Rule = Object(&[
    optional("enabled", Flag),
    optional("poolMode", OneOf(&["transaction", "session"])),
]);
const METADATA: Rule = Object(&[
    optional("createdDate", Moment),
    optional("createdBy", ANY_TEXT),
    optional("createdByUserId", ANY_TEXT),
    optional("lastModifiedDate", Moment),
    optional("lastModifiedBy", ANY_TEXT),
    optional("lastModifiedByUserId", ANY_TEXT),
    optional("state", STATE),
]);
const RESTORE_FIELDS: &[Field] = &[
    required("backupId", ANY_TEXT),
    optional("recoveryTargetTime", Moment),
];

pub(super) static RESTORE: Rule = Object(RESTORE_FIELDS);
pub(super) static CREATE_CLUSTER: Rule = Object(&[
    optional("metadata", METADATA),
    optional(
        "properties",
        Object(&[
            required("postgresVersion", ANY_TEXT),
            required("instances", INSTANCES),
            required("cores", CORES),
            required("ram", RAM),
            required("storageSize", STORAGE_SIZE),
            required("storageType", STORAGE_TYPE),
            required(
                "connections",
                List {
                    least: 1,
                    most: 1,
                    items: &CONNECTION,
                },
            ),
            required("location", ANY_TEXT),
            optional("backupLocation", ANY_TEXT),
            required("displayName", ANY_TEXT),
            optional("maintenanceWindow", MAINTENANCE_WINDOW),
            required(
                "credentials",
                Object(&[
                    required("username", ANY_TEXT),
                    required("password", text(10, usize::MAX)),
                ]),
            ),
            required("synchronizationMode", SYNCHRONIZATION_MODE),
            optional("fromBackup", Object(RESTORE_FIELDS)),
            optional("connectionPooler", CONNECTION_POOLER),
        ]),
    ),
]);
pub(super) static PATCH_CLUSTER: Rule = Object(&[
    optional("metadata", METADATA),
    optional(
        "properties",
        Object(&[
            optional("cores", CORES),
            optional("ram", RAM),
            optional("storageSize", STORAGE_SIZE),
            optional(
                "connections",
                List {
                    least: 0,
                    most: 1,
                    items: &CONNECTION,
                },
            ),
            optional("displayName", ANY_TEXT),
            optional("maintenanceWindow", MAINTENANCE_WINDOW),
            optional("postgresVersion", ANY_TEXT),
            optional("instances", INSTANCES),
            optional("connectionPooler", CONNECTION_POOLER),
        ]),
    ),
]);
pub(super) static CREATE_USER: Rule = Object(&[required(
    "properties",
    Object(&[
        required("username", text(1, 63)),
        optional("password", text(10, 63)),
        optional("system", Flag),
    ]),
)]);
pub(super) static PATCH_USER: Rule = Object(&[required(
    "properties",
    Object(&[optional("password", text(10, 63))]),
)]);
pub(super) static CREATE_DATABASE: Rule = Object(&[required(
    "properties",
    Object(&[
        required("name", text(1, 63)),
        required("owner", text(1, 63)),
    ]),
)]);

/// Everything that is wrong with a value, with JSON pointers.
pub(super) fn problems(value: &Value, rule: &Rule) -> Vec<String> {
    let mut found = Vec::new();
    check(value, rule, "", &mut found);
    found
}

fn check(value: &Value, rule: &Rule, pointer: &str, found: &mut Vec<String>) {
    let fits = match (rule, value) {
        (Text { shortest, longest }, Value::String(text)) => {
            (*shortest..=*longest).contains(&text.chars().count())
        }
        (OneOf(known), Value::String(text)) => known.contains(&text.as_str()),
        (Moment, Value::String(text)) => moment(text).is_some(),
        (Flag, Value::Bool(_)) => true,
        (Integer { least, most, step }, Value::Number(number)) => match whole(number) {
            Some(number) => number >= *least && number <= *most && number % step == 0,
            None => false,
        },
        (Object(fields), Value::Object(object)) => {
            check_fields(object, fields, pointer, found);
            true
        }
        (List { least, most, items }, Value::Array(list)) => {
            for (index, item) in list.iter().enumerate() {
                check(item, items, &format!("{pointer}/{index}"), found);
            }
            (*least..=*most).contains(&list.len())
        }
        _ => false,
    };
    if !fits {
        found.push(format!("{pointer}: the value is not valid"));
    }
}

fn check_fields(
    object: &Map<String, Value>,
    fields: &[Field],
    pointer: &str,
    found: &mut Vec<String>,
) {
    for field in fields {
        let pointer = format!("{pointer}/{}", field.name);
        match object.get(field.name) {
            Some(value) => check(value, &field.rule, &pointer, found),
            None if field.required => found.push(format!("{pointer}: a value is required")),
            None => {}
        }
    }
}

/// JSON does not tell 2 from 2.0.
fn whole(number: &serde_json::Number) -> Option<i64> {
    number.as_i64().or_else(|| {
        let float = number.as_f64().filter(|float| float.fract() == 0.0)?;
        format!("{float:.0}").parse().ok()
    })
}

/// A moment with a zone, as RFC 3339 writes it.
pub(super) fn moment(text: &str) -> Option<Timestamp> {
    text.parse().ok()
}
