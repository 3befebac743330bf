//! Flags of calls that reach into the guest or its devices.

use super::flags;

flags! {
    /// What to do with the keys that are there.
    DomainAuthorizedSshKeysSetFlags "virDomainAuthorizedSSHKeysSetFlags" {
        "VIR_DOMAIN_AUTHORIZED_SSH_KEYS_SET_APPEND" APPEND = 1 << 0,
        "VIR_DOMAIN_AUTHORIZED_SSH_KEYS_SET_REMOVE" REMOVE = 1 << 1,
    }

    /// How to open a channel.
    DomainChannelFlags "virDomainChannelFlags" {
        "VIR_DOMAIN_CHANNEL_FORCE" FORCE = 1 << 0,
    }

    /// How to open a console.
    DomainConsoleFlags "virDomainConsoleFlags" {
        "VIR_DOMAIN_CONSOLE_FORCE" FORCE = 1 << 0,
        "VIR_DOMAIN_CONSOLE_SAFE" SAFE = 1 << 1,
    }

    /// Where to ask for the guest's host name.
    DomainGetHostnameFlags "virDomainGetHostnameFlags" {
        "VIR_DOMAIN_GET_HOSTNAME_LEASE" LEASE = 1 << 0,
        "VIR_DOMAIN_GET_HOSTNAME_AGENT" AGENT = 1 << 1,
    }

    /// How to open a display.
    DomainOpenGraphicsFlags "virDomainOpenGraphicsFlags" {
        "VIR_DOMAIN_OPEN_GRAPHICS_SKIPAUTH" SKIPAUTH = 1 << 0,
    }

    /// How a password is given.
    DomainSetUserPasswordFlags "virDomainSetUserPasswordFlags" {
        "VIR_DOMAIN_PASSWORD_ENCRYPTED" ENCRYPTED = 1 << 0,
    }

    /// Where the time comes from.
    DomainSetTimeFlags "virDomainSetTimeFlags" {
        "VIR_DOMAIN_TIME_SYNC" SYNC = 1 << 0,
    }

    /// What to ask the guest agent for; none asks for all that it knows.
    DomainGuestInfoTypes "virDomainGuestInfoTypes" {
        "VIR_DOMAIN_GUEST_INFO_USERS" USERS = 1 << 0,
        "VIR_DOMAIN_GUEST_INFO_OS" OS = 1 << 1,
        "VIR_DOMAIN_GUEST_INFO_TIMEZONE" TIMEZONE = 1 << 2,
        "VIR_DOMAIN_GUEST_INFO_HOSTNAME" HOSTNAME = 1 << 3,
        "VIR_DOMAIN_GUEST_INFO_FILESYSTEM" FILESYSTEM = 1 << 4,
        "VIR_DOMAIN_GUEST_INFO_DISKS" DISKS = 1 << 5,
        "VIR_DOMAIN_GUEST_INFO_INTERFACES" INTERFACES = 1 << 6,
        "VIR_DOMAIN_GUEST_INFO_LOAD" LOAD = 1 << 7,
    }
}
