//! Sockets whose paths the driver made up at an earlier start: a definition is not to keep them.

use std::path::PathBuf;

use driver::Layout;

use crate::vm::DRIVER;

/// Where such sockets are: below this driver's own folders, and below those of the host's usual daemon, from which a
/// document may come.
#[derive(Debug)]
pub(super) struct MadeSockets {
    channels: Vec<PathBuf>,
    displays: Vec<PathBuf>,
}

impl MadeSockets {
    /// Those of a driver with this layout.
    pub(super) fn of(layout: &Layout) -> Self {
        let layouts = [layout.clone(), Layout::system()];
        let libs = layouts.iter().map(|layout| layout.lib_dir(DRIVER));
        // Since libvirt 9.7 with the state, before with the guests' files, and at first with the settings.
        let channels = layouts.iter().flat_map(|layout| {
            [
                layout.state_dir(DRIVER),
                layout.lib_dir(DRIVER),
                layout.config_dir(DRIVER),
            ]
        });
        Self {
            channels: channels.map(|folder| folder.join("channel")).collect(),
            displays: libs.collect(),
        }
    }

    /// Whether it is a path that a channel of this name was given: `FOLDER/1-DOMAIN/NAME`, or in older times
    /// `FOLDER/target/domain-1-DOMAIN/NAME` and `FOLDER/target/DOMAIN.NAME`.
    pub(super) fn is_channels(&self, path: &str, name: &str) -> bool {
        let below = |folder: &PathBuf| {
            let rest = path.strip_prefix(folder.to_str()?)?.strip_prefix('/')?;
            let rest = rest.strip_prefix("target/").unwrap_or(rest);
            rest.strip_suffix(name)
        };
        let mut owners = self.channels.iter().filter_map(below);
        owners.any(is_owner)
    }

    /// Whether it is a path that a display was given.
    pub(super) fn is_displays(&self, path: &str) -> bool {
        let is_below = |folder: &PathBuf| folder.to_str().is_some_and(|it| path.starts_with(it));
        self.displays.iter().any(is_below)
    }
}

/// `DOMAIN.`, `domain-…/` or `1-DOMAIN/`, with the name behind it.
fn is_owner(text: &str) -> bool {
    if let Some(domain) = text.strip_suffix('.') {
        return !domain.is_empty() && !domain.contains('/');
    }
    let Some(folder) = text.strip_suffix('/').filter(|it| !it.contains('/')) else {
        return false;
    };
    let numbered = folder.split_once('-').is_some_and(|(number, domain)| {
        !number.is_empty() && number.bytes().all(|it| it.is_ascii_digit()) && !domain.is_empty()
    });
    numbered || folder.len() > "domain-".len() && folder.starts_with("domain-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_of_every_age_are_known() {
        let made = MadeSockets::of(&Layout::root("/r"));
        let name = "org.agent.0";
        for (path, expected) in [
            ("/run/libvirt/qemu/channel/7-web/org.agent.0", true),
            (
                "/var/lib/libvirt/qemu/channel/target/domain-7-web/org.agent.0",
                true,
            ),
            (
                "/var/lib/libvirt/qemu/channel/target/domain-web/org.agent.0",
                true,
            ),
            ("/var/lib/libvirt/qemu/channel/target/web.org.agent.0", true),
            ("/etc/libvirt/qemu/channel/7-web/org.agent.0", true),
            ("/r/run/qemu/channel/7-web/org.agent.0", true),
            ("/r/lib/qemu/channel/target/web/org.agent.0", false),
            ("/run/libvirt/qemu/channel/7-web/org.agent.1", false),
            ("/tmp/channel/7-web/org.agent.0", false),
            ("/run/libvirt/qemu/channel/org.agent.0", false),
        ] {
            assert_eq!(made.is_channels(path, name), expected, "{path}");
        }
        assert!(made.is_displays("/var/lib/libvirt/qemu/domain-1-web/vnc.sock"));
        assert!(!made.is_displays("/tmp/vnc.sock"));
    }
}
