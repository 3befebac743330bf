//! Flags of connections, and of calls about many domains.

use super::flags;

flags! {
    /// Which domains statistics are for, and how hard to try.
    ConnectGetAllDomainStatsFlags "virConnectGetAllDomainStatsFlags" {
        "VIR_CONNECT_GET_ALL_DOMAINS_STATS_ACTIVE" ACTIVE = 1 << 0,
        "VIR_CONNECT_GET_ALL_DOMAINS_STATS_INACTIVE" INACTIVE = 1 << 1,
        "VIR_CONNECT_GET_ALL_DOMAINS_STATS_PERSISTENT" PERSISTENT = 1 << 2,
        "VIR_CONNECT_GET_ALL_DOMAINS_STATS_TRANSIENT" TRANSIENT = 1 << 3,
        "VIR_CONNECT_GET_ALL_DOMAINS_STATS_RUNNING" RUNNING = 1 << 4,
        "VIR_CONNECT_GET_ALL_DOMAINS_STATS_PAUSED" PAUSED = 1 << 5,
        "VIR_CONNECT_GET_ALL_DOMAINS_STATS_SHUTOFF" SHUTOFF = 1 << 6,
        "VIR_CONNECT_GET_ALL_DOMAINS_STATS_OTHER" OTHER = 1 << 7,
        "VIR_CONNECT_GET_ALL_DOMAINS_STATS_NOWAIT" NOWAIT = 1 << 29,
        "VIR_CONNECT_GET_ALL_DOMAINS_STATS_BACKING" BACKING = 1 << 30,
        "VIR_CONNECT_GET_ALL_DOMAINS_STATS_ENFORCE_STATS" ENFORCE_STATS = 1 << 31,
    }

    /// Which domains to list; one group of flags is one criterion, an empty group takes all.
    ConnectListAllDomainsFlags "virConnectListAllDomainsFlags" {
        "VIR_CONNECT_LIST_DOMAINS_ACTIVE" ACTIVE = 1 << 0,
        "VIR_CONNECT_LIST_DOMAINS_INACTIVE" INACTIVE = 1 << 1,
        "VIR_CONNECT_LIST_DOMAINS_PERSISTENT" PERSISTENT = 1 << 2,
        "VIR_CONNECT_LIST_DOMAINS_TRANSIENT" TRANSIENT = 1 << 3,
        "VIR_CONNECT_LIST_DOMAINS_RUNNING" RUNNING = 1 << 4,
        "VIR_CONNECT_LIST_DOMAINS_PAUSED" PAUSED = 1 << 5,
        "VIR_CONNECT_LIST_DOMAINS_SHUTOFF" SHUTOFF = 1 << 6,
        "VIR_CONNECT_LIST_DOMAINS_OTHER" OTHER = 1 << 7,
        "VIR_CONNECT_LIST_DOMAINS_MANAGEDSAVE" MANAGEDSAVE = 1 << 8,
        "VIR_CONNECT_LIST_DOMAINS_NO_MANAGEDSAVE" NO_MANAGEDSAVE = 1 << 9,
        "VIR_CONNECT_LIST_DOMAINS_AUTOSTART" AUTOSTART = 1 << 10,
        "VIR_CONNECT_LIST_DOMAINS_NO_AUTOSTART" NO_AUTOSTART = 1 << 11,
        "VIR_CONNECT_LIST_DOMAINS_HAS_SNAPSHOT" HAS_SNAPSHOT = 1 << 12,
        "VIR_CONNECT_LIST_DOMAINS_NO_SNAPSHOT" NO_SNAPSHOT = 1 << 13,
        "VIR_CONNECT_LIST_DOMAINS_HAS_CHECKPOINT" HAS_CHECKPOINT = 1 << 14,
        "VIR_CONNECT_LIST_DOMAINS_NO_CHECKPOINT" NO_CHECKPOINT = 1 << 15,
    }

    /// How to open a connection.
    ConnectFlags "virConnectFlags" {
        "VIR_CONNECT_RO" RO = 1 << 0,
        "VIR_CONNECT_NO_ALIASES" NO_ALIASES = 1 << 1,
    }

    /// What a caller of typed parameters understands.
    TypedParameterFlags "virTypedParameterFlags" {
        "VIR_TYPED_PARAM_STRING_OKAY" STRING_OKAY = 1 << 2,
    }

    /// How the name of a monitor event is matched.
    ConnectDomainQemuMonitorEventRegisterFlags "virConnectDomainQemuMonitorEventRegisterFlags" {
        "VIR_CONNECT_DOMAIN_QEMU_MONITOR_EVENT_REGISTER_REGEX" REGEX = 1 << 0,
        "VIR_CONNECT_DOMAIN_QEMU_MONITOR_EVENT_REGISTER_NOCASE" NOCASE = 1 << 1,
    }

    /// The language of a monitor command; none is QMP.
    DomainQemuMonitorCommandFlags "virDomainQemuMonitorCommandFlags" {
        "VIR_DOMAIN_QEMU_MONITOR_COMMAND_HMP" HMP = 1 << 0,
    }
}
