//! The table of all commands: one file each, named like the command.

mod autostart;
mod capabilities;
mod cd;
mod connect;
mod console;
mod create;
mod define;
mod desc;
mod destroy;
mod domblkerror;
mod domblkinfo;
mod domblklist;
mod domblkstat;
mod domcapabilities;
mod domcontrol;
mod domdisplay;
mod domid;
mod domif_getlink;
mod domiflist;
mod domifstat;
mod dominfo;
mod domjobinfo;
mod dommemstat;
mod domname;
mod domrename;
mod domstate;
mod domstats;
mod domuuid;
mod domxml_to_native;
mod dumpxml;
mod echo;
mod edit;
mod emulatorpin;
mod event;
mod exit;
mod freecell;
mod help;
mod hostname;
mod iface_dumpxml;
mod iface_list;
mod iothreadinfo;
mod list;
mod maxvcpus;
mod metadata;
mod net_dumpxml;
mod net_edit;
mod net_list;
mod nodecpumap;
mod nodecpustats;
mod nodedev_dumpxml;
mod nodedev_list;
mod nodeinfo;
mod nodememstats;
mod pass_fds;
mod pool_dumpxml;
mod pool_list;
mod pwd;
mod qemu_monitor_command;
mod qemu_monitor_event;
mod quit;
mod reboot;
mod reset;
mod resume;
mod shutdown;
mod start;
mod suspend;
mod sysinfo;
mod ttyconsole;
mod undefine;
mod uri;
mod vcpucount;
mod vcpuinfo;
mod vcpupin;
mod version;
mod vncdisplay;
mod vol_list;

use crate::command::Command;

/// Every command, in the order of `help`.
pub(crate) static ALL: &[Command] = &[
    // Domain Management
    autostart::COMMAND,
    console::COMMAND,
    create::COMMAND,
    define::COMMAND,
    desc::COMMAND,
    destroy::COMMAND,
    domdisplay::COMMAND,
    domid::COMMAND,
    domname::COMMAND,
    domrename::COMMAND,
    domuuid::COMMAND,
    dumpxml::COMMAND,
    edit::COMMAND,
    emulatorpin::COMMAND,
    iothreadinfo::COMMAND,
    metadata::COMMAND,
    reboot::COMMAND,
    reset::COMMAND,
    resume::COMMAND,
    shutdown::COMMAND,
    start::COMMAND,
    suspend::COMMAND,
    ttyconsole::COMMAND,
    undefine::COMMAND,
    vcpucount::COMMAND,
    vcpuinfo::COMMAND,
    vcpupin::COMMAND,
    vncdisplay::COMMAND,
    // Domain Monitoring
    domblkerror::COMMAND,
    domblkinfo::COMMAND,
    domblklist::COMMAND,
    domblkstat::COMMAND,
    domcontrol::COMMAND,
    domif_getlink::COMMAND,
    domiflist::COMMAND,
    domifstat::COMMAND,
    dominfo::COMMAND,
    domjobinfo::COMMAND,
    dommemstat::COMMAND,
    domstate::COMMAND,
    domstats::COMMAND,
    list::COMMAND,
    // Domain Events
    event::COMMAND,
    // Host and Hypervisor
    capabilities::COMMAND,
    domcapabilities::COMMAND,
    domxml_to_native::COMMAND,
    freecell::COMMAND,
    hostname::COMMAND,
    maxvcpus::COMMAND,
    nodecpumap::COMMAND,
    nodecpustats::COMMAND,
    nodeinfo::COMMAND,
    nodememstats::COMMAND,
    qemu_monitor_command::COMMAND,
    qemu_monitor_event::COMMAND,
    sysinfo::COMMAND,
    uri::COMMAND,
    version::COMMAND,
    // Interface
    iface_dumpxml::COMMAND,
    iface_list::COMMAND,
    // Networking
    net_dumpxml::COMMAND,
    net_edit::COMMAND,
    net_list::COMMAND,
    // Node Device
    nodedev_dumpxml::COMMAND,
    nodedev_list::COMMAND,
    // Storage Pool
    pool_dumpxml::COMMAND,
    pool_list::COMMAND,
    vol_list::COMMAND,
    // Virsh itself
    cd::COMMAND,
    connect::COMMAND,
    echo::COMMAND,
    exit::COMMAND,
    help::COMMAND,
    pwd::COMMAND,
    quit::COMMAND,
];

/// The command called `name`.
pub(crate) fn find(name: &str) -> Option<&'static Command> {
    ALL.iter().find(|command| command.name == name)
}
