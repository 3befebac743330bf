//! What a started program sees and how its end is noticed, with `/bin/sh` as the program.

use std::io::{Read, Seek, SeekFrom, Write};
use std::os::fd::OwnedFd;
use std::time::Duration;

use crate::{
    AdoptError, Credentials, ExitStatus, KillError, Process, Program, Resource, RunError, Signal,
    Spawn, SpawnError, Stdio, Step, run,
};
use rustix::process::{Gid, Uid};

const DEADLINE: Duration = Duration::from_secs(20);

fn shell(script: &str) -> Spawn {
    let mut spawn = Spawn::new(Program::Emulator("/bin/sh".into()));
    spawn.arg("-c").arg(script);
    spawn
}

async fn output(spawn: Spawn) -> String {
    let output = run(spawn, b"", DEADLINE).await.unwrap();
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).unwrap()
}

fn file(content: &str) -> OwnedFd {
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(content.as_bytes()).unwrap();
    file.seek(SeekFrom::Start(0)).unwrap();
    file.into()
}

#[tokio::test]
async fn the_environment_holds_only_what_was_set() {
    let mut spawn = Spawn::new(Program::Emulator("/usr/bin/env".into()));
    spawn.env("A", "1").env("B", "2").env("A", "3");
    assert_eq!(output(spawn).await, "B=2\nA=3\n");
}

#[tokio::test]
async fn descriptors_arrive_under_their_numbers_and_no_others() {
    // Not close-on-exec: exactly what must not leak.
    let leak = rustix::io::dup(file("leak")).unwrap();
    let mut spawn = shell("cat <&3; cat <&4; cat <&9; ls /proc/self/fd");
    spawn.pass_at(file("nine "), 9).unwrap();
    assert_eq!(spawn.pass(file("three ")), 3);
    assert_eq!(spawn.pass(file("four ")), 4);
    // The last one is the directory that `ls` reads, at the lowest number that is free.
    assert_eq!(output(spawn).await, "three four nine 0\n1\n2\n3\n4\n5\n9\n");
    drop(leak);
}

#[tokio::test]
async fn descriptors_may_swap_their_numbers() {
    let (a, b) = (file("a"), file("b"));
    use std::os::fd::AsRawFd;
    let (at_a, at_b) = (a.as_raw_fd(), b.as_raw_fd());
    let mut spawn = shell(&format!(
        "cat /proc/self/fd/{at_b}; cat /proc/self/fd/{at_a}"
    ));
    spawn.pass_at(a, at_b).unwrap();
    spawn.pass_at(b, at_a).unwrap();
    assert_eq!(output(spawn).await, "ab");
}

#[tokio::test]
async fn limits_directory_umask_priority_and_session_are_applied() {
    let mut spawn = shell("ulimit -n; ulimit -c; pwd; umask; cut -d' ' -f 19 /proc/self/stat");
    spawn
        .limit(Resource::Nofile, Some(77))
        .limit(Resource::Core, Some(0));
    spawn.directory("/usr").umask(0o027).nice(7);
    assert_eq!(output(spawn).await, "77\n0\n/usr\n0027\n7\n");

    let mut spawn = shell("test \"$(cut -d' ' -f 6 /proc/$$/stat)\" = $$");
    spawn.new_session();
    assert_eq!(output(spawn).await, "");
}

#[tokio::test]
async fn the_user_its_groups_and_capabilities_are_applied() {
    if !rustix::process::geteuid().is_root() {
        return;
    }
    let mut spawn =
        shell("id -u; id -g; id -G; grep -E 'Cap(Prm|Eff|Bnd)|NoNew' /proc/self/status");
    let (uid, gid) = (Uid::from_raw(1234), Gid::from_raw(1235));
    spawn.credentials(Credentials {
        uid,
        gid,
        groups: vec![gid, Gid::from_raw(99)],
    });
    spawn.no_capabilities().no_new_privileges();
    let none = "0000000000000000";
    assert_eq!(
        output(spawn).await,
        format!(
            "1234\n1235\n1235 99\nCapPrm:\t{none}\nCapEff:\t{none}\nCapBnd:\t{none}\nNoNewPrivs:\t1\n"
        )
    );
    let dumpable = rustix::process::dumpable_behavior().unwrap();
    assert_eq!(
        dumpable,
        rustix::process::DumpableBehavior::Dumpable,
        "core dumps stay possible"
    );

    let mut spawn = shell("grep -E 'Cap(Prm|Bnd)' /proc/self/status");
    spawn.no_capabilities();
    assert_eq!(
        output(spawn).await,
        format!("CapPrm:\t{none}\nCapBnd:\t{none}\n"),
        "as root"
    );
}

#[tokio::test]
async fn signals_have_their_default_actions() {
    // Rust ignores SIGPIPE; a program that inherits that never ends writing to a closed pipe.
    let output = output(shell("cat /proc/self/status | grep -E 'Sig(Blk|Ign|Cgt)'")).await;
    let none = "0000000000000000";
    assert_eq!(
        output,
        format!("SigBlk:\t{none}\nSigIgn:\t{none}\nSigCgt:\t{none}\n")
    );
}

#[tokio::test]
async fn every_way_to_end_is_told() {
    let end = |script: &str| shell(script).spawn().unwrap();
    assert_eq!(end("exit 3").wait().await.unwrap(), ExitStatus::Exited(3));
    let killed = end("kill -TERM $$").wait().await.unwrap();
    assert_eq!(
        killed,
        ExitStatus::Signaled {
            signal: 15,
            core_dumped: false
        }
    );

    let process = end("exec cat /dev/zero >/dev/null");
    assert_eq!(process.try_wait().unwrap(), None);
    process.kill(Signal::KILL).unwrap();
    let expected = ExitStatus::Signaled {
        signal: 9,
        core_dumped: false,
    };
    let (one, two) = tokio::join!(process.wait(), process.wait());
    assert_eq!(
        (one.unwrap(), two.unwrap()),
        (expected, expected),
        "any number may wait"
    );
    assert!(matches!(
        process.kill(Signal::TERM),
        Err(KillError::Gone(_))
    ));
}

#[tokio::test]
async fn a_failed_step_is_named_and_leaves_no_process() {
    let failed = |spawn: Spawn| match spawn.spawn() {
        Err(SpawnError::Setup { step, .. }) => step,
        other => panic!("{other:?}"),
    };
    let mut spawn = shell("");
    spawn.directory("/no/such/directory");
    assert_eq!(failed(spawn), Step::Directory);

    let mut spawn = shell("");
    spawn.limit(Resource::Nofile, Some(1 << 40));
    assert_eq!(failed(spawn), Step::Limit);

    let dir = tempfile::tempdir().unwrap();
    let script = dir.path().join("script");
    std::fs::File::create(&script)
        .unwrap()
        .write_all(b"#!/no\n")
        .unwrap();
    let mode = std::os::unix::fs::PermissionsExt::from_mode(0o755);
    std::fs::set_permissions(&script, mode).unwrap();
    assert_eq!(failed(Spawn::new(Program::Emulator(script))), Step::Execute);

    let mut spawn = shell("");
    spawn.arg("a\0b");
    assert!(matches!(
        spawn.spawn(),
        Err(SpawnError::ZeroByte {
            what: "an argument",
            ..
        })
    ));
    let mut spawn = shell("");
    spawn.cgroup("/no/such/cgroup");
    assert!(matches!(spawn.spawn(), Err(SpawnError::Cgroup { .. })));
}

#[tokio::test]
async fn a_process_is_found_again_by_number_and_start_time() {
    let process = shell("exec cat").spawn();
    let (reader, writer) = rustix::pipe::pipe().unwrap();
    drop(process);
    let mut spawn = shell("exec cat");
    spawn.stdin(Stdio::Fd(reader));
    let process = spawn.spawn().unwrap();
    let (pid, started) = (process.pid(), process.start_time().unwrap());

    let found = Process::adopt(pid, started).unwrap();
    assert_eq!(found.try_wait().unwrap(), None);
    assert!(matches!(
        Process::adopt(pid, started + 1),
        Err(AdoptError::Another { .. })
    ));
    assert!(matches!(
        Process::adopt(0, started),
        Err(AdoptError::NotANumber(0))
    ));
    assert!(matches!(
        Process::adopt(-5, started),
        Err(AdoptError::NotANumber(-5))
    ));

    found.kill(Signal::TERM).unwrap();
    assert_eq!(found.wait().await.unwrap(), ExitStatus::Unknown);
    assert!(matches!(
        process.wait().await.unwrap(),
        ExitStatus::Signaled { signal: 15, .. }
    ));
    assert!(matches!(
        Process::adopt(pid, started),
        Err(AdoptError::Gone(_))
    ));
    drop(writer);
}

#[tokio::test]
async fn a_process_is_found_by_its_pid_file_as_long_as_it_runs() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("cat.pid");
    assert!(Process::of_pid_file(&path).unwrap().is_none(), "no file");
    let mut spawn = shell("exec cat");
    let (reader, _writer) = std::io::pipe().unwrap();
    spawn.stdin(Stdio::Fd(reader.into())).pid_file(&path);
    let process = spawn.spawn().unwrap();
    let text = std::fs::read_to_string(&path).unwrap();
    assert_eq!(text, format!("{}\n", process.pid()));

    let found = Process::of_pid_file(&path).unwrap().expect("it runs");
    assert_eq!(found.pid(), process.pid());
    found.kill(Signal::TERM).unwrap();
    process.wait().await.unwrap();
    assert!(Process::of_pid_file(&path).unwrap().is_none(), "it ended");

    let mut second = shell("exec true");
    second.pid_file(folder.path().join("no/folder"));
    assert!(matches!(
        second.spawn(),
        Err(SpawnError::Setup {
            step: Step::PidFile,
            ..
        })
    ));
}

#[tokio::test]
async fn a_program_that_dies_with_us_outlives_the_thread_that_asked_for_it() {
    let (mut gone, end) = std::io::pipe().unwrap();
    let process = std::thread::spawn(move || {
        let mut spawn = shell("exec cat /dev/zero >/dev/null");
        spawn.dies_with_us(Signal::KILL);
        spawn.pass(end);
        spawn.spawn().unwrap()
    });
    let process = process.join().unwrap();
    // The kernel would have signalled the process when the thread ended.
    assert_eq!(process.try_wait().unwrap(), None);
    process.kill(Signal::TERM).unwrap();
    assert_eq!(gone.read(&mut [0]).unwrap(), 0);
    let status = process.wait().await.unwrap();
    assert_eq!(
        status,
        ExitStatus::Signaled {
            signal: 15,
            core_dumped: false
        }
    );
}

#[tokio::test]
async fn run_collects_both_outputs_and_feeds_the_input() {
    let output = run(shell("cat; echo wrong >&2; exit 4"), b"input", DEADLINE)
        .await
        .unwrap();
    assert_eq!(output.status, ExitStatus::Exited(4));
    assert_eq!(
        (&*output.stdout, &*output.stderr),
        (&b"input"[..], &b"wrong\n"[..])
    );
}

#[tokio::test]
async fn run_ends_what_does_not_end() {
    let late = run(shell("exec sleep 1000"), b"", Duration::from_millis(50)).await;
    assert!(matches!(late, Err(RunError::Deadline { .. })), "{late:?}");
    let flood = run(shell("exec cat /dev/zero"), b"", DEADLINE).await;
    assert!(
        matches!(flood, Err(RunError::TooMuchOutput { .. })),
        "{flood:?}"
    );
}
