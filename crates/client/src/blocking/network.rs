//! Virtual networks, blocking.

use protocol::flags::NetworkXmlFlags;

use super::twins::twins;

twins! {
    /// A virtual network of a connection. Handles are equal when their UUIDs are.
    #[derive(PartialEq, Eq, Hash)]
    Network of crate::Network;
    gets {
        fn name() -> &str;
        fn uuid() -> [u8; 16];
        fn uuid_string() -> String;
    }
    waits {
        fn start() -> ();
        fn destroy() -> ();
        fn undefine() -> ();
        fn bridge_name() -> String;
        fn xml(flags: NetworkXmlFlags) -> String;
        fn is_active() -> bool;
        fn is_persistent() -> bool;
        fn autostart() -> bool;
        fn set_autostart(autostart: bool) -> ();
    }
}
