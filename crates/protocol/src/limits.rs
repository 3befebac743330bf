//! The longest that text, data and lists may be. A peer that sends more is refused.

/// Bytes of a string, where its field says nothing else.
pub const STRING_MAX: u32 = 4_194_304;
/// Bytes of a string in the lock program.
pub const LOCK_STRING_MAX: u32 = 65_536;

/// Parameters of an identity (`REMOTE_CONNECT_IDENTITY_PARAMS_MAX`).
pub const CONNECT_IDENTITY_PARAMS_MAX: u32 = 20;
/// Domains in a list (`REMOTE_DOMAIN_LIST_MAX`).
pub const DOMAIN_LIST_MAX: u32 = 16_384;
/// Bytes of a map of host processors (`REMOTE_CPUMAP_MAX`).
pub const CPUMAP_MAX: u32 = 2_048;
/// Virtual CPUs in a list (`REMOTE_VCPUINFO_MAX`).
pub const VCPUINFO_MAX: u32 = 16_384;
/// Bytes of all maps of host processors together (`REMOTE_CPUMAPS_MAX`).
pub const CPUMAPS_MAX: u32 = 8_388_608;
/// I/O threads in a list (`REMOTE_IOTHREAD_INFO_MAX`).
pub const IOTHREAD_INFO_MAX: u32 = 16_384;
/// Bytes that the two ends of a migration tell each other (`REMOTE_MIGRATE_COOKIE_MAX`).
pub const MIGRATE_COOKIE_MAX: u32 = 4_194_304;
/// Networks in a list (`REMOTE_NETWORK_LIST_MAX`).
pub const NETWORK_LIST_MAX: u32 = 16_384;
/// Ports in a list (`REMOTE_NETWORK_PORT_LIST_MAX`).
pub const NETWORK_PORT_LIST_MAX: u32 = 16_384;
/// Interfaces in a list (`REMOTE_INTERFACE_LIST_MAX`).
pub const INTERFACE_LIST_MAX: u32 = 16_384;
/// Storage pools in a list (`REMOTE_STORAGE_POOL_LIST_MAX`).
pub const STORAGE_POOL_LIST_MAX: u32 = 16_384;
/// Volumes in a list (`REMOTE_STORAGE_VOL_LIST_MAX`).
pub const STORAGE_VOL_LIST_MAX: u32 = 16_384;
/// Devices of the host in a list (`REMOTE_NODE_DEVICE_LIST_MAX`).
pub const NODE_DEVICE_LIST_MAX: u32 = 65_536;
/// Capabilities of a device (`REMOTE_NODE_DEVICE_CAPS_LIST_MAX`).
pub const NODE_DEVICE_CAPS_LIST_MAX: u32 = 65_536;
/// Network filters in a list (`REMOTE_NWFILTER_LIST_MAX`).
pub const NWFILTER_LIST_MAX: u32 = 16_384;
/// Network filter bindings in a list (`REMOTE_NWFILTER_BINDING_LIST_MAX`).
pub const NWFILTER_BINDING_LIST_MAX: u32 = 16_384;
/// Parameters of the scheduler (`REMOTE_DOMAIN_SCHEDULER_PARAMETERS_MAX`).
pub const DOMAIN_SCHEDULER_PARAMETERS_MAX: u32 = 16;
/// Parameters of block I/O limits (`REMOTE_DOMAIN_BLKIO_PARAMETERS_MAX`).
pub const DOMAIN_BLKIO_PARAMETERS_MAX: u32 = 16;
/// Parameters of memory limits (`REMOTE_DOMAIN_MEMORY_PARAMETERS_MAX`).
pub const DOMAIN_MEMORY_PARAMETERS_MAX: u32 = 16;
/// Parameters of a disk's I/O limits (`REMOTE_DOMAIN_BLOCK_IO_TUNE_PARAMETERS_MAX`).
pub const DOMAIN_BLOCK_IO_TUNE_PARAMETERS_MAX: u32 = 32;
/// Parameters of NUMA tuning (`REMOTE_DOMAIN_NUMA_PARAMETERS_MAX`).
pub const DOMAIN_NUMA_PARAMETERS_MAX: u32 = 16;
/// Performance events (`REMOTE_DOMAIN_PERF_EVENTS_MAX`).
pub const DOMAIN_PERF_EVENTS_MAX: u32 = 64;
/// Parameters of a block copy (`REMOTE_DOMAIN_BLOCK_COPY_PARAMETERS_MAX`).
pub const DOMAIN_BLOCK_COPY_PARAMETERS_MAX: u32 = 16;
/// Processor times of the host (`REMOTE_NODE_CPU_STATS_MAX`).
pub const NODE_CPU_STATS_MAX: u32 = 16;
/// Memory statistics of the host (`REMOTE_NODE_MEMORY_STATS_MAX`).
pub const NODE_MEMORY_STATS_MAX: u32 = 16;
/// Statistics of a disk (`REMOTE_DOMAIN_BLOCK_STATS_PARAMETERS_MAX`).
pub const DOMAIN_BLOCK_STATS_PARAMETERS_MAX: u32 = 16;
/// NUMA cells of the host, or counts over them (`REMOTE_NODE_MAX_CELLS`).
pub const NODE_MAX_CELLS: u32 = 1_024;
/// Bytes of one step of SASL (`REMOTE_AUTH_SASL_DATA_MAX`).
pub const AUTH_SASL_DATA_MAX: u32 = 65_536;
/// Ways of authentication (`REMOTE_AUTH_TYPE_LIST_MAX`).
pub const AUTH_TYPE_LIST_MAX: u32 = 20;
/// Memory statistics of a domain (`REMOTE_DOMAIN_MEMORY_STATS_MAX`).
pub const DOMAIN_MEMORY_STATS_MAX: u32 = 1_024;
/// Checkpoints in a list (`REMOTE_DOMAIN_CHECKPOINT_LIST_MAX`).
pub const DOMAIN_CHECKPOINT_LIST_MAX: u32 = 16_384;
/// Snapshots in a list (`REMOTE_DOMAIN_SNAPSHOT_LIST_MAX`).
pub const DOMAIN_SNAPSHOT_LIST_MAX: u32 = 16_384;
/// Bytes of a disk that one call reads (`REMOTE_DOMAIN_BLOCK_PEEK_BUFFER_MAX`).
pub const DOMAIN_BLOCK_PEEK_BUFFER_MAX: u32 = 4_194_304;
/// Bytes of memory that one call reads (`REMOTE_DOMAIN_MEMORY_PEEK_BUFFER_MAX`).
pub const DOMAIN_MEMORY_PEEK_BUFFER_MAX: u32 = 4_194_304;
/// Security labels of a domain (`REMOTE_SECURITY_LABEL_LIST_MAX`).
pub const SECURITY_LABEL_LIST_MAX: u32 = 64;
/// Characters of a security model's name (`REMOTE_SECURITY_MODEL_MAX`).
pub const SECURITY_MODEL_MAX: u32 = 257;
/// Characters of a security label (`REMOTE_SECURITY_LABEL_MAX`).
pub const SECURITY_LABEL_MAX: u32 = 4_097;
/// Characters of a domain of interpretation (`REMOTE_SECURITY_DOI_MAX`).
pub const SECURITY_DOI_MAX: u32 = 257;
/// Bytes of a secret's value (`REMOTE_SECRET_VALUE_MAX`).
pub const SECRET_VALUE_MAX: u32 = 65_536;
/// Secrets in a list (`REMOTE_SECRET_LIST_MAX`).
pub const SECRET_LIST_MAX: u32 = 16_384;
/// CPUs to find the common one of (`REMOTE_CPU_BASELINE_MAX`).
pub const CPU_BASELINE_MAX: u32 = 256;
/// Keys pressed at once (`REMOTE_DOMAIN_SEND_KEY_MAX`).
pub const DOMAIN_SEND_KEY_MAX: u32 = 16;
/// Parameters of an interface's bandwidth (`REMOTE_DOMAIN_INTERFACE_PARAMETERS_MAX`).
pub const DOMAIN_INTERFACE_PARAMETERS_MAX: u32 = 16;
/// Host processors that one call asks about (`REMOTE_DOMAIN_GET_CPU_STATS_NCPUS_MAX`).
pub const DOMAIN_GET_CPU_STATS_NCPUS_MAX: u32 = 128;
/// Processor times of a domain (`REMOTE_DOMAIN_GET_CPU_STATS_MAX`).
pub const DOMAIN_GET_CPU_STATS_MAX: u32 = 2_048;
/// Disks in error (`REMOTE_DOMAIN_DISK_ERRORS_MAX`).
pub const DOMAIN_DISK_ERRORS_MAX: u32 = 256;
/// Parameters of the host's memory (`REMOTE_NODE_MEMORY_PARAMETERS_MAX`).
pub const NODE_MEMORY_PARAMETERS_MAX: u32 = 64;
/// Parameters of a migration (`REMOTE_DOMAIN_MIGRATE_PARAM_LIST_MAX`).
pub const DOMAIN_MIGRATE_PARAM_LIST_MAX: u32 = 64;
/// Parameters of saving and restoring (`REMOTE_DOMAIN_SAVE_PARAMS_MAX`).
pub const DOMAIN_SAVE_PARAMS_MAX: u32 = 64;
/// Statistics of a job (`REMOTE_DOMAIN_JOB_STATS_MAX`).
pub const DOMAIN_JOB_STATS_MAX: u32 = 64;
/// CPU models of an architecture (`REMOTE_CONNECT_CPU_MODELS_MAX`).
pub const CONNECT_CPU_MODELS_MAX: u32 = 8_192;
/// Filesystems to freeze or thaw (`REMOTE_DOMAIN_FSFREEZE_MOUNTPOINTS_MAX`).
pub const DOMAIN_FSFREEZE_MOUNTPOINTS_MAX: u32 = 256;
/// Leases in a list (`REMOTE_NETWORK_DHCP_LEASES_MAX`).
pub const NETWORK_DHCP_LEASES_MAX: u32 = 65_536;
/// Domains with statistics, and statistics of one (`REMOTE_CONNECT_GET_ALL_DOMAIN_STATS_MAX`).
pub const CONNECT_GET_ALL_DOMAIN_STATS_MAX: u32 = 262_144;
/// Tunables in an event (`REMOTE_DOMAIN_EVENT_TUNABLE_MAX`).
pub const DOMAIN_EVENT_TUNABLE_MAX: u32 = 2_048;
/// Mounted filesystems of a guest (`REMOTE_DOMAIN_FSINFO_MAX`).
pub const DOMAIN_FSINFO_MAX: u32 = 256;
/// Disks below a filesystem (`REMOTE_DOMAIN_FSINFO_DISKS_MAX`).
pub const DOMAIN_FSINFO_DISKS_MAX: u32 = 256;
/// Interfaces of a guest (`REMOTE_DOMAIN_INTERFACE_MAX`).
pub const DOMAIN_INTERFACE_MAX: u32 = 2_048;
/// Addresses of an interface (`REMOTE_DOMAIN_IP_ADDR_MAX`).
pub const DOMAIN_IP_ADDR_MAX: u32 = 2_048;
/// Parameters of the guest's view of its CPUs (`REMOTE_DOMAIN_GUEST_VCPU_PARAMS_MAX`).
pub const DOMAIN_GUEST_VCPU_PARAMS_MAX: u32 = 64;
/// Parameters of an I/O thread (`REMOTE_DOMAIN_IOTHREAD_PARAMS_MAX`).
pub const DOMAIN_IOTHREAD_PARAMS_MAX: u32 = 64;
/// Parameters of the host's AMD SEV (`REMOTE_NODE_SEV_INFO_MAX`).
pub const NODE_SEV_INFO_MAX: u32 = 64;
/// Parameters of a domain's launch security (`REMOTE_DOMAIN_LAUNCH_SECURITY_INFO_PARAMS_MAX`).
pub const DOMAIN_LAUNCH_SECURITY_INFO_PARAMS_MAX: u32 = 64;
/// Parameters of a launch secret (`REMOTE_DOMAIN_LAUNCH_SECURITY_STATE_PARAMS_MAX`).
pub const DOMAIN_LAUNCH_SECURITY_STATE_PARAMS_MAX: u32 = 64;
/// What the guest agent tells (`REMOTE_DOMAIN_GUEST_INFO_PARAMS_MAX`).
pub const DOMAIN_GUEST_INFO_PARAMS_MAX: u32 = 2_048;
/// Parameters of a port's bandwidth (`REMOTE_NETWORK_PORT_PARAMETERS_MAX`).
pub const NETWORK_PORT_PARAMETERS_MAX: u32 = 16;
/// Keys of a user (`REMOTE_DOMAIN_AUTHORIZED_SSH_KEYS_MAX`).
pub const DOMAIN_AUTHORIZED_SSH_KEYS_MAX: u32 = 2_048;
/// Messages about a domain (`REMOTE_DOMAIN_MESSAGES_MAX`).
pub const DOMAIN_MESSAGES_MAX: u32 = 2_048;
/// Identities of a graphics client (`REMOTE_DOMAIN_EVENT_GRAPHICS_IDENTITY_MAX`).
pub const DOMAIN_EVENT_GRAPHICS_IDENTITY_MAX: u32 = 20;
/// Parameters of an announcement (`REMOTE_DOMAIN_ANNOUNCE_INTERFACE_PARAMS_MAX`).
pub const DOMAIN_ANNOUNCE_INTERFACE_PARAMS_MAX: u32 = 16;
/// Servers in a list (`ADMIN_SERVER_LIST_MAX`).
pub const ADMIN_SERVER_LIST_MAX: u32 = 16_384;
/// Parameters of a pool of workers (`ADMIN_SERVER_THREADPOOL_PARAMETERS_MAX`).
pub const ADMIN_SERVER_THREADPOOL_PARAMETERS_MAX: u32 = 32;
/// Clients in a list (`ADMIN_CLIENT_LIST_MAX`).
pub const ADMIN_CLIENT_LIST_MAX: u32 = 16_384;
/// Parameters of a client (`ADMIN_CLIENT_INFO_PARAMETERS_MAX`).
pub const ADMIN_CLIENT_INFO_PARAMETERS_MAX: u32 = 64;
/// Parameters of a server's limits (`ADMIN_SERVER_CLIENT_LIMITS_MAX`).
pub const ADMIN_SERVER_CLIENT_LIMITS_MAX: u32 = 32;
