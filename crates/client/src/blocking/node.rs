//! What belongs to the host, blocking: its network interfaces and devices.

use protocol::flags::{InterfaceXmlFlags, NodeDeviceXmlFlags};

use super::twins::twins;

twins! {
    /// A network interface of the host.
    Interface of crate::Interface;
    gets {
        fn name() -> &str;
        fn mac() -> &str;
    }
    waits {
        fn xml(flags: InterfaceXmlFlags) -> String;
        fn is_active() -> bool;
        fn start() -> ();
        fn destroy() -> ();
        fn undefine() -> ();
    }
}

twins! {
    /// A device of the host.
    NodeDevice of crate::NodeDevice;
    gets {
        fn name() -> &str;
    }
    waits {
        fn xml(flags: NodeDeviceXmlFlags) -> String;
        fn parent() -> Option<String>;
        fn capabilities() -> Vec<String>;
        fn is_active() -> bool;
        fn is_persistent() -> bool;
        fn destroy() -> ();
        fn undefine() -> ();
        fn start() -> ();
        fn detach() -> ();
        fn detach_for(driver: &str) -> ();
        fn reattach() -> ();
        fn reset() -> ();
        fn autostart() -> bool;
        fn set_autostart(autostart: bool) -> ();
    }
}
