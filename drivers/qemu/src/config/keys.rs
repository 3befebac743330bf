//! The keys of `qemu.conf`, each with the type of its value.

use driver::conf::{Entry, Value};

use super::{Config, ConfigError, CoreLimit, Parsed, Warning};

/// Keys that libvirt's driver has and this one does not act on.
pub const UNSUPPORTED_KEYS: &[&str] = &[
    "auto_dump_bypass_cache",
    "auto_dump_path",
    "auto_save_bypass_cache",
    "auto_shutdown_poweroff",
    "auto_shutdown_restore",
    "auto_shutdown_try_save",
    "auto_shutdown_try_shutdown",
    "auto_shutdown_wait",
    "auto_start_bypass_cache",
    "auto_start_delay",
    "backup_tls_x509_cert_dir",
    "backup_tls_x509_secret_uuid",
    "backup_tls_x509_verify",
    "bridge_helper",
    "capability_filters",
    "cgroup_controllers",
    "cgroup_device_acl",
    "chardev_tls",
    "chardev_tls_x509_cert_dir",
    "chardev_tls_x509_secret_uuid",
    "chardev_tls_x509_verify",
    "dbus_daemon",
    "default_tls_x509_cert_dir",
    "default_tls_x509_secret_uuid",
    "default_tls_x509_verify",
    "deprecation_behavior",
    "dump_guest_core",
    "dump_image_format",
    "gluster_debug_level",
    "hugetlbfs_mount",
    "keepalive_count",
    "keepalive_interval",
    "lock_manager",
    "log_timestamp",
    "mac_filter",
    "max_threads_per_process",
    "memory_backing_dir",
    "migrate_tls_force",
    "migrate_tls_x509_cert_dir",
    "migrate_tls_x509_secret_uuid",
    "migrate_tls_x509_verify",
    "migration_address",
    "migration_host",
    "migration_port_max",
    "migration_port_min",
    "namespaces",
    "nbd_tls",
    "nbd_tls_x509_cert_dir",
    "nbd_tls_x509_secret_uuid",
    "nographics_allow_host_audio",
    "nvram",
    "pr_helper",
    "qemu_rdp",
    "rdp_listen",
    "rdp_password",
    "rdp_tls_x509_cert_dir",
    "rdp_username",
    "relaxed_acs_check",
    "remote_websocket_port_max",
    "remote_websocket_port_min",
    "save_image_format",
    "sched_core",
    "security_default_confined",
    "security_driver",
    "security_require_confined",
    "set_process_name",
    "shared_filesystems",
    "slirp_helper",
    "snapshot_image_format",
    "spice_auto_unix_socket",
    "spice_listen",
    "spice_password",
    "spice_sasl",
    "spice_sasl_dir",
    "spice_tls",
    "spice_tls_x509_cert_dir",
    "stdio_handler",
    "storage_use_nbdkit",
    "swtpm_group",
    "swtpm_user",
    "virtiofsd_debug",
    "vnc_allow_host_audio",
    "vnc_auto_unix_socket",
    "vnc_password",
    "vnc_sasl",
    "vnc_sasl_dir",
    "vnc_tls",
    "vnc_tls_x509_cert_dir",
    "vnc_tls_x509_secret_uuid",
    "vnc_tls_x509_verify",
    "vxhs_tls",
    "vxhs_tls_x509_cert_dir",
    "vxhs_tls_x509_secret_uuid",
];

/// Applies one line of the file.
pub(super) fn apply(parsed: &mut Parsed, entry: &Entry) -> Result<(), ConfigError> {
    let config = &mut parsed.config;
    match entry.key.as_str() {
        "user" => config.user = Some(text(entry)?),
        "group" => config.group = Some(text(entry)?),
        "dynamic_ownership" => config.dynamic_ownership = flag(entry)?,
        "remember_owner" => config.remember_owner = flag(entry)?,
        "seccomp_sandbox" => config.seccomp_sandbox = sandbox(entry)?,
        "max_files" => config.max_files = limit(entry)?,
        "max_processes" => config.max_processes = limit(entry)?,
        "max_core" => config.max_core = core_limit(entry)?,
        "vnc_listen" => config.vnc_listen = text(entry)?,
        "remote_display_port_min" => config.display_ports.0 = display_port(entry)?,
        "remote_display_port_max" => config.display_ports.1 = display_port(entry)?,
        "max_queued" => config.max_queued = queue(entry)?,
        key => warn(parsed, key, entry),
    }
    check_ports(&parsed.config, entry)
}

fn warn(parsed: &mut Parsed, key: &str, entry: &Entry) {
    let (key, line) = (key.to_owned(), entry.line);
    parsed
        .warnings
        .push(match UNSUPPORTED_KEYS.contains(&key.as_str()) {
            true => Warning::Unsupported { key, line },
            false => Warning::Unknown { key, line },
        });
}

fn check_ports(config: &Config, entry: &Entry) -> Result<(), ConfigError> {
    let (min, max) = config.display_ports;
    if entry.key.starts_with("remote_display_port_") && min > max {
        return Err(refuse(
            entry,
            "a range whose first port is not above its last",
        ));
    }
    Ok(())
}

fn refuse(entry: &Entry, expected: &'static str) -> ConfigError {
    ConfigError::Value {
        key: entry.key.clone(),
        line: entry.line,
        expected,
    }
}

fn text(entry: &Entry) -> Result<String, ConfigError> {
    match &entry.value {
        Value::Text(text) => Ok(text.clone()),
        Value::Int(_) | Value::List(_) => Err(refuse(entry, "a text in quotes")),
    }
}

fn flag(entry: &Entry) -> Result<bool, ConfigError> {
    match entry.value {
        Value::Int(0) => Ok(false),
        Value::Int(1) => Ok(true),
        _ => Err(refuse(entry, "0 or 1")),
    }
}

/// -1 used to mean "if QEMU can", which every supported QEMU does.
fn sandbox(entry: &Entry) -> Result<bool, ConfigError> {
    match entry.value {
        Value::Int(0) => Ok(false),
        Value::Int(1 | -1) => Ok(true),
        _ => Err(refuse(entry, "0, 1 or -1")),
    }
}

fn number(entry: &Entry) -> Result<u64, ConfigError> {
    match entry.value {
        Value::Int(number) => u64::try_from(number).ok(),
        Value::Text(_) | Value::List(_) => None,
    }
    .ok_or_else(|| refuse(entry, "a number that is not negative"))
}

/// 0 means "as the daemon".
fn limit(entry: &Entry) -> Result<Option<u64>, ConfigError> {
    number(entry).map(|number| (number > 0).then_some(number))
}

fn queue(entry: &Entry) -> Result<Option<usize>, ConfigError> {
    let length = usize::try_from(number(entry)?);
    Ok(length.ok().filter(|length| *length > 0))
}

fn core_limit(entry: &Entry) -> Result<CoreLimit, ConfigError> {
    match &entry.value {
        Value::Text(text) if text == "unlimited" => Ok(CoreLimit::Unlimited),
        Value::Int(bytes) if *bytes >= 0 => Ok(CoreLimit::Bytes(bytes.unsigned_abs())),
        _ => Err(refuse(entry, "a number of bytes or \"unlimited\"")),
    }
}

fn display_port(entry: &Entry) -> Result<u16, ConfigError> {
    let port = number(entry).ok().and_then(|port| u16::try_from(port).ok());
    port.filter(|port| *port >= 5900)
        .ok_or_else(|| refuse(entry, "a port from 5900 to 65535"))
}
