//! The store against a real directory, with the power cut at every step.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::*;

fn name(text: &str) -> FileName {
    FileName::new(text).unwrap()
}

fn text(_: &FileName, text: &str) -> Result<String, io::Error> {
    if text.starts_with('<') {
        Ok(text.to_owned())
    } else {
        Err(io::Error::other("no XML"))
    }
}

/// A disk that dies before its nth operation: that one and all later ones fail.
#[derive(Debug)]
struct DyingDisk {
    left: AtomicUsize,
}

impl DyingDisk {
    fn after(steps: usize) -> Arc<Self> {
        Arc::new(Self {
            left: AtomicUsize::new(steps),
        })
    }

    fn step(&self) -> io::Result<()> {
        let alive = |left: usize| left.checked_sub(1);
        match self
            .left
            .fetch_update(Ordering::SeqCst, Ordering::SeqCst, alive)
        {
            Ok(_) => Ok(()),
            Err(_) => Err(io::Error::other("power cut")),
        }
    }
}

impl Disk for DyingDisk {
    fn create(&self, path: &Path, contents: &[u8]) -> io::Result<()> {
        if self.step().is_err() {
            // The cut comes in the middle of the write.
            let half = contents.get(..contents.len() / 2).unwrap();
            HostDisk.create(path, half)?;
            return Err(io::Error::other("power cut"));
        }
        HostDisk.create(path, contents)
    }
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step().and_then(|()| HostDisk.rename(from, to))
    }
    fn unlink(&self, path: &Path) -> io::Result<()> {
        self.step().and_then(|()| HostDisk.unlink(path))
    }
    fn sync_directory(&self, path: &Path) -> io::Result<()> {
        self.step().and_then(|()| HostDisk.sync_directory(path))
    }
    fn make_directory(&self, path: &Path) -> io::Result<()> {
        self.step().and_then(|()| HostDisk.make_directory(path))
    }
}

#[tokio::test]
async fn what_is_written_is_loaded() {
    let root = tempfile::tempdir().unwrap();
    let store = Store::new(root.path().join("a/qemu"));
    store.write(&name("b"), "<b/>").await.unwrap();
    store.write(&name("a"), "<a/>").await.unwrap();
    store.write(&name("a"), "<a2/>").await.unwrap();
    store.write(&name("c"), "<c/>").await.unwrap();
    store.remove(&name("c")).await.unwrap();
    store.remove(&name("never there")).await.unwrap();
    let loaded = store.load(text).await.unwrap();
    let objects = [
        (name("a"), "<a2/>".to_owned()),
        (name("b"), "<b/>".to_owned()),
    ];
    assert_eq!(loaded.objects, objects);
    assert!(loaded.damaged.is_empty());
    let mode = fs::metadata(store.path(&name("a")))
        .unwrap()
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[tokio::test]
async fn a_power_cut_leaves_the_old_file_or_the_new_one() {
    let mut seen = BTreeSet::new();
    for steps in 0..5 {
        let root = tempfile::tempdir().unwrap();
        let directory = root.path().join("qemu");
        Store::new(&directory)
            .write(&name("vm"), "<old/>")
            .await
            .unwrap();
        let dying = Store::on(&directory, DyingDisk::after(steps));
        let result = dying.write(&name("vm"), "<new/>").await;
        let found = Store::new(&directory).load(text).await.unwrap();
        assert!(found.damaged.is_empty(), "after {steps} steps");
        let [(_, contents)] = found.objects.as_slice() else {
            panic!("after {steps} steps: {:?}", found.objects)
        };
        assert!(
            contents == "<old/>" || contents == "<new/>",
            "after {steps} steps: {contents}"
        );
        if result.is_ok() {
            assert_eq!(contents, "<new/>");
        }
        seen.insert((contents.clone(), result.is_ok()));
    }
    assert!(seen.contains(&("<old/>".to_owned(), false)));
    assert!(seen.contains(&("<new/>".to_owned(), true)));
}

#[tokio::test]
async fn a_power_cut_while_removing_leaves_the_file_or_nothing() {
    for steps in 0..3 {
        let root = tempfile::tempdir().unwrap();
        Store::new(root.path())
            .write(&name("vm"), "<old/>")
            .await
            .unwrap();
        let result = Store::on(root.path(), DyingDisk::after(steps))
            .remove(&name("vm"))
            .await;
        assert_eq!(result.is_ok(), steps == 2);
        let left = Store::new(root.path())
            .load(text)
            .await
            .unwrap()
            .objects
            .len();
        assert_eq!(left, usize::from(steps == 0));
    }
}

#[tokio::test]
async fn a_damaged_file_is_reported_stays_and_makes_way() {
    let root = tempfile::tempdir().unwrap();
    let store = Store::new(root.path());
    store.write(&name("good"), "<good/>").await.unwrap();
    store.write(&name("bad"), "garbage").await.unwrap();
    fs::OpenOptions::new()
        .append(true)
        .create(true)
        .open(root.path().join("bin.xml"))
        .unwrap();
    store.write(&name("bin"), vec![0xff, 0xfe]).await.unwrap();
    let loaded = store.load(text).await.unwrap();
    assert_eq!(loaded.objects.len(), 1);
    let names: Vec<_> = loaded
        .damaged
        .iter()
        .map(|d| d.name.clone().unwrap())
        .collect();
    assert_eq!(names, [name("bad"), name("bin")]);
    assert!(matches!(
        loaded.damaged[0].reason,
        DamageReason::Contents(_)
    ));
    assert!(matches!(
        loaded.damaged[1].reason,
        DamageReason::Unreadable(_)
    ));

    store.write(&name("bad"), "<repaired/>").await.unwrap();
    let kept: Vec<_> = fs::read_dir(root.path())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.to_string_lossy().contains("bad.xml.damaged-"))
        .collect();
    assert_eq!(kept.len(), 1);
    assert_eq!(fs::read_to_string(&kept[0]).unwrap(), "garbage");
    assert_eq!(store.load(text).await.unwrap().objects.len(), 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_last_write_asked_for_is_the_one_that_stays() {
    let root = tempfile::tempdir().unwrap();
    let store = Store::new(root.path());
    let vm = name("vm");
    for round in 0..10 {
        let texts: Vec<_> = (0..8).map(|n| format!("<v{round}-{n}/>")).collect();
        // All are asked for in order and none is awaited before the next.
        let writes: Vec<_> = texts
            .iter()
            .map(|text| {
                let (store, vm, text) = (store.clone(), vm.clone(), text.clone());
                let ticket = store.shared.order.ticket(&vm);
                tokio::task::spawn_blocking(move || {
                    ticket.run(|| store.shared.write(&vm, text.as_bytes()))
                })
            })
            .collect();
        for write in writes {
            write.await.unwrap().unwrap();
        }
        let found = fs::read_to_string(store.path(&vm)).unwrap();
        assert_eq!(Some(&found), texts.last());
    }
}

#[tokio::test]
async fn autostart_links_lead_to_the_files() {
    let root = tempfile::tempdir().unwrap();
    let store = Store::new(root.path());
    let autostart = store.autostart();
    let vm = name("vm");
    store.write(&vm, "<domain/>").await.unwrap();
    assert!(!autostart.is_set(&vm));
    autostart.set(&vm, true).await.unwrap();
    autostart.set(&vm, true).await.unwrap();
    assert!(autostart.is_set(&vm));
    let link = fs::read_link(root.path().join("autostart/vm.xml")).unwrap();
    assert_eq!(link, Path::new("../vm.xml"));
    autostart.set(&vm, false).await.unwrap();
    autostart.set(&vm, false).await.unwrap();
    assert!(!autostart.is_set(&vm));
}

#[tokio::test]
async fn what_starts_once_has_a_link_of_its_own() {
    let root = tempfile::tempdir().unwrap();
    let store = Store::new(root.path());
    let vm = name("vm");
    store.write(&vm, "<domain/>").await.unwrap();
    store.autostart_once().set(&vm, true).await.unwrap();
    assert!(store.autostart_once().is_set(&vm) && !store.autostart().is_set(&vm));
    assert!(root.path().join("autostart/vm.xml.once").is_symlink());
}

#[tokio::test]
async fn an_absolute_link_left_by_libvirt_counts() {
    let root = tempfile::tempdir().unwrap();
    let store = Store::new(root.path());
    store.write(&name("vm"), "<domain/>").await.unwrap();
    fs::create_dir(root.path().join("autostart")).unwrap();
    let link = root.path().join("autostart/vm.xml");
    std::os::unix::fs::symlink(store.path(&name("vm")), link).unwrap();
    assert!(store.autostart().is_set(&name("vm")));
}

#[tokio::test]
async fn a_missing_directory_is_an_empty_one() {
    let root = tempfile::tempdir().unwrap();
    let loaded = Store::new(root.path().join("none"))
        .load(text)
        .await
        .unwrap();
    assert!(loaded.objects.is_empty() && loaded.damaged.is_empty());
}
