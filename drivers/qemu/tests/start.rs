//! The arguments that this driver makes, given to a real QEMU.
//!
//! Needs an installed QEMU for x86_64, and those that `cargo xtask guest` unpacks for the other architectures; says so
//! and passes without them. No guest runs: QEMU builds the machine and waits.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::exit,
    reason = "a test ends where something is not as it must be, and says so"
)]

use std::os::fd::OwnedFd;
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use documents::domain::{
    CharacterBackend, CharacterSource, Devices, DiskFormat, DiskSource, Domain, DomainKind,
    FileSource, FilesystemSource, Graphics, Loader, LoaderKind, Nvram, SocketMode, SysInfo,
};
use process::{Program, Signal, Spawn, Stdio};
use qemu_driver::capabilities::{Arch, Cache, Capabilities, find_emulator};
use qemu_driver::command_line::{MonitorSocket, Runtime, Surroundings, build};
use qemu_driver::domain::{Context, attach, check, complete, images};

mod common;

use common::{
    FixedHost, FixedIds, cases, data, placeholder_taps, start, surroundings, unpacked_emulator,
};

/// How many are started at once.
const AT_ONCE: usize = 4;
/// The longest that QEMU may take to build a machine.
const LIMIT: Duration = Duration::from_secs(20);

#[tokio::test(flavor = "multi_thread")]
async fn a_real_qemu_accepts_the_arguments_of_every_family() {
    start_all(&[Arch::X86_64, Arch::I686], Arch::X86_64, 30).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_real_qemu_accepts_the_arguments_of_arm_guests() {
    start_all(&[Arch::Aarch64], Arch::Aarch64, 30).await;
    start_all(&[Arch::Armv7l], Arch::Armv7l, 0).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_real_qemu_accepts_the_arguments_of_riscv_guests() {
    start_all(&[Arch::Riscv64], Arch::Riscv64, 15).await;
}

/// Starts the documents of some architectures, more than `least`, with the emulator of one.
async fn start_all(guests: &[Arch], emulator: Arch, least: usize) {
    let Some(emulator) = find_emulator(emulator).or_else(|| unpacked_emulator(emulator)) else {
        println!("skipped: there is no QEMU for {emulator}");
        return;
    };
    let capabilities = Cache::new(None)
        .get(&emulator)
        .await
        .expect("the QEMU answers");
    let mut names = names();
    names.retain(|name| guests.contains(&arch(&document(name))));
    let mut refused = Vec::new();
    for some in names.chunks(AT_ONCE) {
        let mut tries = tokio::task::JoinSet::new();
        for name in some {
            tries.spawn(try_one(name.clone(), capabilities.clone()));
        }
        refused.extend(tries.join_all().await.into_iter().flatten());
    }
    assert!(refused.is_empty(), "{}", refused.join("\n"));
    let started = names.len();
    assert!(started > least, "only {started} documents were tried");
}

fn document(name: &str) -> Domain {
    let text = std::fs::read_to_string(data().join(format!("{name}.xml"))).expect("the document");
    xml::parse(&text, &xml::Options::lenient()).expect("a domain document")
}

/// The architecture of the guest.
fn arch(domain: &Domain) -> Arch {
    let kind = domain.os.kind.as_ref();
    let named = kind.and_then(|kind| Arch::from_name(kind.arch.as_deref()?));
    named.unwrap_or(Arch::X86_64)
}

/// Starts one document; what was wrong with it, if anything.
async fn try_one(name: String, capabilities: Arc<Capabilities>) -> Option<String> {
    let folder = tempfile::tempdir().expect("a folder");
    let command = prepare(document(&name), &capabilities, folder.path());
    let answer = run(&capabilities, &command, folder.path()).await;
    for at in 0..2 {
        let _ = std::fs::remove_file(Path::new("/dev/shm").join(shared_name(folder.path(), at)));
    }
    match answer.as_deref() {
        Ok("prelaunch") => None,
        other => Some(format!("{name}: {other:?}: {command:?}")),
    }
}

/// The accepted documents that can start here; `NAME.unstartable` says why one cannot.
fn names() -> Vec<String> {
    let mut names = cases(".args");
    names.retain(|name| !data().join(format!("{name}.unstartable")).exists());
    names
}

/// The arguments of the document with everything that it reads or writes put into `folder`.
fn prepare(mut domain: Domain, capabilities: &Capabilities, folder: &Path) -> Vec<String> {
    let file = |name: String| folder.join(name).to_string_lossy().into_owned();
    domain.kind = DomainKind::Qemu;
    (domain.os.kernel, domain.os.initrd, domain.os.cmdline) = (None, None, None);
    domain.os.dtb = None;
    domain.devices.emulator = None;
    let arch = arch(&domain);
    if arch.is_riscv() {
        // What boots a RISC-V guest is not installed where its emulator is only unpacked.
        domain.os.loader.get_or_insert_with(|| Loader {
            kind: Some(LoaderKind::Rom),
            path: Some("/firmware/bios.bin".to_owned()),
            ..Loader::default()
        });
    }
    prepare_interfaces(&mut domain);
    if let Some(backing) = &mut domain.memory_backing {
        // A test machine may not be allowed to lock memory, and has no huge pages set aside.
        (backing.locked, backing.hugepages) = (false, None);
    }
    if let Some(loader) = &mut domain.os.loader {
        // A chip of flash memory on other boards than PCs has one size, which its image must have.
        let (chip, variables) = match arch {
            Arch::Aarch64 | Arch::Armv7l => (64 << 20, 64 << 20),
            Arch::Riscv64 => (32 << 20, 32 << 20),
            _ => (1 << 20, 1 << 17),
        };
        let flash = loader.kind == Some(LoaderKind::Pflash);
        let size = if flash { chip } else { 1 << 16 };
        loader.path = Some(blank(&file("firmware".to_owned()), size));
        loader.format = None;
        let kept = loader.readonly == Some(true) && loader.stateless != Some(true);
        if domain.os.nvram.is_some() || (kept && loader.kind == Some(LoaderKind::Pflash)) {
            domain.os.nvram = Some(Nvram {
                path: Some(blank(&file("variables".to_owned()), variables)),
                ..Nvram::default()
            });
        }
    }
    for table in &mut domain.os.acpi {
        table.path = acpi_table(&file("table".to_owned()));
    }
    for info in &mut domain.sysinfo {
        if let SysInfo::FwCfg(info) = info {
            let files = info.entries.iter_mut().filter_map(|it| it.file.as_mut());
            files.for_each(|path| *path = blank(&file("entry".to_owned()), 1));
        }
    }
    domain.os.shim = None;
    // What control groups carry out is no argument.
    (domain.memtune, domain.blkiotune, domain.cputune) = (None, None, None);
    (domain.resource, domain.perf, domain.numatune) = (None, None, None);
    for (at, disk) in domain.devices.disks.iter_mut().enumerate() {
        let has_image = match &disk.source {
            DiskSource::File(source) => source.file.is_some(),
            DiskSource::VhostUser(_) => continue,
            _ => true,
        };
        if let DiskSource::Dir(source) = &mut disk.source {
            source.dir = Some(folder.to_string_lossy().into_owned());
            continue;
        }
        // What lies behind it, and how it is encrypted, is that of the image that is put in.
        (disk.backing_store, disk.encryption, disk.auth) = (None, None, None);
        let driver = disk.driver.get_or_insert_default();
        if driver.format != Some(DiskFormat::Raw) && driver.format.is_some() {
            driver.format = Some(DiskFormat::Qcow2);
        }
        let format = driver.format.unwrap_or_default();
        let path = has_image.then(|| image(&file(format!("disk{at}")), format));
        disk.source = DiskSource::File(FileSource {
            file: path,
            ..FileSource::default()
        });
    }
    for (at, backend) in backends(&mut domain.devices).enumerate() {
        match &mut backend.source {
            CharacterSource::Unix(unix) if unix.path.is_some() => {
                unix.path = Some(file(format!("socket{at}")));
            }
            // Any free port: the one that the document names may be taken.
            CharacterSource::Tcp(tcp) if tcp.mode == SocketMode::Bind => {
                tcp.service = Some("0".to_owned());
            }
            CharacterSource::File(output) => output.path = Some(file(format!("output{at}"))),
            _ => {}
        }
        if let Some(log) = &mut backend.log {
            log.file = Some(file(format!("log{at}")));
        }
    }
    for (at, memory) in domain.devices.memories.iter_mut().enumerate() {
        if let Some(path) = memory.source.as_mut().and_then(|it| it.path.as_mut()) {
            *path = file(format!("memory{at}"));
        }
    }
    for filesystem in &mut domain.devices.filesystems {
        if let FilesystemSource::Mount(source) = &mut filesystem.source
            && source.dir.is_some()
        {
            source.dir = Some(folder.to_string_lossy().into_owned());
        }
    }
    for (at, shmem) in domain.devices.shmems.iter_mut().enumerate() {
        shmem.name = shared_name(folder, at);
    }
    if let Some(pstore) = &mut domain.devices.pstore {
        pstore.path = Some(file("pstore".to_owned()));
    }
    for graphics in &mut domain.devices.graphics {
        if let Graphics::Vnc(vnc) = graphics {
            // Ports may be taken; what listens there is not what is tested.
            (vnc.port, vnc.autoport, vnc.websocket, vnc.listen) = (None, None, None, None);
            vnc.socket = Some(file("vnc".to_owned()));
            vnc.listens.clear();
        }
    }
    let context = Context {
        capabilities,
        ids: &FixedIds,
        host: &FixedHost,
    };
    let checked =
        check(complete(domain, &context).expect("completes"), capabilities).expect("is accepted");
    let mut live = start(&checked, 1, folder, capabilities).expect("has a live document");
    std::fs::create_dir_all(folder.join(format!("1-{}", short(&checked.document().name))))
        .expect("a folder");
    attach(&mut live, &images(&checked).expect("the images are there"));
    let runtime = Runtime {
        monitor: MonitorSocket::Fd(3),
        sandbox: true,
        taps: placeholder_taps(live.document()),
        surroundings: Surroundings {
            memory_dir: folder.to_owned(),
            ..surroundings()
        },
        ..Runtime::default()
    };
    let args = build(&live, capabilities, &runtime)
        .expect("has a command line")
        .args;
    connect_to_hub(args)
}

/// Keeps each card; what it is connected to is replaced after the arguments are made.
fn prepare_interfaces(domain: &mut Domain) {
    for interface in &mut domain.devices.interfaces {
        if let Some(rom) = &mut interface.info.rom {
            rom.file = None;
        }
    }
}

/// Gives each interface a port of a hub inside QEMU: the other ends of interfaces are not there.
fn connect_to_hub(mut args: Vec<String>) -> Vec<String> {
    while let Some(at) = args
        .iter()
        .position(|arg| arg.starts_with("socket,id=charnet"))
    {
        args.drain(at - 1..=at);
    }
    for at in 1..args.len() {
        if args[at - 1] == "-netdev" {
            let netdev: serde_json::Value = serde_json::from_str(&args[at]).expect("is JSON");
            let hub = serde_json::json!({"type": "hubport", "hubid": 0, "id": netdev["id"]});
            args[at] = hub.to_string();
        }
    }
    args
}

/// Memory between guests has a name of this test's own.
fn shared_name(folder: &Path, at: usize) -> String {
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    format!("ferrovirt{name}{at}")
}

/// The back-ends of all character devices.
fn backends(devices: &mut Devices) -> impl Iterator<Item = &mut CharacterBackend> {
    let serials = devices.serials.iter_mut().map(|it| &mut it.backend);
    let parallels = devices.parallels.iter_mut().map(|it| &mut it.backend);
    let consoles = devices.consoles.iter_mut().map(|it| &mut it.backend);
    let channels = devices.channels.iter_mut().map(|it| &mut it.backend);
    serials.chain(parallels).chain(consoles).chain(channels)
}

fn short(name: &str) -> String {
    name.chars().take(20).collect()
}

/// An ACPI table of nothing but its header.
fn acpi_table(path: &str) -> String {
    use std::io::Write;
    let mut header = b"TEST\x24\0\0\0".to_vec();
    header.resize(36, 0);
    let mut file = std::fs::File::create(path).expect("a file");
    file.write_all(&header).expect("a file");
    path.to_owned()
}

/// A file of zeros.
fn blank(path: &str, size: u64) -> String {
    let file = std::fs::File::create(path).expect("a file");
    file.set_len(size).expect("a file");
    path.to_owned()
}

/// An image of one MiB.
fn image(path: &str, format: DiskFormat) -> String {
    use std::io::Write;
    let mut file = std::fs::File::create(path).expect("an image");
    if format == DiskFormat::Qcow2 {
        file.write_all(&empty_qcow2()).expect("an image");
    } else {
        file.set_len(1 << 20).expect("an image");
    }
    path.to_owned()
}

/// An empty version 3 image of one MiB: header, reference table, reference block, and a table for the guest's bytes.
fn empty_qcow2() -> Vec<u8> {
    const CLUSTER: u64 = 1 << 16;
    let mut header = Vec::new();
    header.extend(b"QFI\xfb");
    header.extend(3u32.to_be_bytes());
    header.extend(0u64.to_be_bytes());
    header.extend(0u32.to_be_bytes());
    header.extend(16u32.to_be_bytes());
    header.extend((1u64 << 20).to_be_bytes());
    header.extend(0u32.to_be_bytes());
    header.extend(1u32.to_be_bytes());
    header.extend((3 * CLUSTER).to_be_bytes());
    header.extend(CLUSTER.to_be_bytes());
    header.extend(1u32.to_be_bytes());
    // No snapshots and no features; references of 16 bits; the header's length.
    header.extend([0; 36]);
    header.extend(4u32.to_be_bytes());
    header.extend(104u32.to_be_bytes());
    let cluster = usize::try_from(CLUSTER).expect("a small number");
    header.resize(cluster, 0);
    header.extend((2 * CLUSTER).to_be_bytes());
    header.resize(2 * cluster, 0);
    for _ in 0..4 {
        header.extend(1u16.to_be_bytes());
    }
    header.resize(4 * cluster, 0);
    header
}

/// Starts QEMU and asks for its state; what it printed is the error.
async fn run(
    capabilities: &Capabilities,
    args: &[String],
    folder: &Path,
) -> Result<String, String> {
    let path: PathBuf = folder.join("monitor");
    let listener = UnixListener::bind(&path).expect("a socket");
    let errors = std::fs::File::create(folder.join("stderr")).expect("a file");
    let mut spawn = Spawn::new(Program::Emulator(capabilities.emulator.clone()));
    spawn
        .pass_at(OwnedFd::from(listener), 3)
        .expect("number 3 is free");
    spawn
        .args(args)
        .directory(folder)
        .stderr(Stdio::Fd(errors.into()))
        .dies_with_us(Signal::KILL);
    let process = spawn.spawn().expect("QEMU starts");
    let ask = async {
        let stream = tokio::net::UnixStream::connect(&path)
            .await
            .map_err(|error| error.to_string())?;
        let connected = qmp::Monitor::connect(stream, qmp::Options::new("test")).await;
        let (monitor, _events) = connected.map_err(|error| error.to_string())?;
        let status = monitor
            .execute_raw("query-status", None)
            .await
            .map_err(|error| error.to_string())?;
        Ok(status["status"].as_str().unwrap_or_default().to_owned())
    };
    let answer = tokio::time::timeout(LIMIT, ask)
        .await
        .unwrap_or_else(|_| Err("too slow".to_owned()));
    let _ = process.kill(Signal::KILL);
    let _ = process.wait().await;
    let words = std::fs::read_to_string(folder.join("stderr")).unwrap_or_default();
    answer.map_err(|error: String| format!("{error}: {words}"))
}
