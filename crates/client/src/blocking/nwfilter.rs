//! Network filters and their bindings, blocking.

use super::twins::twins;

twins! {
    /// A network filter of a connection.
    NetworkFilter of crate::NetworkFilter;
    gets {
        fn name() -> &str;
        fn uuid_string() -> String;
    }
    waits {
        fn xml() -> String;
        fn undefine() -> ();
    }
}

twins! {
    /// The binding of a filter to a port of the host.
    NetworkFilterBinding of crate::NetworkFilterBinding;
    gets {
        fn port() -> &str;
        fn filter_name() -> &str;
    }
    waits {
        fn xml() -> String;
        fn delete() -> ();
    }
}
