//! QEMU's `first,key=value,…` form, for the options that have no JSON form.

/// A value under construction. A comma inside a value is doubled, as QEMU wants it.
#[derive(Debug, Default)]
pub struct KeyVal(String);

impl KeyVal {
    /// Starts with a word without a key.
    pub fn new(first: &str) -> Self {
        Self(escape(first))
    }

    /// Adds `key=value`.
    pub fn pair(&mut self, key: &str, value: &str) {
        self.separate();
        self.0.push_str(key);
        self.0.push('=');
        self.0.push_str(&escape(value));
    }

    /// Adds `key=on` or `key=off`.
    pub fn switch(&mut self, key: &str, value: bool) {
        self.pair(key, if value { "on" } else { "off" });
    }

    /// Adds `key=value` where there is a value.
    pub fn optional(&mut self, key: &str, value: Option<impl ToString>) {
        if let Some(value) = value {
            self.pair(key, &value.to_string());
        }
    }

    /// The whole value.
    pub fn finish(self) -> String {
        self.0
    }

    fn separate(&mut self) {
        if !self.0.is_empty() {
            self.0.push(',');
        }
    }
}

fn escape(text: &str) -> String {
    text.replace(',', ",,")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commas_are_doubled_and_switches_spelled() {
        let mut value = KeyVal::new("tap");
        value.pair("path", "a,b");
        value.switch("server", true);
        value.optional("port", Some(7));
        value.optional("host", None::<&str>);
        assert_eq!(value.finish(), "tap,path=a,,b,server=on,port=7");
    }

    #[test]
    fn the_first_word_may_be_missing() {
        let mut value = KeyVal::default();
        value.pair("strict", "on");
        assert_eq!(value.finish(), "strict=on");
    }
}
