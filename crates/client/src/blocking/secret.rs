//! Secrets, blocking.

use protocol::enums::SecretUsageType;

use super::twins::twins;

twins! {
    /// A secret of a connection.
    Secret of crate::Secret;
    gets {
        fn uuid_string() -> String;
        fn usage_type() -> SecretUsageType;
        fn usage_id() -> &str;
    }
    waits {
        fn xml() -> String;
        fn set_value(value: &[u8]) -> ();
        fn value() -> Vec<u8>;
        fn undefine() -> ();
    }
}
