//! The table of all commands: one file each, named like the command.

mod allocpages;
mod autostart;
mod capabilities;
mod cd;
mod connect;
mod console;
mod cpu_baseline;
mod cpu_compare;
mod cpu_models;
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
mod domfsinfo;
mod domid;
mod domif_getlink;
mod domifaddr;
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
mod find_storage_pool_sources;
mod find_storage_pool_sources_as;
mod freecell;
mod help;
mod hostname;
mod hypervisor_cpu_baseline;
mod hypervisor_cpu_compare;
mod hypervisor_cpu_models;
mod iface_begin;
mod iface_commit;
mod iface_define;
mod iface_destroy;
mod iface_dumpxml;
mod iface_edit;
mod iface_list;
mod iface_mac;
mod iface_name;
mod iface_rollback;
mod iface_start;
mod iface_undefine;
mod iothreadinfo;
mod iothreadpin;
mod list;
mod managedsave;
mod managedsave_remove;
mod maxvcpus;
mod metadata;
mod net_autostart;
mod net_create;
mod net_define;
mod net_destroy;
mod net_dumpxml;
mod net_edit;
mod net_info;
mod net_list;
mod net_name;
mod net_start;
mod net_undefine;
mod net_uuid;
mod nodecpumap;
mod nodecpustats;
mod nodedev_autostart;
mod nodedev_create;
mod nodedev_define;
mod nodedev_destroy;
mod nodedev_detach;
mod nodedev_dumpxml;
mod nodedev_info;
mod nodedev_list;
mod nodedev_reattach;
mod nodedev_reset;
mod nodedev_start;
mod nodedev_undefine;
mod nodeinfo;
mod nodememstats;
mod nodesuspend;
mod nwfilter_binding_create;
mod nwfilter_binding_delete;
mod nwfilter_binding_dumpxml;
mod nwfilter_binding_list;
mod nwfilter_define;
mod nwfilter_dumpxml;
mod nwfilter_edit;
mod nwfilter_list;
mod nwfilter_undefine;
mod pass_fds;
mod pool_autostart;
mod pool_build;
mod pool_create;
mod pool_create_as;
mod pool_define;
mod pool_define_as;
mod pool_delete;
mod pool_destroy;
mod pool_dumpxml;
mod pool_edit;
mod pool_info;
mod pool_list;
mod pool_name;
mod pool_refresh;
mod pool_start;
mod pool_undefine;
mod pool_uuid;
mod pwd;
mod qemu_monitor_command;
mod qemu_monitor_event;
mod quit;
mod reboot;
mod reset;
mod restore;
mod resume;
mod save;
mod save_image_define;
mod save_image_dumpxml;
mod save_image_edit;
mod schedinfo;
mod secret_define;
mod secret_dumpxml;
mod secret_get_value;
mod secret_list;
mod secret_set_value;
mod secret_undefine;
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
mod vol_clone;
mod vol_create;
mod vol_create_as;
mod vol_create_from;
mod vol_delete;
mod vol_dumpxml;
mod vol_info;
mod vol_key;
mod vol_list;
mod vol_name;
mod vol_path;
mod vol_pool;
mod vol_resize;
mod vol_wipe;

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
    iothreadpin::COMMAND,
    managedsave::COMMAND,
    managedsave_remove::COMMAND,
    metadata::COMMAND,
    reboot::COMMAND,
    reset::COMMAND,
    restore::COMMAND,
    resume::COMMAND,
    save::COMMAND,
    save_image_define::COMMAND,
    save_image_dumpxml::COMMAND,
    save_image_edit::COMMAND,
    schedinfo::COMMAND,
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
    domfsinfo::COMMAND,
    domif_getlink::COMMAND,
    domifaddr::COMMAND,
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
    allocpages::COMMAND,
    capabilities::COMMAND,
    cpu_baseline::COMMAND,
    cpu_compare::COMMAND,
    cpu_models::COMMAND,
    domcapabilities::COMMAND,
    domxml_to_native::COMMAND,
    freecell::COMMAND,
    hostname::COMMAND,
    hypervisor_cpu_baseline::COMMAND,
    hypervisor_cpu_compare::COMMAND,
    hypervisor_cpu_models::COMMAND,
    maxvcpus::COMMAND,
    nodecpumap::COMMAND,
    nodecpustats::COMMAND,
    nodeinfo::COMMAND,
    nodememstats::COMMAND,
    nodesuspend::COMMAND,
    qemu_monitor_command::COMMAND,
    qemu_monitor_event::COMMAND,
    sysinfo::COMMAND,
    uri::COMMAND,
    version::COMMAND,
    // Interface
    iface_begin::COMMAND,
    iface_commit::COMMAND,
    iface_define::COMMAND,
    iface_destroy::COMMAND,
    iface_dumpxml::COMMAND,
    iface_edit::COMMAND,
    iface_list::COMMAND,
    iface_mac::COMMAND,
    iface_name::COMMAND,
    iface_rollback::COMMAND,
    iface_start::COMMAND,
    iface_undefine::COMMAND,
    // Network Filter
    nwfilter_binding_create::COMMAND,
    nwfilter_binding_delete::COMMAND,
    nwfilter_binding_dumpxml::COMMAND,
    nwfilter_binding_list::COMMAND,
    nwfilter_define::COMMAND,
    nwfilter_dumpxml::COMMAND,
    nwfilter_edit::COMMAND,
    nwfilter_list::COMMAND,
    nwfilter_undefine::COMMAND,
    // Networking
    net_autostart::COMMAND,
    net_create::COMMAND,
    net_define::COMMAND,
    net_destroy::COMMAND,
    net_dumpxml::COMMAND,
    net_edit::COMMAND,
    net_info::COMMAND,
    net_list::COMMAND,
    net_name::COMMAND,
    net_start::COMMAND,
    net_undefine::COMMAND,
    net_uuid::COMMAND,
    // Node Device
    nodedev_autostart::COMMAND,
    nodedev_create::COMMAND,
    nodedev_define::COMMAND,
    nodedev_destroy::COMMAND,
    nodedev_detach::COMMAND,
    nodedev_dumpxml::COMMAND,
    nodedev_info::COMMAND,
    nodedev_list::COMMAND,
    nodedev_reattach::COMMAND,
    nodedev_reset::COMMAND,
    nodedev_start::COMMAND,
    nodedev_undefine::COMMAND,
    // Secret
    secret_define::COMMAND,
    secret_dumpxml::COMMAND,
    secret_get_value::COMMAND,
    secret_list::COMMAND,
    secret_set_value::COMMAND,
    secret_undefine::COMMAND,
    // Storage Pool
    find_storage_pool_sources::COMMAND,
    find_storage_pool_sources_as::COMMAND,
    pool_autostart::COMMAND,
    pool_build::COMMAND,
    pool_create::COMMAND,
    pool_create_as::COMMAND,
    pool_define::COMMAND,
    pool_define_as::COMMAND,
    pool_delete::COMMAND,
    pool_destroy::COMMAND,
    pool_dumpxml::COMMAND,
    pool_edit::COMMAND,
    pool_info::COMMAND,
    pool_list::COMMAND,
    pool_name::COMMAND,
    pool_refresh::COMMAND,
    pool_start::COMMAND,
    pool_undefine::COMMAND,
    pool_uuid::COMMAND,
    // Storage Volume
    vol_clone::COMMAND,
    vol_create::COMMAND,
    vol_create_as::COMMAND,
    vol_create_from::COMMAND,
    vol_delete::COMMAND,
    vol_dumpxml::COMMAND,
    vol_info::COMMAND,
    vol_key::COMMAND,
    vol_list::COMMAND,
    vol_name::COMMAND,
    vol_path::COMMAND,
    vol_pool::COMMAND,
    vol_resize::COMMAND,
    vol_wipe::COMMAND,
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
