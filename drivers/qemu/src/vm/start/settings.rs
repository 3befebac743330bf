//! What of devices QEMU is told through its monitor before the guest runs: limits of disks, unplugged cables.

use documents::domain::{Disk, Domain, LinkState};
use serde_json::{Map, Value, json};

use crate::domain::disk_limits::limits;

/// A monitor command with its arguments.
pub(super) type Command = (&'static str, Value);

/// All that has to be told, in any order.
pub(super) fn commands(document: &Domain) -> Vec<Command> {
    let disks = document.devices.disks.iter().filter_map(throttle);
    let interfaces = document.devices.interfaces.iter();
    let links = interfaces
        .filter(|interface| interface.link == Some(LinkState::Down))
        .filter_map(|interface| interface.info.alias.as_ref())
        .map(|alias| ("set_link", json!({"name": alias, "up": false})));
    disks.chain(links).collect()
}

/// The limits of a disk (QMP: `block_set_io_throttle`).
fn throttle(disk: &Disk) -> Option<Command> {
    let tune = disk.iotune.as_deref()?;
    let set = limits(tune);
    if set.is_empty() {
        return None;
    }
    let mut arguments = Map::new();
    arguments.insert("id".to_owned(), json!(disk.info.alias));
    // Those that are not set are given as zero, which is no limit: the command wants all six.
    for name in ["bps", "bps_rd", "bps_wr", "iops", "iops_rd", "iops_wr"] {
        arguments.insert(name.to_owned(), json!(0));
    }
    for (name, limit) in set {
        arguments.insert(argument(name), json!(limit));
    }
    if let Some(group) = &tune.group_name {
        arguments.insert("group".to_owned(), json!(group));
    }
    Some(("block_set_io_throttle", Value::Object(arguments)))
}

/// The name that the command has for a limit of a throttle group.
fn argument(name: &str) -> String {
    name.replace("-total", "")
        .replace("-read", "_rd")
        .replace("-write", "_wr")
        .replace('-', "_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_told_in_the_words_of_the_command() {
        let text = "<domain type='qemu'><name>a</name><os><type>hvm</type></os><devices>\
            <disk type='file'><target dev='vda'/><alias name='virtio-disk0'/><iotune>\
            <read_bytes_sec>5</read_bytes_sec><read_bytes_sec_max>7</read_bytes_sec_max>\
            <total_iops_sec_max_length>3</total_iops_sec_max_length><group_name>g</group_name>\
            </iotune></disk><interface type='user'><link state='down'/><alias name='net0'/>\
            </interface></devices></domain>";
        let document: Domain = xml::parse(text, &xml::Options::lenient()).unwrap();
        let commands = commands(&document);
        let throttle = json!({"id": "virtio-disk0", "bps": 0, "bps_rd": 5, "bps_wr": 0, "iops": 0, "iops_rd": 0,
            "iops_wr": 0, "bps_rd_max": 7, "iops_max_length": 3, "group": "g"});
        assert_eq!(
            commands,
            [
                ("block_set_io_throttle", throttle),
                ("set_link", json!({"name": "net0", "up": false})),
            ]
        );
    }
}
