//! The words that stand for each error code in front of a message.
//!
//! Clients and scripts look for these phrases (`Domain not found: …`), so they are part of the
//! public interface.

use protocol::error::Code;

/// How a code reads, without and with details.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Text {
    /// The message when there is nothing to add.
    pub(super) alone: &'static str,
    shape: Shape,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// `alone: details`
    Colon,
    /// `alone details`
    Space,
    /// The details say it all.
    Only,
    /// Words of its own, with the place of the details marked as in [`PLACE`].
    Around(&'static str),
}

/// Where the details go, in the notation that the wire's `str1` uses.
const PLACE: &str = "%1$s";

impl Text {
    /// The words of a code; those of an internal error where this side does not know it.
    pub(super) fn of(code: Code) -> Self {
        text(code)
    }

    /// The pattern of a message with details, as clients find it in the error's `str1`.
    pub(super) fn pattern(self) -> String {
        match self.shape {
            Shape::Colon => format!("{}: {PLACE}", self.alone),
            Shape::Space => format!("{} {PLACE}", self.alone),
            Shape::Only => "%s".to_owned(),
            Shape::Around(pattern) => pattern.to_owned(),
        }
    }

    /// The whole message.
    pub(super) fn with(self, details: &str) -> String {
        match self.shape {
            Shape::Only => details.to_owned(),
            _ => self.pattern().replacen(PLACE, details, 1),
        }
    }
}

const fn colon(alone: &'static str) -> Text {
    Text {
        alone,
        shape: Shape::Colon,
    }
}

const fn space(alone: &'static str) -> Text {
    Text {
        alone,
        shape: Shape::Space,
    }
}

const fn only(alone: &'static str) -> Text {
    Text {
        alone,
        shape: Shape::Only,
    }
}

const fn around(alone: &'static str, pattern: &'static str) -> Text {
    Text {
        alone,
        shape: Shape::Around(pattern),
    }
}

fn text(code: Code) -> Text {
    match code {
        Code::InternalError => colon("internal error"),
        Code::NoMemory => colon("out of memory"),
        Code::NoSupport => colon("this function is not supported by the connection driver"),
        Code::UnknownHost => space("unknown host"),
        Code::NoConnect => around(
            "no connection driver available",
            "no connection driver available for %1$s",
        ),
        Code::InvalidConn => space("invalid connection pointer in"),
        Code::InvalidDomain => space("invalid domain pointer in"),
        Code::InvalidArg => colon("invalid argument"),
        Code::OperationFailed => colon("operation failed"),
        Code::GetFailed => colon("GET operation failed"),
        Code::PostFailed => colon("POST operation failed"),
        Code::HttpError => space("got unknown HTTP error code"),
        Code::SexprSerial => colon("failed to serialize S-Expr"),
        Code::NoXen => space("could not use Xen hypervisor entry"),
        Code::XenCall => space("failed Xen syscall"),
        Code::OsType => space("unknown OS type"),
        Code::NoKernel => colon("missing kernel information"),
        Code::NoRoot => around(
            "missing root device information",
            "missing root device information in %1$s",
        ),
        Code::NoSource => space("missing source information for device"),
        Code::NoTarget => space("missing target information for device"),
        Code::NoName => around(
            "missing name information",
            "missing name information in %1$s",
        ),
        Code::NoOs => around(
            "missing operating system information",
            "missing operating system information for %1$s",
        ),
        Code::NoDevice => around(
            "missing devices information",
            "missing devices information for %1$s",
        ),
        Code::NoXenstore => space("could not connect to Xen Store"),
        Code::DriverFull => around(
            "too many drivers registered",
            "too many drivers registered in %1$s",
        ),
        Code::CallFailed => colon("library call failed"),
        Code::XmlError => around(
            "XML description is invalid or not well formed",
            "XML error: %1$s",
        ),
        Code::DomExist => around("this domain exists already", "domain %1$s exists already"),
        Code::OperationDenied => around(
            "operation forbidden for read only access",
            "operation forbidden: %1$s",
        ),
        Code::OpenFailed => space("failed to open configuration file"),
        Code::ReadFailed => space("failed to read configuration file"),
        Code::ParseFailed => space("failed to parse configuration file"),
        Code::ConfSyntax => colon("configuration file syntax error"),
        Code::WriteFailed => colon("failed to write configuration file"),
        Code::XmlDetail => only("parser error"),
        Code::InvalidNetwork => space("invalid network pointer in"),
        Code::NetworkExist => around("this network exists already", "network %1$s exists already"),
        Code::SystemError => only("system call error"),
        Code::Rpc => only("RPC error"),
        Code::GnutlsError => only("GNUTLS call error"),
        Code::WarNoNetwork => colon("Failed to find the network"),
        Code::NoDomain => colon("Domain not found"),
        Code::NoNetwork => colon("Network not found"),
        Code::InvalidMac => colon("invalid MAC address"),
        Code::AuthFailed => colon("authentication failed"),
        Code::InvalidStoragePool => space("invalid storage pool pointer in"),
        Code::InvalidStorageVol => space("invalid storage volume pointer in"),
        Code::WarNoStorage => colon("Failed to find a storage driver"),
        Code::NoStoragePool => colon("Storage pool not found"),
        Code::NoStorageVol => colon("Storage volume not found"),
        Code::WarNoNode => colon("Failed to find a node driver"),
        Code::InvalidNodeDevice => around(
            "invalid node device pointer",
            "invalid node device pointer in %1$s",
        ),
        Code::NoNodeDevice => colon("Node device not found"),
        Code::NoSecurityModel => colon("Security model not found"),
        Code::OperationInvalid => colon("Requested operation is not valid"),
        Code::WarNoInterface => colon("Failed to find the interface"),
        Code::NoInterface => colon("Interface not found"),
        Code::InvalidInterface => space("invalid interface pointer in"),
        Code::MultipleInterfaces => colon("multiple matching interfaces found"),
        Code::WarNoNwfilter => colon("Failed to start the nwfilter driver"),
        Code::InvalidNwfilter => colon("Invalid network filter"),
        Code::NoNwfilter => colon("Network filter not found"),
        Code::BuildFirewall => colon("Error while building firewall"),
        Code::WarNoSecret => colon("Failed to find a secret storage driver"),
        Code::InvalidSecret => colon("Invalid secret"),
        Code::NoSecret => colon("Secret not found"),
        Code::ConfigUnsupported => colon("unsupported configuration"),
        Code::OperationTimeout => colon("Timed out during operation"),
        Code::MigratePersistFailed => colon("Failed to make domain persistent after migration"),
        Code::HookScriptFailed => colon("Hook script execution failed"),
        Code::InvalidDomainSnapshot => colon("Invalid domain snapshot"),
        Code::NoDomainSnapshot => colon("Domain snapshot not found"),
        Code::InvalidStream => around("invalid stream pointer", "invalid stream pointer in %1$s"),
        Code::ArgumentUnsupported => colon("argument unsupported"),
        Code::StorageProbeFailed => colon("Storage pool probe failed"),
        Code::StoragePoolBuilt => colon("Storage pool already built"),
        Code::SnapshotRevertRisky => colon("revert requires force"),
        Code::OperationAborted => colon("operation aborted"),
        Code::AuthCancelled => colon("authentication cancelled"),
        Code::NoDomainMetadata => colon("metadata not found"),
        Code::MigrateUnsafe => colon("Unsafe migration"),
        Code::Overflow => colon("numerical overflow"),
        Code::BlockCopyActive => colon("block copy still active"),
        Code::OperationUnsupported => colon("Operation not supported"),
        Code::Ssh => colon("SSH transport error"),
        Code::AgentUnresponsive => colon("Guest agent is not responding"),
        Code::ResourceBusy => colon("resource busy"),
        Code::AccessDenied => colon("access denied"),
        Code::DbusService => colon("error from service"),
        Code::StorageVolExist => around(
            "this storage volume exists already",
            "storage volume %1$s exists already",
        ),
        Code::CpuIncompatible => colon("the CPU is incompatible with host CPU"),
        Code::XmlInvalidSchema => colon("XML document failed to validate against schema"),
        Code::MigrateFinishOk => colon("migration successfully aborted"),
        Code::AuthUnavailable => colon("authentication unavailable"),
        Code::NoServer => colon("Server not found"),
        Code::NoClient => colon("Client not found"),
        Code::AgentUnsynced => colon("guest agent replied with wrong id to guest-sync command"),
        Code::Libssh => colon("libssh transport error"),
        Code::DeviceMissing => colon("device not found"),
        Code::InvalidNwfilterBinding => colon("Invalid network filter binding"),
        Code::NoNwfilterBinding => colon("Network filter binding not found"),
        Code::InvalidDomainCheckpoint => colon("Invalid domain checkpoint"),
        Code::NoDomainCheckpoint => colon("Domain checkpoint not found"),
        Code::NoDomainBackup => colon("Domain backup job id not found"),
        Code::InvalidNetworkPort => colon("Invalid network port pointer"),
        Code::NetworkPortExist => around(
            "this network port exists already",
            "network port %1$s exists already",
        ),
        Code::NoNetworkPort => colon("network port not found"),
        Code::NoHostname => colon("no hostname found"),
        Code::CheckpointInconsistent => colon("checkpoint inconsistent"),
        Code::MultipleDomains => colon("multiple matching domains found"),
        Code::NoNetworkMetadata => colon("metadata not found"),
        Code::AgentCommandTimeout => colon("guest agent command timed out"),
        Code::AgentCommandFailed => colon("guest agent command failed"),
        _ => colon("internal error"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(code: Code, details: &str, message: &str, pattern: &str) {
        assert_eq!(Text::of(code).with(details), message);
        assert_eq!(Text::of(code).pattern(), pattern);
    }

    #[test]
    fn messages_read_as_clients_know_them() {
        check(
            Code::NoDomain,
            "x",
            "Domain not found: x",
            "Domain not found: %1$s",
        );
        check(
            Code::DomExist,
            "x",
            "domain x exists already",
            "domain %1$s exists already",
        );
        check(
            Code::OperationDenied,
            "x",
            "operation forbidden: x",
            "operation forbidden: %1$s",
        );
        check(Code::SystemError, "x", "x", "%s");
        check(
            Code::NoName,
            "x",
            "missing name information in x",
            "missing name information in %1$s",
        );
    }

    #[test]
    fn details_may_look_like_a_place() {
        check(Code::XmlError, "%1$s", "XML error: %1$s", "XML error: %1$s");
    }
}
