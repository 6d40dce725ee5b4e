//! Parameters of a call.

use super::super::escape::{Escape, joined};
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
        let text = joined(values, ',', Escape::All);
        self.draft.path.push((name, text));
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
            let text = joined(values, separator, Escape::All);
            self.draft.query.push((name.into(), text));
        }
        self
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
            let text = joined(values, ',', Escape::Nothing);
            self.draft.add_header(name, &text);
        }
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
}

fn texts<V: ParamValue>(values: impl IntoIterator<Item = V>) -> Vec<String> {
    values.into_iter().map(ParamValue::into_text).collect()
}
