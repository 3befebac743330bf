//! `nodedev-list`: list the host's devices.

use std::collections::BTreeMap;

use ferrovirt::flags::ConnectListAllNodeDeviceFlags as Flags;
use serde::Serialize;

use crate::arguments::Arguments;
use crate::command::{Command, Group, Opt};
use crate::failure::Failure;
use crate::objects::given;
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "nodedev-list",
    group: Group::NodeDevice,
    summary: "enumerate devices on this host",
    description: "List the devices of the host, all of them or those of some kinds.",
    options: &[
        Opt::flag("tree", "list devices in a tree"),
        Opt::text("cap", "capability names, separated by comma").named(),
        Opt::flag("inactive", "list inactive devices"),
        Opt::flag("all", "list inactive & active devices"),
        Opt::flag("persistent", "list persistent devices"),
        Opt::flag("transient", "list transient devices"),
    ],
    shows: true,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

#[derive(Serialize)]
struct Row {
    name: String,
    /// The device that it is part of; with `--tree` only.
    #[serde(skip_serializing_if = "Option::is_none")]
    parent: Option<String>,
}

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let tree = arguments.flag("tree");
    let narrowing = ["cap", "inactive", "persistent", "transient"];
    if tree && narrowing.iter().any(|option| arguments.flag(option)) {
        return Err(Failure::Usage {
            what: "Option --tree is incompatible with --cap, --inactive, --persistent and --transient",
        });
    }
    let flags = flags(arguments)?;
    let connection = shell.connection().await?;
    let mut rows = Vec::new();
    for found in connection.list_all_node_devices(flags).await? {
        let parent = match tree {
            // The root has no parent, which some drivers call an error.
            true => found.parent().await.unwrap_or_default(),
            false => None,
        };
        rows.push(Row {
            name: found.name().to_owned(),
            parent,
        });
    }
    rows.sort_by(|a, b| a.name.cmp(&b.name));
    shell.show(arguments, &rows, |rows| match tree {
        true => Tree::new(rows).text(),
        false => rows.iter().map(|row| format!("{}\n", row.name)).collect(),
    })
}

fn flags(arguments: &Arguments) -> Result<Flags, Failure> {
    let mut flags = given(
        arguments,
        [
            ("persistent", Flags::PERSISTENT),
            ("transient", Flags::TRANSIENT),
        ],
    );
    if !arguments.flag("all") {
        flags |= match arguments.flag("inactive") {
            true => Flags::INACTIVE,
            false => Flags::ACTIVE,
        };
    }
    for word in arguments
        .text("cap")
        .into_iter()
        .flat_map(|it| it.split(','))
    {
        flags |= capability(word).ok_or(Failure::Usage {
            what: "Invalid capability type",
        })?;
    }
    Ok(flags)
}

fn capability(word: &str) -> Option<Flags> {
    Some(match word {
        "system" => Flags::CAP_SYSTEM,
        "pci" => Flags::CAP_PCI_DEV,
        "usb_device" => Flags::CAP_USB_DEV,
        "usb" => Flags::CAP_USB_INTERFACE,
        "net" => Flags::CAP_NET,
        "scsi_host" => Flags::CAP_SCSI_HOST,
        "scsi_target" => Flags::CAP_SCSI_TARGET,
        "scsi" => Flags::CAP_SCSI,
        "storage" => Flags::CAP_STORAGE,
        "fc_host" => Flags::CAP_FC_HOST,
        "vports" => Flags::CAP_VPORTS,
        "scsi_generic" => Flags::CAP_SCSI_GENERIC,
        "drm" => Flags::CAP_DRM,
        "mdev_types" => Flags::CAP_MDEV_TYPES,
        "mdev" => Flags::CAP_MDEV,
        "ccw" => Flags::CAP_CCW_DEV,
        "css" => Flags::CAP_CSS_DEV,
        "vdpa" => Flags::CAP_VDPA,
        "ap_card" => Flags::CAP_AP_CARD,
        "ap_queue" => Flags::CAP_AP_QUEUE,
        "ap_matrix" => Flags::CAP_AP_MATRIX,
        "vpd" => Flags::CAP_VPD,
        "ccwgroup" => Flags::CAP_CCWGROUP_DEV,
        "ccwgroup_member" => Flags::CAP_CCWGROUP_MEMBER,
        _ => return None,
    })
}

/// Devices below the devices that they are part of.
struct Tree<'a> {
    roots: Vec<&'a str>,
    children: BTreeMap<&'a str, Vec<&'a str>>,
}

impl<'a> Tree<'a> {
    fn new(rows: &'a [Row]) -> Self {
        let mut tree = Self {
            roots: Vec::new(),
            children: BTreeMap::new(),
        };
        for row in rows {
            match &row.parent {
                None => tree.roots.push(&row.name),
                Some(parent) => tree.children.entry(parent).or_default().push(&row.name),
            }
        }
        tree
    }

    fn text(&self) -> String {
        let mut text = String::new();
        for root in &self.roots {
            text.push_str(&format!("{root}\n"));
            self.below(root, "", &mut text);
            if !self.children.contains_key(root) {
                text.push('\n');
            }
        }
        text
    }

    /// Writes what is below `parent`, whose children's lines start with `indent`.
    fn below(&self, parent: &str, indent: &str, text: &mut String) {
        let Some(children) = self.children.get(parent) else {
            return;
        };
        text.push_str(&format!("{indent}  |\n"));
        for child in children {
            text.push_str(&format!("{indent}  +- {child}\n"));
            let is_last = children.last() == Some(child);
            let deeper = format!("{indent}  {} ", if is_last { ' ' } else { '|' });
            self.below(child, &deeper, text);
            if is_last && !self.children.contains_key(child) {
                text.push_str(&format!("{deeper}\n"));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Row, Tree};

    #[test]
    fn a_tree_has_a_line_a_device_and_a_blank_one_behind_each_last() {
        let row = |name: &str, parent: Option<&str>| Row {
            name: name.to_owned(),
            parent: parent.map(str::to_owned),
        };
        let rows = [
            row("computer", None),
            row("a", Some("computer")),
            row("a1", Some("a")),
            row("b", Some("computer")),
        ];
        assert_eq!(
            Tree::new(&rows).text(),
            "computer\n  |\n  +- a\n  |   |\n  |   +- a1\n  |     \n  +- b\n    \n"
        );
    }
}
