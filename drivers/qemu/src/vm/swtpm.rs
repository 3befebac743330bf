//! The emulated TPM: its state on disk, and the program that runs it.

use std::fs;
use std::io;
use std::os::fd::OwnedFd;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use documents::Uuid;
use documents::domain::{
    Domain, PcrBanks, TpmBackend, TpmEmulator, TpmRemoveDisabled, TpmStateKind, TpmVersion,
};
use driver::Layout;
use host::accounts;
use process::{Credentials, Program, RunError, Signal, Spawn, run};

use crate::config::Identity;
use crate::removed::removed;

/// The user that distributions make for TPMs.
const USER: &str = "tss";

/// How long the first setup may take: it makes keys.
const SETUP: Duration = Duration::from_secs(60);

/// The emulated TPM of a document; a guest has at most one.
pub(crate) fn emulator(document: &Domain) -> Option<&TpmEmulator> {
    document
        .devices
        .tpms
        .iter()
        .find_map(|tpm| match &tpm.backend {
            TpmBackend::Emulator(emulator) => Some(emulator),
            _ => None,
        })
}

/// Where the state is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct State {
    /// The folder, or the file that the document names.
    path: PathBuf,
    kind: TpmStateKind,
    /// Whether it is the driver's own, to be removed with the domain.
    own: bool,
}

impl State {
    /// `lib/swtpm/UUID/tpm2`, unless the document names another place.
    pub(crate) fn of(emulator: &TpmEmulator, uuid: Uuid, layout: &Layout) -> Self {
        if let Some(source) = &emulator.source {
            return Self {
                path: PathBuf::from(&source.path),
                kind: source.kind.unwrap_or_default(),
                own: false,
            };
        }
        let version = match emulator.version.unwrap_or_default() {
            TpmVersion::V1 => "tpm1.2",
            TpmVersion::V2 => "tpm2",
        };
        Self {
            path: home(uuid, layout).join(version),
            kind: TpmStateKind::Dir,
            own: true,
        }
    }

    /// Where it is as long as it is being made.
    fn unfinished(&self) -> Self {
        let name = self.path.file_name().unwrap_or_default();
        let name = format!("{}.unfinished", name.to_string_lossy());
        Self {
            path: self.path.with_file_name(name),
            ..self.clone()
        }
    }

    /// What swtpm calls it.
    fn argument(&self) -> String {
        let path = self.path.display();
        match self.kind {
            TpmStateKind::Dir => format!("dir={path},mode=0600"),
            TpmStateKind::File => format!("backend-uri=file://{path},mode=0600"),
        }
    }

    /// Makes the folder; says whether there was no state before.
    fn prepare(&self, identity: Option<&Identity>) -> io::Result<bool> {
        if self.kind == TpmStateKind::File {
            return Ok(!self.path.exists());
        }
        let fresh = !fs::read_dir(&self.path).is_ok_and(|mut entries| entries.next().is_some());
        if let Some(parent) = self.path.parent().filter(|_| self.own) {
            fs::DirBuilder::new()
                .recursive(true)
                .mode(0o711)
                .create(parent)?;
        }
        if !self.path.exists() {
            fs::DirBuilder::new()
                .recursive(true)
                .mode(0o700)
                .create(&self.path)?;
        }
        if let Some(identity) = identity {
            identity.own(&self.path)?;
        }
        Ok(fresh)
    }
}

/// The folder of a domain's TPM states.
fn home(uuid: Uuid, layout: &Layout) -> PathBuf {
    layout.lib_dir("swtpm").join(uuid.to_string())
}

/// Removes the state of a domain that is gone for good.
///
/// # Errors
/// When it is there and cannot be removed.
pub(crate) fn remove(uuid: Uuid, layout: &Layout) -> io::Result<()> {
    removed(fs::remove_dir_all(home(uuid, layout)))
}

/// Why there is no emulated TPM.
#[derive(Debug, thiserror::Error)]
pub enum SwtpmError {
    /// The state has no place.
    #[error("cannot make '{}' for the state of the TPM", path.display())]
    State {
        /// The folder.
        path: PathBuf,
        /// What the kernel said.
        source: io::Error,
    },
    /// The first setup could not be run.
    #[error("the TPM cannot be set up")]
    Run(#[from] RunError),
    /// The first setup failed.
    #[error("swtpm_setup failed: see '{}': {words}", log.display())]
    Setup {
        /// Where swtpm_setup has written what it did.
        log: PathBuf,
        /// Its last words.
        words: String,
    },
    /// There is no such program.
    #[error("swtpm cannot be started: install the package swtpm")]
    Program(#[from] process::ProgramError),
    /// The state is encrypted, and nobody keeps secrets here.
    #[error("Secret not found: no secret with matching uuid '{0}' to encrypt the TPM's state")]
    NoSecret(Uuid),
}

/// What a TPM is started for.
pub(crate) struct Order<'a> {
    pub(crate) emulator: &'a TpmEmulator,
    pub(crate) name: &'a str,
    pub(crate) uuid: Uuid,
    pub(crate) layout: &'a Layout,
    /// Who QEMU runs as, where it is not whom we are.
    pub(crate) identity: Option<&'a Identity>,
    /// Where it writes what it does.
    pub(crate) log: &'a Path,
}

impl Order<'_> {
    /// Prepares the state, and the program, which answers on the listening socket and ends with the connection.
    /// Blocks; `listener` is what QEMU connects to.
    /// Says whether the state is new.
    pub(crate) fn prepare(&self, listener: OwnedFd) -> Result<(Spawn, bool), SwtpmError> {
        if let Some(secret) = self.emulator.encryption {
            return Err(SwtpmError::NoSecret(secret));
        }
        let state = State::of(self.emulator, self.uuid, self.layout);
        let own = self.identity.map(tpm_user);
        let fresh = state
            .prepare(own.as_ref())
            .map_err(|source| SwtpmError::State {
                path: state.path.clone(),
                source,
            })?;
        if fresh && let Err(error) = self.make(&state, own.as_ref()) {
            if state.own {
                // Half a TPM is none.
                let _ = remove(self.uuid, self.layout);
            }
            return Err(error);
        }
        Program::Swtpm.locate()?;
        let mut spawn = self.program(Program::Swtpm, own.as_ref());
        let socket = spawn.pass(listener);
        spawn.args(["socket", "--ctrl"]);
        spawn.arg(format!("type=unixio,fd={socket}"));
        spawn.args(["--tpmstate".to_owned(), state.argument()]);
        if let Some(level) = self.emulator.debug {
            spawn.args(["--log".to_owned(), format!("level={level}")]);
        }
        spawn.arg("--terminate");
        if self.emulator.version != Some(TpmVersion::V1) {
            spawn.arg("--tpm2");
        }
        Ok((spawn, fresh && state.own))
    }

    /// Makes a new TPM. The driver's own is made elsewhere and moved when it is whole: what a kill leaves is none.
    fn make(&self, state: &State, own: Option<&Identity>) -> Result<(), SwtpmError> {
        if !state.own {
            return self.set_up(state, own);
        }
        let failed = |source| SwtpmError::State {
            path: state.path.clone(),
            source,
        };
        let unfinished = state.unfinished();
        removed(fs::remove_dir_all(&unfinished.path)).map_err(failed)?;
        unfinished.prepare(own).map_err(failed)?;
        self.set_up(&unfinished, own)?;
        fs::rename(&unfinished.path, &state.path).map_err(failed)
    }

    /// Makes keys, certificates and registers of a new TPM. Without the program the guest finds a blank one.
    fn set_up(&self, state: &State, own: Option<&Identity>) -> Result<(), SwtpmError> {
        if Program::SwtpmSetup.locate().is_err() {
            tracing::warn!(
                domain = self.name,
                "swtpm_setup is not installed: the TPM has no keys and certificates"
            );
            return Ok(());
        }
        // Certificates need an authority of the host, which may not be set up: keys are made all the same.
        let with = self.run_setup(state, own, true)?;
        let last = if with.status.success() {
            with
        } else {
            tracing::warn!(domain = self.name, "the TPM gets no certificates");
            self.run_setup(state, own, false)?
        };
        if last.status.success() {
            return Ok(());
        }
        Err(SwtpmError::Setup {
            log: self.log.to_owned(),
            words: String::from_utf8_lossy(&last.stderr).trim().to_owned(),
        })
    }

    fn run_setup(
        &self,
        state: &State,
        own: Option<&Identity>,
        certificates: bool,
    ) -> Result<process::Output, SwtpmError> {
        let mut spawn = self.program(Program::SwtpmSetup, own);
        if self.emulator.version != Some(TpmVersion::V1) {
            spawn.arg("--tpm2");
        }
        let path = match state.kind {
            TpmStateKind::Dir => state.path.display().to_string(),
            TpmStateKind::File => format!("file://{}", state.path.display()),
        };
        spawn.args(["--tpmstate".to_owned(), path]);
        spawn.args(["--vmid".to_owned(), format!("{}:{}", self.name, self.uuid)]);
        spawn.args(["--createek", "--lock-nvram", "--overwrite"]);
        if certificates {
            spawn.args(["--create-ek-cert", "--create-platform-cert"]);
        }
        if let Some(banks) = &self.emulator.active_pcr_banks {
            spawn.args(["--pcr-banks".to_owned(), self::banks(banks)]);
        }
        if let Some(profile) = &self.emulator.profile {
            if let Some(source) = &profile.source {
                spawn.args(["--profile-name", source]);
            }
            let word = profile.remove_disabled.map(|remove| match remove {
                TpmRemoveDisabled::Check => "check",
                TpmRemoveDisabled::FipsHost => "fips-host",
            });
            if let Some(word) = word {
                spawn.args(["--profile-remove-disabled", word]);
            }
        }
        spawn.dies_with_us(Signal::KILL);
        let runtime = tokio::runtime::Handle::current();
        let output = runtime.block_on(run(spawn, b"", SETUP))?;
        if let Some(log) = self.open_log() {
            let mut log = fs::File::from(log);
            for words in [&output.stdout, &output.stderr] {
                let _ = io::Write::write_all(&mut log, words);
            }
        }
        Ok(output)
    }

    fn program(&self, program: Program, own: Option<&Identity>) -> Spawn {
        let mut spawn = Spawn::new(program);
        spawn.directory("/").umask(0o077).new_session();
        spawn.env("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
        spawn.env("LC_ALL", "C");
        if let Some(identity) = own {
            spawn.credentials(Credentials {
                groups: Vec::new(),
                ..identity.credentials()
            });
        }
        spawn
    }

    fn open_log(&self) -> Option<OwnedFd> {
        if let Some(folder) = self.log.parent() {
            let _ = fs::create_dir_all(folder);
        }
        let file = fs::File::options().create(true).append(true).open(self.log);
        file.ok().map(OwnedFd::from)
    }
}

/// TPMs have a user of their own, who is not QEMU's: a guest that breaks out does not find the keys of others.
fn tpm_user(qemu: &Identity) -> Identity {
    match accounts::user(USER) {
        Ok(Some(user)) => Identity {
            uid: user.uid,
            gid: user.gid,
            groups: Vec::new(),
        },
        _ => qemu.clone(),
    }
}

fn banks(banks: &PcrBanks) -> String {
    let named = [
        ("sha1", banks.sha1),
        ("sha256", banks.sha256),
        ("sha384", banks.sha384),
        ("sha512", banks.sha512),
    ];
    let wanted: Vec<_> = named.into_iter().filter(|(_, on)| *on).collect();
    wanted
        .iter()
        .map(|(name, _)| *name)
        .collect::<Vec<_>>()
        .join(",")
}

#[cfg(test)]
mod tests {
    use super::*;
    use documents::domain::TpmStateSource;

    #[test]
    fn the_state_is_where_libvirt_has_it() {
        let layout = Layout::system();
        let uuid = Uuid([0x11; 16]);
        let mut emulator = TpmEmulator::default();
        let state = State::of(&emulator, uuid, &layout);
        let folder = "/var/lib/libvirt/swtpm/11111111-1111-1111-1111-111111111111/tpm2";
        assert_eq!(state.argument(), format!("dir={folder},mode=0600"));
        emulator.version = Some(TpmVersion::V1);
        assert!(State::of(&emulator, uuid, &layout).path.ends_with("tpm1.2"));
        emulator.source = Some(TpmStateSource {
            kind: Some(TpmStateKind::File),
            path: "/tpm".into(),
        });
        let named = State::of(&emulator, uuid, &layout);
        assert_eq!(named.argument(), "backend-uri=file:///tpm,mode=0600");
        assert!(!named.own);
    }

    #[test]
    fn banks_are_listed_by_name() {
        let chosen = PcrBanks {
            sha256: true,
            sha512: true,
            ..PcrBanks::default()
        };
        assert_eq!(banks(&chosen), "sha256,sha512");
    }
}
