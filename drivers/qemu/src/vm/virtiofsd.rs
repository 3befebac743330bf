//! The program that serves a folder by virtiofs.

use std::os::fd::OwnedFd;
use std::path::Path;

use documents::domain::{Filesystem, IdMap, VirtiofsBinary, VirtiofsCache, VirtiofsSandbox};
use process::{Program, Resource, Spawn};

/// The order to serve a folder at a listening socket.
pub(crate) fn order(
    program: &Path,
    filesystem: &Filesystem,
    dir: &str,
    listener: OwnedFd,
) -> Spawn {
    let mut spawn = Spawn::new(Program::VhostUser(program.to_owned()));
    let binary = filesystem.binary.clone().unwrap_or_default();
    let socket = spawn.pass(listener);
    spawn.arg(format!("--fd={socket}"));
    spawn.args(["-o".to_owned(), options(dir, &binary)]);
    if let Some(size) = binary.thread_pool.filter(|size| *size >= 0) {
        spawn.arg(format!("--thread-pool-size={size}"));
    }
    if let Some(files) = binary.openfiles {
        spawn.arg(format!("--rlimit-nofile={files}"));
    }
    if let Some(map) = &filesystem.idmap {
        spawn.args(mapped(map));
    }
    if filesystem.readonly {
        spawn.arg("--readonly");
    }
    spawn.directory("/").umask(0).new_session();
    spawn.env("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
    spawn.limit(Resource::Core, Some(0));
    spawn
}

fn options(dir: &str, binary: &VirtiofsBinary) -> String {
    let mut options = vec![format!("source={dir}")];
    let cache = binary.cache.map(|cache| match cache {
        VirtiofsCache::None => "cache=none",
        VirtiofsCache::Always => "cache=always",
    });
    let sandbox = binary.sandbox.map(|sandbox| match sandbox {
        VirtiofsSandbox::Namespace => "sandbox=namespace",
        VirtiofsSandbox::Chroot => "sandbox=chroot",
    });
    let lock = binary.lock.clone().unwrap_or_default();
    let xattr = binary.xattr.map(|on| if on { "xattr" } else { "no_xattr" });
    let flock = lock.flock.map(|on| if on { "flock" } else { "no_flock" });
    let posix = lock
        .posix
        .map(|on| if on { "posix_lock" } else { "no_posix_lock" });
    let words = [cache, sandbox, xattr, flock, posix];
    options.extend(words.into_iter().flatten().map(str::to_owned));
    options.join(",")
}

/// Users inside as users of the host: `:inside:host:count:`.
fn mapped(map: &IdMap) -> Vec<String> {
    let entry = |option: &str, start: u32, target: u32, count: u32| {
        format!("{option}=:{start}:{target}:{count}:")
    };
    let users = map.uids.iter();
    let users = users.map(|it| entry("--uid-map", it.start, it.target, it.count));
    let groups = map.gids.iter();
    let groups = groups.map(|it| entry("--gid-map", it.start, it.target, it.count));
    users.chain(groups).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use documents::domain::VirtiofsLock;

    #[test]
    fn what_the_document_says_is_passed_on() {
        let binary = VirtiofsBinary {
            xattr: Some(true),
            cache: Some(VirtiofsCache::Always),
            sandbox: Some(VirtiofsSandbox::Chroot),
            lock: Some(VirtiofsLock {
                posix: Some(true),
                flock: Some(false),
            }),
            ..VirtiofsBinary::default()
        };
        assert_eq!(
            options("/export", &binary),
            "source=/export,cache=always,sandbox=chroot,xattr,no_flock,posix_lock"
        );
        let plain = VirtiofsBinary::default();
        assert_eq!(options("/export", &plain), "source=/export");
    }
}
