//! Where a process stands in the control groups, and how they are set up.

use std::path::{Path, PathBuf};

use crate::error::HostError;
use crate::mounts;
use crate::root::Root;

/// How control groups are set up on this host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setup {
    /// There are none.
    None,
    /// One hierarchy per controller.
    V1,
    /// One hierarchy for all.
    V2,
    /// Controllers in version 1, and an empty hierarchy of version 2 beside them.
    Hybrid,
}

/// A mounted hierarchy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hierarchy {
    /// Where it is mounted.
    pub mount: PathBuf,
    /// Its controllers; those of version 2 are in its `cgroup.controllers`.
    pub controllers: Vec<String>,
    /// Whether it is the one of version 2.
    pub unified: bool,
}

/// Reads the hierarchies that are mounted.
///
/// # Errors
/// When `/proc` is not mounted.
pub fn hierarchies(root: &Root) -> Result<Vec<Hierarchy>, HostError> {
    /// What `mount` shows beside the controllers.
    const FLAGS: &[&str] = &["rw", "ro", "nosuid", "nodev", "noexec", "relatime", "xattr"];
    let mounts = mounts::mounts(root)?;
    let hierarchy = |m: &mounts::Mount| match m.kind.as_str() {
        "cgroup" => {
            let named = |o: &&String| !FLAGS.contains(&o.as_str()) && !o.contains('=');
            let controllers = m.options.iter().filter(named).cloned().collect();
            Some(Hierarchy {
                mount: m.point.clone(),
                controllers,
                unified: false,
            })
        }
        "cgroup2" => {
            let listed = root
                .optional(m.point.join("cgroup.controllers"))
                .unwrap_or_default();
            let controllers = listed.split_ascii_whitespace().map(str::to_owned).collect();
            Some(Hierarchy {
                mount: m.point.clone(),
                controllers,
                unified: true,
            })
        }
        _ => None,
    };
    Ok(mounts.iter().filter_map(hierarchy).collect())
}

/// How the hierarchies are set up.
#[must_use]
pub fn setup(hierarchies: &[Hierarchy]) -> Setup {
    let unified = hierarchies.iter().any(|h| h.unified);
    let separate = hierarchies
        .iter()
        .any(|h| !h.unified && !h.controllers.is_empty());
    match (unified, separate) {
        (false, false) => Setup::None,
        (false, true) => Setup::V1,
        (true, false) => Setup::V2,
        (true, true) => Setup::Hybrid,
    }
}

/// The directory of a process in each hierarchy where it can be seen.
///
/// # Errors
/// When there is no such process or `/proc` is not mounted.
pub fn placement(
    root: &Root,
    pid: i32,
    hierarchies: &[Hierarchy],
) -> Result<Vec<PathBuf>, HostError> {
    let text = root.read(format!("proc/{pid}/cgroup"))?;
    let place = |line: &str| {
        // NUMBER:CONTROLLERS:PATH, with an empty list for version 2.
        let mut fields = line.splitn(3, ':').skip(1);
        let (controllers, path) = (fields.next()?, fields.next()?);
        let matches = |h: &&Hierarchy| match controllers {
            "" => h.unified,
            list => {
                !h.unified
                    && list
                        .split(',')
                        .all(|c| h.controllers.iter().any(|x| x == c))
            }
        };
        let hierarchy = hierarchies.iter().find(matches)?;
        Some(
            hierarchy
                .mount
                .join(Path::new(path).strip_prefix("/").ok()?),
        )
    };
    Ok(text.lines().filter_map(place).collect())
}

#[cfg(test)]
mod tests {
    use super::{Setup, hierarchies, placement, setup};
    use crate::fake::tree;
    use std::path::Path;

    #[test]
    fn version_two_alone() {
        let (_dir, root) = tree(&[
            (
                "proc/self/mountinfo",
                "1 0 0:1 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw,nsdelegate\n",
            ),
            ("sys/fs/cgroup/cgroup.controllers", "cpu memory\n"),
            ("proc/42/cgroup", "0::/machine.slice/vm.scope\n"),
        ]);
        let all = hierarchies(&root).unwrap();
        assert_eq!(setup(&all), Setup::V2);
        assert_eq!(all[0].controllers, ["cpu", "memory"]);
        let place = placement(&root, 42, &all).unwrap();
        assert_eq!(place, [Path::new("/sys/fs/cgroup/machine.slice/vm.scope")]);
        assert!(placement(&root, 43, &all).is_err());
    }

    #[test]
    fn version_one_and_both() {
        let v1 = "1 0 0:1 / /cg/cpu rw,nosuid - cgroup cgroup rw,cpu,cpuacct\n\
                  2 0 0:2 / /cg/systemd rw - cgroup cgroup rw,xattr,name=systemd\n";
        let both = format!("{v1}3 0 0:3 / /cg/unified rw - cgroup2 cgroup2 rw\n");
        for (table, expected) in [
            ("", Setup::None),
            (v1, Setup::V1),
            (both.as_str(), Setup::Hybrid),
        ] {
            let (_dir, root) = tree(&[
                ("proc/self/mountinfo", table),
                ("proc/7/cgroup", "2:cpu,cpuacct:/a/b\n1:name=systemd:/c\n"),
            ]);
            let all = hierarchies(&root).unwrap();
            assert_eq!(setup(&all), expected);
            if expected != Setup::None {
                assert_eq!(
                    placement(&root, 7, &all).unwrap(),
                    [Path::new("/cg/cpu/a/b")]
                );
            }
        }
    }
}
