//! Consoles, channels, displays and keys of domains.

use crate::{
    flags::{DomainChannelFlags, DomainConsoleFlags, DomainOpenGraphicsFlags, NoFlags},
    limits,
    procedure::procedures,
    remote::NonnullDomain,
};

procedures! {
    Remote;

    /// Connects to a domain's console; the stream carries both ways.
    201 DomainOpenConsole "DOMAIN_OPEN_CONSOLE"
        as virDomainOpenConsole (stream: Some(Both), rules: &[domain(OpenDevice)])
        args DomainOpenConsoleArgs {
            dom: NonnullDomain,
            dev_name: Option<String>,
            flags: DomainConsoleFlags,
        };

    /// Sends a non-maskable interrupt to the guest.
    210 DomainInjectNmi "DOMAIN_INJECT_NMI" as virDomainInjectNMI (rules: &[domain(InjectNmi)])
        args DomainInjectNmiArgs { dom: NonnullDomain, flags: NoFlags };

    /// A picture of a domain's screen, as a stream.
    211 DomainScreenshot "DOMAIN_SCREENSHOT"
        as virDomainScreenshot (stream: Some(ToClient), rules: &[domain(Screenshot)])
        args DomainScreenshotArgs { dom: NonnullDomain, screen: u32, flags: NoFlags }
        ret DomainScreenshotRet { mime: Option<String> };

    /// Presses and releases keys.
    226 DomainSendKey "DOMAIN_SEND_KEY" as virDomainSendKey (rules: &[domain(SendInput)])
        args DomainSendKeyArgs {
            dom: NonnullDomain,
            codeset: u32,
            holdtime: u32,
            #[xdr(max = limits::DOMAIN_SEND_KEY_MAX)] keycodes: Vec<u32>,
            flags: NoFlags,
        };

    /// Connects the descriptor that comes along to a domain's display.
    249 DomainOpenGraphics "DOMAIN_OPEN_GRAPHICS"
        as virDomainOpenGraphics (fds: FdsIn, rules: &[domain(OpenGraphics)])
        args DomainOpenGraphicsArgs {
            dom: NonnullDomain,
            idx: u32,
            flags: DomainOpenGraphicsFlags,
        };

    /// Connects to a domain's channel; the stream carries both ways.
    296 DomainOpenChannel "DOMAIN_OPEN_CHANNEL"
        as virDomainOpenChannel (stream: Some(Both), rules: &[domain(OpenDevice)])
        args DomainOpenChannelArgs {
            dom: NonnullDomain,
            name: Option<String>,
            flags: DomainChannelFlags,
        };

    /// A descriptor that is connected to a domain's display.
    343 DomainOpenGraphicsFd "DOMAIN_OPEN_GRAPHICS_FD"
        as virDomainOpenGraphicsFD (fds: FdsOut, rules: &[domain(OpenGraphics)])
        args DomainOpenGraphicsFdArgs {
            dom: NonnullDomain,
            idx: u32,
            flags: DomainOpenGraphicsFlags,
        };

    /// Reloads a display's certificates.
    448 DomainGraphicsReload "DOMAIN_GRAPHICS_RELOAD"
        as virDomainGraphicsReload (rules: &[domain(Write)])
        args DomainGraphicsReloadArgs { dom: NonnullDomain, r#type: u32, flags: NoFlags };
}
