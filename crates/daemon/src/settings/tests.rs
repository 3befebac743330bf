//! A configuration file is a text; what it sets is checked as a whole.

use std::path::Path;
use std::time::Duration;

use conf::Conf;
use rpc::keepalive::Keepalive;

use super::{Settings, from_conf};
use crate::context::HostUuidSource;
use crate::failure::chain;

fn check(text: &str, change: impl FnOnce(&mut Settings)) {
    let conf = Conf::from_text(Path::new("/etc/x.conf"), text).unwrap();
    let loaded = from_conf(&conf).unwrap();
    let mut expected = Settings::default();
    change(&mut expected);
    assert_eq!(loaded.settings, expected, "{text}");
    assert_eq!(loaded.warnings, [""; 0], "{text}");
}

fn check_wrong(text: &str, message: &str) {
    let conf = Conf::from_text(Path::new("/etc/x.conf"), text).unwrap();
    let error = from_conf(&conf).unwrap_err();
    assert_eq!(chain(&error), message);
}

#[test]
fn every_setting_arrives_where_it_belongs() {
    check("", |_| {});
    check(
        "unix_sock_group = \"root\"\nunix_sock_rw_perms = \"0770\"",
        |s| {
            s.sockets.group = Some(0);
            s.sockets.read_write = 0o770;
        },
    );
    check(
        "unix_sock_ro_perms = \"0700\"\nunix_sock_admin_perms = \"0600\"",
        |s| {
            s.sockets.read_only = 0o700;
            s.sockets.admin = 0o600;
        },
    );
    check("unix_sock_dir = \"/run/x\"", |s| {
        s.sockets.directory = Some("/run/x".into());
    });
    check(
        "max_clients = 10\nmax_queued_clients = 11\nmax_anonymous_clients = 12",
        |s| {
            s.main.clients = 10;
            s.main.queued_clients = 11;
            s.main.anonymous_clients = 12;
        },
    );
    check(
        "max_client_requests = 7\nadmin_max_clients = 2\nadmin_max_client_requests = 3",
        |s| {
            s.main.requests = 7;
            s.admin.clients = 2;
            s.admin.requests = 3;
        },
    );
    check("min_workers = 1\nmax_workers = 2\nprio_workers = 3", |s| {
        s.main.workers = super::Workers {
            min: 1,
            max: 2,
            priority: 3,
        };
    });
    check("host_uuid_source = \"machine-id\"", |s| {
        s.host_uuid_source = HostUuidSource::MachineId;
    });
    let uuid = "6f0ca6ac-2c5b-4d9b-8e1a-1d6a2b2b9a11";
    check(&format!("host_uuid = \"{uuid}\""), |s| {
        s.host_uuid = Some(uuid.to_owned());
    });
}

#[test]
fn keepalive_can_be_changed_and_switched_off() {
    check("keepalive_interval = 20\nkeepalive_count = 2", |s| {
        s.main.keepalive = Some(Keepalive {
            interval: Duration::from_secs(20),
            count: 2,
        });
    });
    check("keepalive_interval = -1\nkeepalive_count = 2", |s| {
        s.main.keepalive = None;
    });
    check("admin_keepalive_interval = 0", |s| s.admin.keepalive = None);
}

#[test]
fn settings_without_effect_are_checked_all_the_same() {
    check(
        "audit_level = 1\naudit_logging = 0\nmax_requests = 20\novs_timeout = 5",
        |_| {},
    );
    check("auth_unix_ro = \"none\"\nauth_unix_rw = \"none\"", |_| {});
    check_wrong(
        "audit_level = 3",
        "/etc/x.conf:1: 'audit_level' is 3, allowed is 0 to 2",
    );
}

#[test]
fn an_unknown_key_is_told_by_name_and_line() {
    let conf = Conf::from_text(Path::new("/etc/x.conf"), "\nmax_client = 5\n").unwrap();
    let loaded = from_conf(&conf).unwrap();
    assert_eq!(
        loaded.warnings,
        ["/etc/x.conf:2: unknown setting 'max_client' is ignored"]
    );
    assert_eq!(loaded.settings, Settings::default());
}

#[test]
fn a_bad_value_names_file_line_key_and_what_is_allowed() {
    check_wrong(
        "max_clients = 0",
        "/etc/x.conf:1: 'max_clients' is 0, allowed is 1 to 2147483647",
    );
    check_wrong(
        "\nunix_sock_rw_perms = \"0999\"",
        "/etc/x.conf:2: 'unix_sock_rw_perms' is \"0999\", allowed is a mode in octal digits such \
         as \"0770\"",
    );
    check_wrong(
        "unix_sock_dir = \"run\"",
        "/etc/x.conf:1: 'unix_sock_dir' is \"run\", allowed is an absolute path",
    );
    check_wrong(
        "unix_sock_group = \"no-such-group\"",
        "/etc/x.conf:1: 'unix_sock_group': there is no group 'no-such-group'",
    );
    check_wrong(
        "auth_unix_rw = \"kerberos\"",
        "/etc/x.conf:1: 'auth_unix_rw' is \"kerberos\", allowed is \"none\", \"polkit\", \"sasl\"",
    );
    check_wrong(
        "host_uuid = \"00000000-0000-0000-0000-000000000000\"",
        "/etc/x.conf:1: 'host_uuid' is \"00000000-0000-0000-0000-000000000000\", allowed is a \
         UUID whose digits are not all the same",
    );
    check_wrong(
        "log_filters = \"9:qemu\"",
        "/etc/x.conf:1: 'log_filters': '9:qemu' does not begin with a level from 1 (debug) to 4 \
         (error) and a colon",
    );
}

#[test]
fn authentication_that_is_not_there_is_never_ignored() {
    check_wrong(
        "auth_unix_rw = \"polkit\"",
        "/etc/x.conf:1: 'auth_unix_rw' is \"polkit\", which this version does not offer yet: \
         remove the line (access is then decided by the sockets' owner and mode) or set \"none\"",
    );
}
