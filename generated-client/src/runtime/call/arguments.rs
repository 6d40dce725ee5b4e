//! Parameters of a call.

use serde::Serialize;

use super::super::style::{self, Escape, Style};
use super::super::{Endpoint, ParamValue, ParameterPlace};
use super::{Call, checks};

impl<E: Endpoint, M> Call<E, M> {
    /// Sets an argument of the path.
    pub fn path(mut self, name: &'static str, value: impl ParamValue) -> Self {
        let text = value.into_text();
        checks::text::<E>(&mut self.draft, ParameterPlace::Path, name, &text);
        self.draft.path.push((name, Escape::All.text(&text)));
        self
    }

    /// Sets an argument of the path that is a list.
    pub fn path_joined<V: ParamValue>(
        mut self,
        name: &'static str,
        values: impl IntoIterator<Item = V>,
    ) -> Self {
        let values = texts(values);
        checks::texts::<E>(&mut self.draft, ParameterPlace::Path, name, &values);
        let text = style::joined(values, ',', Escape::All);
        self.draft.path.push((name, text));
        self
    }

    /// Sets an argument of the path in a style of its own.
    pub fn path_styled(mut self, name: &'static str, value: impl Serialize, style: Style) -> Self {
        checks::value::<E, _>(&mut self.draft, ParameterPlace::Path, name, &value);
        let written = style::text(name, &value, style, Escape::All).map(|text| (name, text));
        self.draft
            .add_styled(name, written, |draft, argument| draft.path.push(argument));
        self
    }

    /// Adds a query parameter.
    pub fn query(mut self, name: &'static str, value: impl ParamValue) -> Self {
        let text = value.into_text();
        checks::text::<E>(&mut self.draft, ParameterPlace::Query, name, &text);
        self.draft.add_query(name, &text);
        self
    }

    /// Adds a query parameter once for each item of a list.
    pub fn query_all<V: ParamValue>(
        mut self,
        name: &'static str,
        values: impl IntoIterator<Item = V>,
    ) -> Self {
        let values = texts(values);
        checks::texts::<E>(&mut self.draft, ParameterPlace::Query, name, &values);
        for value in &values {
            self.draft.add_query(name, value);
        }
        self
    }

    /// Adds a query parameter that holds a list, unless that is empty.
    pub fn query_joined<V: ParamValue>(
        mut self,
        name: &'static str,
        values: impl IntoIterator<Item = V>,
        separator: char,
    ) -> Self {
        let values = texts(values);
        checks::texts::<E>(&mut self.draft, ParameterPlace::Query, name, &values);
        if !values.is_empty() {
            let text = style::joined(values, separator, Escape::All);
            self.draft.query.push((name.into(), text));
        }
        self
    }

    /// Adds query parameters in a style of their own.
    pub fn query_styled(self, name: &'static str, value: impl Serialize, style: Style) -> Self {
        query_escaped(self, name, &value, style, Escape::All)
    }

    /// Adds query parameters whose values may hold reserved characters. `&`, `#` and `+` are encoded
    /// all the same, since they would change what the server reads.
    pub fn query_reserved(self, name: &'static str, value: impl Serialize, style: Style) -> Self {
        query_escaped(self, name, &value, style, Escape::KeepReserved)
    }

    /// Adds a header that the document names.
    pub fn header_param(mut self, name: &'static str, value: impl ParamValue) -> Self {
        let text = value.into_text();
        checks::text::<E>(&mut self.draft, ParameterPlace::Header, name, &text);
        self.draft.add_header(name, &text);
        self
    }

    /// Adds a header that the document names and that holds a list, unless that is empty.
    pub fn header_param_joined<V: ParamValue>(
        mut self,
        name: &'static str,
        values: impl IntoIterator<Item = V>,
    ) -> Self {
        let values = texts(values);
        checks::texts::<E>(&mut self.draft, ParameterPlace::Header, name, &values);
        if !values.is_empty() {
            let text = style::joined(values, ',', Escape::Nothing);
            self.draft.add_header(name, &text);
        }
        self
    }

    /// Adds a header that the document names, in a style of its own, unless the value has nothing to write, as
    /// an empty object.
    pub fn header_param_styled(
        mut self,
        name: &'static str,
        value: impl Serialize,
        style: Style,
    ) -> Self {
        checks::value::<E, _>(&mut self.draft, ParameterPlace::Header, name, &value);
        let written = style::text(name, &value, style, Escape::Nothing).map(|text| (name, text));
        self.draft.add_styled(name, written, |draft, (name, text)| {
            if !text.is_empty() {
                draft.add_header(name, &text);
            }
        });
        self
    }

    /// Adds a cookie.
    pub fn cookie(mut self, name: &'static str, value: impl ParamValue) -> Self {
        let text = value.into_text();
        checks::text::<E>(&mut self.draft, ParameterPlace::Cookie, name, &text);
        let text = Escape::Cookie.text(&text);
        self.draft.cookies.push((name.into(), text));
        self
    }

    /// Adds cookies in a style of their own.
    pub fn cookie_styled(
        mut self,
        name: &'static str,
        value: impl Serialize,
        style: Style,
    ) -> Self {
        checks::value::<E, _>(&mut self.draft, ParameterPlace::Cookie, name, &value);
        let written = style::pairs(name, &value, style, Escape::Cookie);
        self.draft
            .add_pairs(name, written, |draft| &mut draft.cookies);
        self
    }
}

// No method, for it would take the name of a parameter's setter.
fn query_escaped<E: Endpoint, M, T: Serialize + ?Sized>(
    mut call: Call<E, M>,
    name: &'static str,
    value: &T,
    style: Style,
    escape: Escape,
) -> Call<E, M> {
    checks::value::<E, _>(&mut call.draft, ParameterPlace::Query, name, value);
    let written = style::pairs(name, value, style, escape);
    call.draft
        .add_pairs(name, written, |draft| &mut draft.query);
    call
}

fn texts<V: ParamValue>(values: impl IntoIterator<Item = V>) -> Vec<String> {
    values.into_iter().map(ParamValue::into_text).collect()
}
