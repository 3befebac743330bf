//! What reaches into the guest, mostly through its agent.

use xdr::Hidden;

use crate::{
    flags::{
        DomainAuthorizedSshKeysSetFlags, DomainGetHostnameFlags, DomainSetTimeFlags,
        DomainSetUserPasswordFlags, NoFlags,
    },
    limits,
    procedure::{procedures, structures},
    remote::NonnullDomain,
    typed_param::TypedParam,
};

structures! {
    /// A mounted filesystem of a guest.
    DomainFsinfo {
        mountpoint: String,
        name: String,
        fstype: String,
        #[xdr(max = limits::DOMAIN_FSINFO_DISKS_MAX)] dev_aliases: Vec<String>,
    }

    /// An address of an interface.
    DomainIpAddr { r#type: i32, addr: String, prefix: u32 }

    /// An interface of a guest with its addresses.
    DomainInterface {
        name: String,
        hwaddr: Option<String>,
        #[xdr(max = limits::DOMAIN_IP_ADDR_MAX)] addrs: Vec<DomainIpAddr>,
    }
}

procedures! {
    Remote;

    /// Lets the guest suspend itself.
    261 DomainPmSuspendForDuration "DOMAIN_PM_SUSPEND_FOR_DURATION"
        as virDomainPMSuspendForDuration (rules: &[domain(PmControl)])
        args DomainPmSuspendForDurationArgs {
            dom: NonnullDomain,
            target: u32,
            duration: u64,
            flags: NoFlags,
        };

    /// Wakes a guest that suspended itself.
    267 DomainPmWakeup "DOMAIN_PM_WAKEUP" as virDomainPMWakeup (rules: &[domain(PmControl)])
        args DomainPmWakeupArgs { dom: NonnullDomain, flags: NoFlags };

    /// The guest's host name.
    277 DomainGetHostname "DOMAIN_GET_HOSTNAME" as virDomainGetHostname (rules: &[domain(Write)])
        args DomainGetHostnameArgs { dom: NonnullDomain, flags: DomainGetHostnameFlags }
        ret DomainGetHostnameRet { hostname: String };

    /// Lets the guest discard unused blocks of its filesystems.
    294 DomainFstrim "DOMAIN_FSTRIM" as virDomainFSTrim (rules: &[domain(FsTrim)])
        args DomainFstrimArgs {
            dom: NonnullDomain,
            #[xdr(name = "mountPoint")] mount_point: Option<String>,
            minimum: u64,
            flags: NoFlags,
        };

    /// Sends a signal to a process in the guest.
    295 DomainSendProcessSignal "DOMAIN_SEND_PROCESS_SIGNAL"
        as virDomainSendProcessSignal (rules: &[domain(SendSignal)])
        args DomainSendProcessSignalArgs {
            dom: NonnullDomain,
            pid_value: i64,
            signum: u32,
            flags: NoFlags,
        };

    /// Freezes filesystems of the guest.
    335 DomainFsfreeze "DOMAIN_FSFREEZE" as virDomainFSFreeze (rules: &[domain(FsFreeze)])
        args DomainFsfreezeArgs {
            dom: NonnullDomain,
            #[xdr(max = limits::DOMAIN_FSFREEZE_MOUNTPOINTS_MAX)] mountpoints: Vec<String>,
            flags: NoFlags,
        }
        ret DomainFsfreezeRet { filesystems: i32 };

    /// Thaws filesystems of the guest.
    336 DomainFsthaw "DOMAIN_FSTHAW" as virDomainFSThaw (rules: &[domain(FsFreeze)])
        args DomainFsthawArgs {
            dom: NonnullDomain,
            #[xdr(max = limits::DOMAIN_FSFREEZE_MOUNTPOINTS_MAX)] mountpoints: Vec<String>,
            flags: NoFlags,
        }
        ret DomainFsthawRet { filesystems: i32 };

    /// The guest's time.
    337 DomainGetTime "DOMAIN_GET_TIME" as virDomainGetTime (rules: &[domain(Write)])
        args DomainGetTimeArgs { dom: NonnullDomain, flags: NoFlags }
        ret DomainGetTimeRet { seconds: i64, nseconds: u32 };

    /// Sets the guest's time.
    338 DomainSetTime "DOMAIN_SET_TIME" as virDomainSetTime (rules: &[domain(SetTime)])
        args DomainSetTimeArgs {
            dom: NonnullDomain,
            seconds: i64,
            nseconds: u32,
            flags: DomainSetTimeFlags,
        };

    /// The guest's mounted filesystems.
    349 DomainGetFsinfo "DOMAIN_GET_FSINFO" as virDomainGetFSInfo (rules: &[domain(FsFreeze)])
        args DomainGetFsinfoArgs { dom: NonnullDomain, flags: NoFlags }
        ret DomainGetFsinfoRet {
            #[xdr(max = limits::DOMAIN_FSINFO_MAX)] info: Vec<DomainFsinfo>,
            ret: u32,
        };

    /// Addresses of a domain's interfaces, from leases, the guest agent or the ARP table.
    353 DomainInterfaceAddresses "DOMAIN_INTERFACE_ADDRESSES"
        as virDomainInterfaceAddresses (
            read_only: DeniedWithArgument("source", 1),
            rules: &[domain(Read), domain(Write).when_argument("source", 1)],
        )
        args DomainInterfaceAddressesArgs { dom: NonnullDomain, source: u32, flags: NoFlags }
        ret DomainInterfaceAddressesRet {
            #[xdr(max = limits::DOMAIN_INTERFACE_MAX)] ifaces: Vec<DomainInterface>,
        }
        judged by |args| args.source;

    /// Sets a password of a user in the guest.
    357 DomainSetUserPassword "DOMAIN_SET_USER_PASSWORD"
        as virDomainSetUserPassword (rules: &[domain(SetPassword)])
        args DomainSetUserPasswordArgs {
            dom: NonnullDomain,
            user: Option<String>,
            password: Option<Hidden<String>>,
            flags: DomainSetUserPasswordFlags,
        };

    /// What the guest agent tells of users, system, filesystems, interfaces ….
    418 DomainGetGuestInfo "DOMAIN_GET_GUEST_INFO"
        as virDomainGetGuestInfo (rules: &[domain(Write)])
        args DomainGetGuestInfoArgs { dom: NonnullDomain, types: u32, flags: NoFlags }
        ret DomainGetGuestInfoRet {
            #[xdr(max = limits::DOMAIN_GUEST_INFO_PARAMS_MAX)] params: Vec<TypedParam>,
        };

    /// Sets how long the guest agent may take, in seconds.
    420 DomainAgentSetResponseTimeout "DOMAIN_AGENT_SET_RESPONSE_TIMEOUT"
        as virDomainAgentSetResponseTimeout (rules: &[domain(Write)])
        args DomainAgentSetResponseTimeoutArgs { dom: NonnullDomain, timeout: i32, flags: NoFlags }
        ret DomainAgentSetResponseTimeoutRet { result: i32 };

    /// Keys that may log in as a user of the guest.
    424 DomainAuthorizedSshKeysGet "DOMAIN_AUTHORIZED_SSH_KEYS_GET"
        as virDomainAuthorizedSSHKeysGet (rules: &[domain(Write)])
        args DomainAuthorizedSshKeysGetArgs { dom: NonnullDomain, user: String, flags: NoFlags }
        ret DomainAuthorizedSshKeysGetRet {
            #[xdr(max = limits::DOMAIN_AUTHORIZED_SSH_KEYS_MAX)] keys: Vec<String>,
        };

    /// Changes the keys that may log in as a user of the guest.
    425 DomainAuthorizedSshKeysSet "DOMAIN_AUTHORIZED_SSH_KEYS_SET"
        as virDomainAuthorizedSSHKeysSet (rules: &[domain(Write)])
        args DomainAuthorizedSshKeysSetArgs {
            dom: NonnullDomain,
            user: String,
            #[xdr(max = limits::DOMAIN_AUTHORIZED_SSH_KEYS_MAX)] keys: Vec<String>,
            flags: DomainAuthorizedSshKeysSetFlags,
        };

    /// Lets the guest's interfaces announce themselves to the network. Its permission was not
    /// readable at the source; it changes what the guest does, so it needs writing.
    456 DomainAnnounceInterface "DOMAIN_ANNOUNCE_INTERFACE"
        as virDomainAnnounceInterface (rules: &[domain(Write)])
        args DomainAnnounceInterfaceArgs {
            dom: NonnullDomain,
            device: Option<String>,
            #[xdr(max = limits::DOMAIN_ANNOUNCE_INTERFACE_PARAMS_MAX)] params: Vec<TypedParam>,
            flags: u32,
        };
}
