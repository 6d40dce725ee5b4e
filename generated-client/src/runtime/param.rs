//! Values of parameters.

use std::fmt::Write;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::Secret;

/// A value that a path, query, header or cookie parameter can have.
pub trait ParamValue: Sized {
    /// Adds the value as plain text; whatever the place needs is encoded later.
    fn append_to(self, text: &mut String);

    /// The value as plain text.
    fn into_text(self) -> String {
        let mut text = String::new();
        self.append_to(&mut text);
        text
    }
}

impl ParamValue for &str {
    fn append_to(self, text: &mut String) {
        text.push_str(self);
    }
}

impl ParamValue for String {
    fn append_to(self, text: &mut String) {
        text.push_str(&self);
    }
}

impl ParamValue for &String {
    fn append_to(self, text: &mut String) {
        text.push_str(self);
    }
}

impl ParamValue for Secret {
    fn append_to(self, text: &mut String) {
        text.push_str(self.expose());
    }
}

impl ParamValue for &Secret {
    fn append_to(self, text: &mut String) {
        text.push_str(self.expose());
    }
}

macro_rules! displayed {
    ($($type:ty),*) => {
        $(impl ParamValue for $type {
            fn append_to(self, text: &mut String) {
                let _ = write!(text, "{self}");
            }
        })*
    };
}

displayed!(
    bool, i8, i16, i32, i64, u8, u16, u32, u64, f32, f64, IpAddr, Ipv4Addr, Ipv6Addr
);
