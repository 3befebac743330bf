//! `-boot`, and the kernel, firmware and tables that the guest starts with.

use documents::domain::Os;

use super::arguments::Arguments;
use crate::devices::KeyVal;

/// Adds the boot options and the files that are started directly.
pub(super) fn add(args: &mut Arguments, os: &Os) {
    args.option("boot", order(os));
    if let Some(kernel) = &os.kernel {
        args.option("kernel", kernel.as_str());
    }
    if let Some(initrd) = &os.initrd {
        args.option("initrd", initrd.as_str());
    }
    if let Some(cmdline) = &os.cmdline {
        args.option("append", cmdline.as_str());
    }
    if let Some(shim) = &os.shim {
        args.option("shim", shim.as_str());
    }
    if let Some(dtb) = &os.dtb {
        args.option("dtb", dtb.as_str());
    }
}

/// The order itself is told by each device's `bootindex`.
fn order(os: &Os) -> String {
    let mut out = KeyVal::default();
    if let Some(menu) = &os.bootmenu {
        if let Some(enable) = menu.enable {
            out.switch("menu", enable);
        }
        if menu.enable == Some(true) {
            out.optional("splash-time", menu.timeout);
        }
    }
    out.optional(
        "reboot-timeout",
        os.bios.and_then(|bios| bios.reboot_timeout),
    );
    out.switch("strict", true);
    out.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use documents::domain::{Bios, BootMenu};

    #[test]
    fn the_menu_and_the_bios_wait_are_told() {
        assert_eq!(order(&Os::default()), "strict=on");
        let os = Os {
            bootmenu: Some(BootMenu {
                enable: Some(true),
                timeout: Some(3000),
            }),
            bios: Some(Bios {
                useserial: None,
                reboot_timeout: Some(-1),
            }),
            ..Os::default()
        };
        assert_eq!(
            order(&os),
            "menu=on,splash-time=3000,reboot-timeout=-1,strict=on"
        );
    }
}
