//! What the host is called, and what runs on it.

/// The kernel's description of itself (`uname`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SystemName {
    /// `Linux`.
    pub system: String,
    /// The host's name.
    pub host: String,
    /// The kernel's release, such as `6.1.0-18-amd64`.
    pub release: String,
    /// The architecture, such as `x86_64`.
    pub machine: String,
}

/// Asks the kernel.
#[must_use]
pub fn system_name() -> SystemName {
    let name = rustix::system::uname();
    let text = |text: &std::ffi::CStr| text.to_string_lossy().into_owned();
    SystemName {
        system: text(name.sysname()),
        host: text(name.nodename()),
        release: text(name.release()),
        machine: text(name.machine()),
    }
}

/// The host's name, as it was set.
#[must_use]
pub fn hostname() -> String {
    system_name().host
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_kernel_says_what_it_is() {
        let name = super::system_name();
        assert_eq!(name.system, "Linux");
        assert!(!name.host.is_empty() && !name.machine.is_empty());
    }
}
