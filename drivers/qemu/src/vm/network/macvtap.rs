//! Interfaces of type `direct`: a macvtap device on top of an interface of the host. It outlives QEMU and is taken away
//! afterwards.

use documents::domain::{DirectMode, DirectSource, Interface, InterfaceTarget};
use process::{Program, Spawn, bring_up, open_macvtap};

use super::{NetworkError, Undo, run, taps};
use crate::devices::{TapFds, wanted_tap};

/// The most names that are tried.
const NAMES: u32 = 8192;

/// Makes the device, hands it to the process, and notes its name in the document.
pub(super) fn make(
    interface: &mut Interface,
    source: &DirectSource,
    spawn: &mut Spawn,
    undo: &mut Vec<Undo>,
) -> Result<TapFds, NetworkError> {
    let name = match super::device(interface) {
        Some(name) => name.to_owned(),
        None => free_name(),
    };
    let below = source.dev.as_deref().unwrap_or_default();
    let mac = interface.mac.as_ref().map(|mac| mac.address.to_string());
    let mac = mac.unwrap_or_default();
    let arguments = [
        "link",
        "add",
        "link",
        below,
        "name",
        &name,
        "address",
        &mac,
        "type",
        "macvtap",
        "mode",
        mode(source.mode),
    ];
    run(Program::Ip, &arguments)?;
    undo.push(Undo::Link(name.clone()));
    interface
        .target
        .get_or_insert_with(InterfaceTarget::default)
        .dev = Some(name.clone());
    bring_up(&name)?;
    let (queues, kernel) = wanted_tap(interface).unwrap_or((1, false));
    let opened = open_macvtap(&name, queues, taps::has_virtio_header(interface))?;
    let vhost = taps::vhost(interface, kernel, opened.len());
    Ok(TapFds {
        fds: opened.into_iter().map(|fd| spawn.pass(fd)).collect(),
        vhost: vhost.into_iter().map(|fd| spawn.pass(fd)).collect(),
    })
}

fn mode(mode: Option<DirectMode>) -> &'static str {
    match mode.unwrap_or_default() {
        DirectMode::Vepa => "vepa",
        DirectMode::Bridge => "bridge",
        DirectMode::Private => "private",
        DirectMode::Passthrough => "passthru",
    }
}

/// The lowest name that no device has now.
fn free_name() -> String {
    let taken = |name: &String| std::path::Path::new("/sys/class/net").join(name).exists();
    (0..NAMES)
        .map(|number| format!("macvtap{number}"))
        .find(|name| !taken(name))
        .unwrap_or_else(|| "macvtap".to_owned())
}
