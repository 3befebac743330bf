//! Unix sockets that QEMU opens by a path that is too long for a socket's address.
//!
//! The kernel has room for 107 bytes (`unix(7)`), and a root may be as deep as it likes. QEMU gets the socket's
//! directory as a descriptor and a path that goes through it, `/proc/self/fd/N/NAME`; the document keeps the
//! path that everybody else uses.

use std::collections::BTreeMap;
use std::io;
use std::os::fd::RawFd;
use std::path::{Path, PathBuf};

use documents::domain::{CharacterSource, Domain, Graphics, Listen};
use driver::layout;
use process::Spawn;

/// Puts paths that fit in the place of those that are too long, and hands over the directories that they go
/// through. Blocks.
///
/// # Errors
/// When the directory of a socket cannot be opened; the error comes with it.
pub(super) fn shorten(
    document: &mut Domain,
    spawn: &mut Spawn,
) -> Result<(), (PathBuf, io::Error)> {
    let mut directories: BTreeMap<PathBuf, RawFd> = BTreeMap::new();
    for path in paths(document) {
        let long = PathBuf::from(&*path);
        if layout::fits_socket_address(&long) {
            continue;
        }
        let (Some(parent), Some(name)) = (long.parent(), long.file_name()) else {
            continue;
        };
        let number = match directories.get(parent) {
            Some(number) => *number,
            None => {
                let directory = layout::open_directory(parent);
                let directory = directory.map_err(|error| (parent.to_owned(), error))?;
                let number = spawn.pass(directory);
                directories.insert(parent.to_owned(), number);
                number
            }
        };
        let short = Path::new("/proc/self/fd")
            .join(number.to_string())
            .join(name);
        *path = short.to_string_lossy().into_owned();
    }
    Ok(())
}

/// The path of every unix socket that QEMU opens itself.
fn paths(document: &mut Domain) -> impl Iterator<Item = &mut String> {
    let devices = &mut document.devices;
    let serials = devices.serials.iter_mut().map(|it| &mut it.backend);
    let parallels = devices.parallels.iter_mut().map(|it| &mut it.backend);
    let channels = devices.channels.iter_mut().map(|it| &mut it.backend);
    let consoles = devices.consoles.iter_mut().map(|it| &mut it.backend);
    let backends = serials.chain(parallels).chain(channels).chain(consoles);
    let characters = backends.filter_map(|backend| match &mut backend.source {
        CharacterSource::Unix(unix) => unix.path.as_mut(),
        _ => None,
    });
    let displays = devices.graphics.iter_mut().flat_map(|graphics| {
        let listens = match graphics {
            Graphics::Vnc(vnc) => vnc.listens.as_mut_slice(),
            Graphics::Spice(spice) => spice.listens.as_mut_slice(),
            _ => &mut [],
        };
        listens.iter_mut().filter_map(|listen| match listen {
            Listen::Socket(listen) => listen.socket.as_mut(),
            _ => None,
        })
    });
    characters.chain(displays)
}

#[cfg(test)]
mod tests {
    use super::*;
    use process::Program;

    #[test]
    fn only_paths_that_are_too_long_go_through_a_descriptor() {
        let root = tempfile::tempdir().unwrap();
        let deep = (0..12).fold(root.path().to_owned(), |dir, _| dir.join("a-long-name"));
        std::fs::create_dir_all(&deep).unwrap();
        let deep = deep.display();
        let text = format!(
            "<domain type='qemu'><name>a</name><os><type>hvm</type></os><devices>\
             <serial type='unix'><source mode='bind' path='/tmp/short'/></serial>\
             <channel type='unix'><source mode='bind' path='{deep}/one'/>\
             <target type='virtio' name='one'/></channel>\
             <graphics type='vnc'><listen type='socket' socket='{deep}/vnc'/></graphics>\
             </devices></domain>"
        );
        let mut document: Domain = xml::parse(&text, &xml::Options::lenient()).unwrap();
        let mut spawn = Spawn::new(Program::Emulator(PathBuf::new()));
        shorten(&mut document, &mut spawn).unwrap();
        let short: Vec<_> = paths(&mut document).map(|path| path.clone()).collect();
        assert_eq!(
            short,
            ["/tmp/short", "/proc/self/fd/3/one", "/proc/self/fd/3/vnc"]
        );
    }
}
