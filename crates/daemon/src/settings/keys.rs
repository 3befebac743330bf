//! The keys of `virtqemud.conf` and its relatives, and what each of them sets.

use std::path::Path;

use conf::{Entry, ValueError};

use super::{
    Server, SettingError, Settings, keepalive_count, keepalive_interval, mode, path, uuid,
};
use crate::context::HostUuidSource;
use crate::log::{Filters, Level, Outputs};

/// Whether a key means something.
pub(super) enum Applied {
    Known,
    Unknown,
}

/// Applies one setting.
pub(super) fn apply(
    settings: &mut Settings,
    file: &Path,
    entry: &Entry,
) -> Result<Applied, SettingError> {
    let value = |error| SettingError::Value {
        file: file.to_owned(),
        error,
    };
    match entry.key.as_str() {
        "unix_sock_group" => settings.sockets.group = Some(group(file, entry)?),
        "unix_sock_ro_perms" => settings.sockets.read_only = mode(entry).map_err(value)?,
        "unix_sock_rw_perms" => settings.sockets.read_write = mode(entry).map_err(value)?,
        "unix_sock_admin_perms" => settings.sockets.admin = mode(entry).map_err(value)?,
        "unix_sock_dir" => settings.sockets.directory = Some(path(entry).map_err(value)?),
        "auth_unix_ro" | "auth_unix_rw" => authentication(file, entry)?,
        "host_uuid" => settings.host_uuid = Some(uuid(entry).map_err(value)?),
        "host_uuid_source" => {
            let choices = [
                ("smbios", HostUuidSource::Smbios),
                ("machine-id", HostUuidSource::MachineId),
            ];
            settings.host_uuid_source = entry.one_of(&choices).map_err(value)?;
        }
        "log_level" | "log_filters" | "log_outputs" => log(settings, file, entry)?,
        other => {
            let known = match other.strip_prefix("admin_") {
                Some(key) => server(&mut settings.admin, key, entry),
                None => server(&mut settings.main, other, entry),
            };
            if !known.map_err(value)? && !without_effect(entry).map_err(value)? {
                return Ok(Applied::Unknown);
            }
        }
    }
    Ok(Applied::Known)
}

/// What both servers have, the admin one with the prefix `admin_`.
fn server(server: &mut Server, key: &str, entry: &Entry) -> Result<bool, ValueError> {
    let count = || entry.int(1..=i32::MAX.unsigned_abs());
    match key {
        "max_clients" => server.clients = count()?,
        "max_queued_clients" => server.queued_clients = count()?,
        "max_anonymous_clients" => server.anonymous_clients = count()?,
        "max_client_requests" => server.requests = count()?,
        "min_workers" => server.workers.min = entry.int(0..=i32::MAX.unsigned_abs())?,
        "max_workers" => server.workers.max = count()?,
        "prio_workers" => server.workers.priority = entry.int(0..=i32::MAX.unsigned_abs())?,
        "keepalive_interval" => keepalive_interval(entry, server)?,
        "keepalive_count" => keepalive_count(entry, server)?,
        _ => return Ok(false),
    }
    Ok(true)
}

/// Settings that are checked and mean nothing here (yet): there is no pool of threads whose
/// queue they could bound, and neither TLS nor TCP on these daemons' sockets.
fn without_effect(entry: &Entry) -> Result<bool, ValueError> {
    match entry.key.as_str() {
        "max_requests" | "ovs_timeout" => entry.int(1..=i32::MAX).map(|_| ())?,
        "audit_level" => entry.int(0..=2).map(|_: i32| ())?,
        "audit_logging" | "keepalive_required" | "admin_keepalive_required" => {
            entry.switch().map(|_| ())?;
        }
        "tls_no_verify_certificate" | "tls_no_sanity_certificate" => entry.switch().map(|_| ())?,
        "tls_allowed_dn_list" | "sasl_allowed_username_list" | "access_drivers" => {
            entry.texts().map(|_| ())?;
        }
        "tls_priority" => entry.text().map(|_| ())?,
        _ => return Ok(false),
    }
    Ok(true)
}

/// The C daemon's default where it is built with polkit is to ask that; ours is the file's mode.
/// But who *writes* "polkit" relies on it, so that it must not be ignored.
fn authentication(file: &Path, entry: &Entry) -> Result<(), SettingError> {
    let choices = [("none", true), ("polkit", false), ("sasl", false)];
    let offered = entry
        .one_of(&choices)
        .map_err(|error| SettingError::Value {
            file: file.to_owned(),
            error,
        })?;
    if offered {
        return Ok(());
    }
    Err(SettingError::Authentication {
        file: file.to_owned(),
        line: entry.line,
        key: entry.key.clone(),
        method: entry.text().unwrap_or_default().to_owned(),
    })
}

fn group(file: &Path, entry: &Entry) -> Result<u32, SettingError> {
    let (file, line, key) = (file.to_owned(), entry.line, entry.key.clone());
    let name = match entry.text() {
        Ok(name) => name.to_owned(),
        Err(error) => return Err(SettingError::Value { file, error }),
    };
    match host::accounts::group(&name) {
        Ok(Some(gid)) => Ok(gid),
        Ok(None) => Err(SettingError::NoGroup {
            file,
            line,
            key,
            group: name,
        }),
        Err(source) => Err(SettingError::Lookup {
            file,
            line,
            key,
            source,
        }),
    }
}

fn log(settings: &mut Settings, file: &Path, entry: &Entry) -> Result<(), SettingError> {
    let value = |error| SettingError::Value {
        file: file.to_owned(),
        error,
    };
    if entry.key == "log_level" {
        let level = entry.int(1..=4_u8).map_err(value)?;
        settings.log_level = Level::from_number(level);
        return Ok(());
    }
    let text = entry.text().map_err(value)?;
    let wrong = |source| SettingError::Log {
        file: file.to_owned(),
        line: entry.line,
        key: entry.key.clone(),
        source,
    };
    if entry.key == "log_filters" {
        settings.log_filters = text.parse::<Filters>().map_err(wrong)?;
    } else {
        settings.log_outputs = Some(text.parse::<Outputs>().map_err(wrong)?);
    }
    Ok(())
}
