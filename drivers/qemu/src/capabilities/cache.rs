//! The answers of all binaries that were asked, in memory and on disk.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use serde::{Deserialize, Serialize};
use tokio::sync::{OnceCell, watch};

use super::key::{HostFacts, Key};
use super::{Arch, Capabilities, HostProcessor, ProbeError, find, probe};

/// What one probe came to; all who waited for it get the same.
type Outcome = Result<Arc<Capabilities>, Arc<ProbeError>>;

/// Gives the capabilities of QEMU binaries, asking each of them once.
#[derive(Debug, Clone)]
pub struct Cache {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    directory: Option<PathBuf>,
    host: HostFacts,
    entries: Mutex<HashMap<PathBuf, Entry>>,
    processor: OnceCell<Arc<HostProcessor>>,
}

/// A probe that ended or is under way.
#[derive(Debug, Clone)]
struct Entry {
    key: Key,
    outcome: watch::Receiver<Option<Outcome>>,
}

/// What a cache file holds.
#[derive(Serialize, Deserialize)]
struct Stored<C> {
    key: Key,
    capabilities: C,
}

impl Cache {
    /// A cache that keeps its files in `directory`, or only in memory.
    pub fn new(directory: Option<PathBuf>) -> Self {
        let host = HostFacts::read();
        Self {
            shared: Arc::new(Shared {
                directory,
                host,
                entries: Mutex::default(),
                processor: OnceCell::new(),
            }),
        }
    }

    /// What the binary at `emulator` can do. Requests for the same binary share one probe.
    ///
    /// # Errors
    /// When the binary is not there or does not answer as QEMU does.
    pub async fn get(&self, emulator: &Path) -> Outcome {
        let key = Key::of(emulator, &self.shared.host).map_err(Arc::new)?;
        let mut outcome = self.entry(emulator, key);
        let ended = outcome.wait_for(Option::is_some).await;
        match ended.ok().and_then(|outcome| outcome.clone()) {
            Some(outcome) => outcome,
            None => Err(Arc::new(ProbeError::Abandoned {
                emulator: emulator.to_owned(),
            })),
        }
    }

    /// The host's own processor, which is asked once.
    pub async fn host_processor(&self) -> Arc<HostProcessor> {
        let read = || async {
            let read = tokio::task::spawn_blocking(HostProcessor::read).await;
            // It ends early only where the program does; nothing is known then.
            Arc::new(read.unwrap_or_else(|_| HostProcessor::unknown()))
        };
        Arc::clone(self.shared.processor.get_or_init(read).await)
    }

    /// What the emulator for guests of `arch` can do.
    ///
    /// # Errors
    /// When none is installed, and as [`Cache::get`].
    pub async fn for_arch(&self, arch: Arch) -> Outcome {
        let missing = || {
            Arc::new(ProbeError::NoEmulator {
                arch: arch.name().to_owned(),
            })
        };
        self.get(&find::emulator(arch).ok_or_else(missing)?).await
    }

    /// The capabilities of every emulator that is installed, asked side by side, by architecture. One that cannot
    /// be asked is left out and logged.
    pub async fn all(&self) -> Vec<(Arch, Arc<Capabilities>)> {
        let asked: Vec<_> = Arch::all()
            .filter_map(|arch| Some((arch, find::emulator(arch)?)))
            .map(|(arch, emulator)| {
                let cache = self.clone();
                (
                    arch,
                    tokio::spawn(async move { cache.get(&emulator).await }),
                )
            })
            .collect();
        let mut answered = Vec::new();
        for (arch, task) in asked {
            match task.await {
                Ok(Ok(capabilities)) => answered.push((arch, capabilities)),
                Ok(Err(error)) => tracing::warn!(%arch, %error, "emulator left out"),
                Err(error) => tracing::warn!(%arch, %error, "emulator left out"),
            }
        }
        answered
    }

    /// The entry for `key`, starting its probe when there is none or the binary changed.
    fn entry(&self, emulator: &Path, key: Key) -> watch::Receiver<Option<Outcome>> {
        let mut entries = self
            .shared
            .entries
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if let Some(entry) = entries.get(emulator)
            && entry.key == key
        {
            return entry.outcome.clone();
        }
        let (sender, receiver) = watch::channel(None);
        entries.insert(
            emulator.to_owned(),
            Entry {
                key: key.clone(),
                outcome: receiver.clone(),
            },
        );
        let shared = Arc::clone(&self.shared);
        let emulator = emulator.to_owned();
        tokio::spawn(async move {
            let outcome = shared.load_or_probe(&emulator, &key).await;
            if outcome.is_err() {
                // The next request tries again; those who wait now get this error.
                shared.forget(&emulator, &key);
            }
            sender.send_replace(Some(outcome));
        });
        receiver
    }
}

impl Shared {
    async fn load_or_probe(self: &Arc<Self>, emulator: &Path, key: &Key) -> Outcome {
        if let Some(capabilities) = self.load(emulator, key).await {
            return Ok(Arc::new(capabilities));
        }
        let capabilities = Arc::new(
            probe::probe(emulator, key.has_kvm())
                .await
                .map_err(Arc::new)?,
        );
        self.store(emulator, key, &capabilities).await;
        Ok(capabilities)
    }

    /// The stored answer, if there is one that still holds. A damaged file counts as none.
    async fn load(&self, emulator: &Path, key: &Key) -> Option<Capabilities> {
        let file = self.file(emulator)?;
        let key = key.clone();
        let loaded = tokio::task::spawn_blocking(move || {
            let bytes = std::fs::read(&file).ok()?;
            match serde_json::from_slice::<Stored<Capabilities>>(&bytes) {
                Ok(stored) => (stored.key == key).then_some(stored.capabilities),
                Err(error) => {
                    tracing::warn!(file = %file.display(), %error, "damaged cache file ignored");
                    None
                }
            }
        });
        loaded.await.ok().flatten()
    }

    /// Stores an answer. A cache that cannot be written only costs time, so that failing is logged, not reported.
    async fn store(&self, emulator: &Path, key: &Key, capabilities: &Arc<Capabilities>) {
        let Some(file) = self.file(emulator) else {
            return;
        };
        let (key, capabilities) = (key.clone(), Arc::clone(capabilities));
        let written = tokio::task::spawn_blocking(move || {
            let result = write(
                &file,
                &Stored {
                    key,
                    capabilities: &*capabilities,
                },
            );
            (file, result)
        });
        if let Ok((file, Err(error))) = written.await {
            tracing::warn!(file = %file.display(), %error, "capabilities not cached");
        }
    }

    fn forget(&self, emulator: &Path, key: &Key) {
        let mut entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        if entries.get(emulator).is_some_and(|entry| entry.key == *key) {
            entries.remove(emulator);
        }
    }

    /// `/usr/bin/qemu` is kept as `usr%bin%qemu.json`; a path too long for a name is not kept.
    fn file(&self, emulator: &Path) -> Option<PathBuf> {
        let name = emulator
            .to_str()?
            .trim_start_matches('/')
            .replace('%', "%%")
            .replace('/', "%");
        (name.len() <= 250).then_some(self.directory.as_ref()?.join(format!("{name}.json")))
    }
}

/// Writes beside the file and renames, so that a reader sees the old or the new one. It need not survive a crash.
fn write(file: &Path, stored: &Stored<&Capabilities>) -> std::io::Result<()> {
    use std::io::Write;
    let directory = file.parent().unwrap_or(Path::new("/"));
    std::fs::create_dir_all(directory)?;
    let temporary = file.with_extension(format!("json.{}.new", std::process::id()));
    let written = std::fs::File::create(&temporary)
        .and_then(|mut out| out.write_all(&serde_json::to_vec(stored)?))
        .and_then(|()| std::fs::rename(&temporary, file));
    if written.is_err() {
        let _ = std::fs::remove_file(&temporary);
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    fn installed() -> Option<PathBuf> {
        Arch::native().and_then(find::emulator)
    }

    /// Needs an installed QEMU for the host's own architecture.
    #[tokio::test(flavor = "multi_thread")]
    async fn an_installed_qemu_is_asked_once_and_remembered_on_disk() {
        let Some(emulator) = installed() else {
            println!("skipped: no QEMU is installed");
            return;
        };
        let dir = tempfile::tempdir().unwrap();
        let cache = Cache::new(Some(dir.path().join("capabilities")));
        let (one, two) = tokio::join!(cache.get(&emulator), cache.get(&emulator));
        let (one, two) = (one.unwrap(), two.unwrap());
        assert!(Arc::ptr_eq(&one, &two), "two requests share one probe");
        assert!(one.version.number() >= 7_002_000);
        assert!(one.machines.len() > 2 && one.machines.first().is_some_and(|m| m.is_default));
        assert!(one.has_device("virtio-blk-pci") && one.has_object("iothread"));
        assert!(one.has_command("device_add"));
        let cpus = one.kvm.as_ref().or(one.tcg.as_ref()).unwrap();
        assert!(!cpus.cpu_models.is_empty() && cpus.host_cpu.is_some());

        let file = cache.shared.file(&emulator).unwrap();
        assert!(file.is_file());
        let again = Cache::new(Some(dir.path().join("capabilities")));
        assert_eq!(*again.get(&emulator).await.unwrap(), *one);

        std::fs::File::create(&file).unwrap();
        let mended = Cache::new(Some(dir.path().join("capabilities")));
        assert_eq!(*mended.get(&emulator).await.unwrap(), *one);
        assert!(
            std::fs::metadata(&file).unwrap().len() > 1000,
            "a damaged file is written anew"
        );
    }

    #[tokio::test]
    async fn a_program_that_is_no_qemu_is_reported_with_its_words() {
        let error = Cache::new(None)
            .get(Path::new("/bin/ls"))
            .await
            .unwrap_err();
        assert!(matches!(*error, ProbeError::Greeting { .. }), "{error}");
        assert!(error.to_string().contains("/bin/ls"), "{error}");
    }

    #[tokio::test]
    async fn a_missing_binary_is_named() {
        let error = Cache::new(None)
            .get(Path::new("/nonexistent/qemu"))
            .await
            .unwrap_err();
        assert_eq!(
            error.to_string(),
            "Cannot check QEMU binary /nonexistent/qemu"
        );
    }
}
