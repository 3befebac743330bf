//! Plugging, unplugging and changing devices of domains.

use crate::{
    flags::{DomainDeviceModifyFlags, DomainFdAssociateFlags},
    procedure::procedures,
    remote::NonnullDomain,
};

procedures! {
    Remote;

    /// Plugs a device into a running domain.
    8 DomainAttachDevice "DOMAIN_ATTACH_DEVICE" as virDomainAttachDevice (rules: &[domain(Write)])
        args DomainAttachDeviceArgs { dom: NonnullDomain, xml: String };

    /// Unplugs a device from a running domain.
    13 DomainDetachDevice "DOMAIN_DETACH_DEVICE" as virDomainDetachDevice (rules: &[domain(Write)])
        args DomainDetachDeviceArgs { dom: NonnullDomain, xml: String };

    /// Plugs a device into a domain's live state, its definition, or both.
    160 DomainAttachDeviceFlags "DOMAIN_ATTACH_DEVICE_FLAGS"
        as virDomainAttachDeviceFlags (
            rules: &[
                domain(Write),
                domain(Save).when_none(
                    DomainDeviceModifyFlags::CONFIG.bits() | DomainDeviceModifyFlags::LIVE.bits(),
                ),
                domain(Save).when_all(DomainDeviceModifyFlags::CONFIG.bits()),
            ],
        )
        args DomainAttachDeviceFlagsArgs {
            dom: NonnullDomain,
            xml: String,
            flags: DomainDeviceModifyFlags,
        }
        judged by |args| args.flags.bits();

    /// Unplugs a device from a domain's live state, its definition, or both.
    161 DomainDetachDeviceFlags "DOMAIN_DETACH_DEVICE_FLAGS"
        as virDomainDetachDeviceFlags (
            rules: &[
                domain(Write),
                domain(Save).when_none(
                    DomainDeviceModifyFlags::CONFIG.bits() | DomainDeviceModifyFlags::LIVE.bits(),
                ),
                domain(Save).when_all(DomainDeviceModifyFlags::CONFIG.bits()),
            ],
        )
        args DomainDetachDeviceFlagsArgs {
            dom: NonnullDomain,
            xml: String,
            flags: DomainDeviceModifyFlags,
        }
        judged by |args| args.flags.bits();

    /// Changes a device of a domain, as the medium of a drive.
    174 DomainUpdateDeviceFlags "DOMAIN_UPDATE_DEVICE_FLAGS"
        as virDomainUpdateDeviceFlags (
            rules: &[
                domain(Write),
                domain(Save).when_none(
                    DomainDeviceModifyFlags::CONFIG.bits() | DomainDeviceModifyFlags::LIVE.bits(),
                ),
                domain(Save).when_all(DomainDeviceModifyFlags::CONFIG.bits()),
            ],
        )
        args DomainUpdateDeviceFlagsArgs {
            dom: NonnullDomain,
            xml: String,
            flags: DomainDeviceModifyFlags,
        }
        judged by |args| args.flags.bits();

    /// Unplugs the device that has an alias.
    392 DomainDetachDeviceAlias "DOMAIN_DETACH_DEVICE_ALIAS"
        as virDomainDetachDeviceAlias (
            rules: &[
                domain(Write),
                domain(Save).when_none(
                    DomainDeviceModifyFlags::CONFIG.bits() | DomainDeviceModifyFlags::LIVE.bits(),
                ),
                domain(Save).when_all(DomainDeviceModifyFlags::CONFIG.bits()),
            ],
        )
        args DomainDetachDeviceAliasArgs {
            dom: NonnullDomain,
            alias: String,
            flags: DomainDeviceModifyFlags,
        }
        judged by |args| args.flags.bits();

    /// Gives descriptors to a domain under a name that its XML refers to.
    443 DomainFdAssociate "DOMAIN_FD_ASSOCIATE"
        as virDomainFDAssociate (fds: FdsIn, rules: &[domain(Write)])
        args DomainFdAssociateArgs {
            dom: NonnullDomain,
            name: String,
            flags: DomainFdAssociateFlags,
        };
}
