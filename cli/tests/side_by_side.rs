//! The same command lines given to this `virsh` and to the C one, each on its own in-memory
//! driver: what they print, what they complain of and how they end must be the same, byte for
//! byte. Where ours differs on purpose, the test's name says in what.
//!
//! Without the C `virsh` (package libvirt-clients) there is nothing to compare with, which is said.
#![allow(
    clippy::panic,
    clippy::expect_used,
    reason = "a failing expectation is how a test reports"
)]
#![allow(
    clippy::disallowed_methods,
    reason = "the programs under test are started"
)]
#![allow(
    clippy::print_stderr,
    reason = "what cannot be compared here must be said"
)]

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

const OTHER: &str = "/usr/bin/virsh";
const OURS: &str = env!("CARGO_BIN_EXE_virsh");
const ON_TEST: [&str; 2] = ["-c", "test:///default"];

/// What a program printed, complained of, and how it ended.
#[derive(Debug, PartialEq, Eq)]
struct Said {
    out: String,
    err: String,
    code: Option<i32>,
}

fn run(program: &str, arguments: &[&str], typed: &str) -> Said {
    let mut command = Command::new(program);
    command.args(arguments).env_clear().env("LC_ALL", "C");
    for kept in ["HOME", "PATH"] {
        if let Some(value) = std::env::var_os(kept) {
            command.env(kept, value);
        }
    }
    let pipes = [Stdio::piped(), Stdio::piped(), Stdio::piped()];
    let [stdin, stdout, stderr] = pipes;
    let mut child = command
        .stdin(stdin)
        .stdout(stdout)
        .stderr(stderr)
        .spawn()
        .expect("a program that starts");
    if let Some(mut stdin) = child.stdin.take() {
        // A program that reads nothing is no error here.
        let _ = stdin.write_all(typed.as_bytes());
    }
    let output = child.wait_with_output().expect("a program that ends");
    Said {
        out: String::from_utf8_lossy(&output.stdout).into_owned(),
        err: String::from_utf8_lossy(&output.stderr).into_owned(),
        code: output.status.code(),
    }
}

/// Both programs' words on the same arguments; nothing without the other program.
fn both(arguments: &[&str], typed: &str) -> Option<(Said, Said)> {
    if !Path::new(OTHER).exists() {
        eprintln!("not compared: {OTHER} is missing (package libvirt-clients)");
        return None;
    }
    Some((run(OTHER, arguments, typed), run(OURS, arguments, typed)))
}

#[track_caller]
fn same(arguments: &[&str]) {
    if let Some((other, ours)) = both(arguments, "") {
        assert_eq!(ours, other, "{arguments:?}");
    }
}

/// A line of one or more commands, split by the program.
#[track_caller]
fn same_line(line: &str) {
    same(&[ON_TEST.as_slice(), &[line]].concat());
}

/// Words split by the shell.
#[track_caller]
fn same_words(words: &[&str]) {
    same(&[ON_TEST.as_slice(), words].concat());
}

/// Output and exit code are the same, both complain, and in the same first line.
#[track_caller]
fn same_but_for_more_lines_of_complaint(arguments: &[&str]) {
    if let Some((other, ours)) = both(arguments, "") {
        assert_eq!(
            (&ours.out, ours.code),
            (&other.out, other.code),
            "{arguments:?}"
        );
        assert_eq!(
            ours.err.lines().next(),
            other.err.lines().next(),
            "{arguments:?}"
        );
    }
}

/// Output and exit code are the same, and both complain.
#[track_caller]
fn same_but_for_the_words_of_complaint(arguments: &[&str]) {
    if let Some((other, ours)) = both(arguments, "") {
        assert_eq!(
            (&ours.out, ours.code),
            (&other.out, other.code),
            "{arguments:?}"
        );
        let complains = |said: &Said| said.err.starts_with("error: ");
        assert!(complains(&ours) && complains(&other), "{arguments:?}");
    }
}

#[test]
fn options_of_commands_are_read_the_same() {
    for words in [
        ["domstate", "test"].as_slice(),
        &["domstate", "nope"],
        &["domstate", "test", "x"],
        &["domstate", "--bogus", "test"],
        &["domstate", "test", "--bogus=1"],
        &["domstate", "--domain"],
        &["domstate", "--domain="],
        &["domstate", "--domain=test"],
        &["domstate", "--domain", "test"],
        &["domstate", "--reason=1", "test"],
        &["domstate", "--reason", "--reason", "test"],
        &["domstate", "test", "--domain", "test"],
        &["domstate", "--", "test"],
        &["domstate", "--", "--reason"],
        &["domstate", "-x"],
        &["domstate", "test", "-r"],
        &["domstate", "1"],
        &["domstate", "6695eb01-f6a4-8304-79aa-97f2502e193f"],
        &["domstate", ""],
        &["domstate", " "],
        &["domstate"],
        &["list", "x"],
        &["list", "--helpx"],
        &["list", "--", "--help"],
        &["echo", "--", "--x"],
        &["event", "bogus"],
        &["freecell", "0"],
        &["freecell", "--cellno", "x"],
        &["vcpucount", "test", "--active", "--maximum"],
        &["vcpucount", "test", "--live", "--config"],
        &["vcpucount", "test", "--current", "--live"],
        &["vcpucount", "test", "--guest", "--config"],
        &["event", "--all", "--event", "lifecycle"],
        &["event", "--event", "bogus"],
        &["event", "--event", "lifecycle", "--timeout", "x"],
        &["event", "--event", "lifecycle", "--timeout", "0"],
        &["event"],
    ] {
        same_words(words);
    }
}

#[test]
fn batches_quotes_and_comments_are_read_the_same() {
    for line in [
        "list --all;domstate test",
        "domstate nope;list",
        "list;domstate nope",
        "# comment",
        "list # all",
        "echo a#b",
        "echo 'a b' \"c;d\"",
        "echo \"a",
        "echo a\\",
        "echo a\\ b",
        "echo '' x",
        ";",
        ";;list;",
        "list;",
        "",
        " ",
        "list\nuri",
        "echo a;echo b",
        "quit;list",
        "list;exit",
        "cd /tmp; pwd",
        "cd /nonexistent",
        "connect;list",
        "list --all x;uri",
    ] {
        same_line(line);
    }
}

#[test]
fn options_of_the_program_are_read_the_same() {
    for arguments in [
        ["-c"].as_slice(),
        &["-x"],
        &["--bogus"],
        &["-v"],
        &["--version"],
        &["--version=short"],
        &["-d"],
        &["-d", "x", "uri"],
        &["-c", "test:///default", "-d", "9", "uri"],
        &["-c", "test:///default", "-d", "4", "uri"],
        &["-e", "abc", "uri"],
        &["-e", "", "uri"],
        &["-k", "x", "uri"],
        &["-k", "-1", "uri"],
        &["-K", "x", "uri"],
        &["--connect"],
        &["-k0", "-K0", "-c", "test:///default", "uri"],
        &["-qrc", "test:///default", "uri"],
        &["--conn", "test:///default", "uri"],
        &["-c", "test:///default", "--", "uri"],
        &["-c", "test:///default", "uri", "--", "x"],
        &["-l", "/nonexistent/x", "-c", "test:///default", "uri"],
        &["--timing=3"],
        &["-q", "-c", "test:///default", "list"],
        &["-q", "-c", "test:///default", "echo", "a"],
        &["-r", "-c", "test:///default", "suspend", "test"],
        &["echo", "a"],
    ] {
        same(arguments);
    }
}

#[test]
fn a_pipe_of_commands_is_shown_with_its_prompts() {
    for (arguments, typed) in [
        (["-c", "test:///default"].as_slice(), "list;uri\n"),
        (&["-c", "test:///default"], "nosuch x\nuri\nquit\nuri\n"),
        (&["-c", "test:///default", "-q"], "uri"),
        (&["-c", "test:///default", "-r"], "uri\n"),
    ] {
        if let Some((other, ours)) = both(arguments, typed) {
            assert_eq!((ours.out, ours.code), (other.out, other.code), "{typed:?}");
        }
    }
}

#[test]
fn domains_are_shown_and_changed_the_same() {
    for line in [
        "list",
        "list --all",
        "list --name",
        "list --uuid",
        "list --id",
        "list --all --title",
        "list --table --name",
        "list --inactive",
        "list --inactive --all",
        "list --uuid --name",
        "list --id --name",
        "list --id --uuid",
        "list --all --state-running",
        "list --persistent --transient",
        "domid test;domuuid test;domname 1",
        "domid 1",
        "domname test",
        "domid nope",
        "domblklist test",
        "domblklist test --details",
        "domiflist test",
        "domcontrol test",
        "domdisplay test",
        "vncdisplay test",
        "ttyconsole test",
        "dumpxml test",
        "dumpxml nope",
        "dumpxml test --inactive",
        "dumpxml test --security-info",
        "vcpucount test",
        "vcpucount test --maximum",
        "vcpucount test --maximum --live",
        "start test",
        "start nope",
        "suspend test;domstate test --reason;resume test;domstate test --reason",
        "shutdown test;domstate test --reason",
        "reboot test",
        "reboot test --mode bogus",
        "shutdown test --mode acpi,bogus",
        "destroy test;domstate test --reason;start test;list",
        "destroy test --graceful",
        "destroy nope",
        "undefine test",
        "destroy test;undefine test;list --all",
        "autostart test;autostart test --disable",
        "desc test",
        "desc test hello world;desc test",
        "desc test --title a;desc test --title;list --title",
        "desc test --current --live",
        "metadata test",
        "metadata test http://x",
        "metadata test http://x --key k --set '<a/>';metadata test http://x",
        "metadata test http://x --set '<a/>'",
        "destroy test;domrename test x;list --all",
        "define /nonexistent",
        "create /nonexistent",
        "create /dev/null --pass-fds x",
        "domif-getlink test aa:bb:cc:dd:ee:ff",
        "domif-getlink test testnet0",
        "domif-getlink test nope",
        "domif-getlink test 00:00:00:00:00:00",
        "event --event lifecycle --timeout 1",
        "console nope",
        "console test",
    ] {
        same_line(line);
    }
}

#[test]
fn the_host_is_shown_the_same() {
    for line in [
        "uri",
        "hostname",
        "version",
        "nodeinfo",
        "maxvcpus",
        "freecell",
        "cpu-models x86_64",
        "cpu-models aarch64",
        "cpu-models nope",
        "cpu-compare /nonexistent",
        "cpu-baseline /nonexistent",
        "cpu-baseline /dev/null",
        "hypervisor-cpu-baseline",
        "hypervisor-cpu-baseline --model x --file y",
        "nodesuspend mem 60",
        "nodesuspend nope 60",
        "nodesuspend mem -- -3",
        "nodesuspend mem x",
        "allocpages 4 1",
        "allocpages x 1",
        "allocpages 4 x",
        "allocpages 4 1 --all --cellno 1",
    ] {
        same_line(line);
    }
}

#[test]
fn what_several_processors_have_in_common_is_shown_the_same() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("cpus.xml");
    for text in [
        "<cpu><arch>x86_64</arch><model>Haswell</model></cpu>",
        "<cpu><arch>x86_64</arch><model>Haswell</model></cpu>\
         <cpu><arch>x86_64</arch><model>Nehalem</model></cpu>",
        "<?xml version='1.0'?><capabilities><host><cpu><arch>x86_64</arch><model>Penryn</model>\
         <feature name='vmx'/></cpu></host></capabilities>",
        "<cpu><model>Haswell</model></cpu>",
        "<x/>",
    ] {
        std::fs::write(&file, text).expect("a file");
        let path = file.to_str().expect("a path");
        for words in [
            ["cpu-baseline", path].as_slice(),
            &["cpu-baseline", path, "--features"],
            &["cpu-compare", path],
            &["hypervisor-cpu-compare", path],
        ] {
            same_words(words);
        }
    }
}

#[test]
fn schedulers_and_guests_are_shown_the_same() {
    for line in [
        "schedinfo test",
        "schedinfo nope",
        "schedinfo test --set weight=60",
        "schedinfo test weight=60",
        "schedinfo test --weight 70;schedinfo test",
        "schedinfo test --cap 3",
        "schedinfo test --set foo=3",
        "schedinfo test --set weight=abc",
        "schedinfo test --set weight",
        "schedinfo test --weight x",
        "destroy test;schedinfo test",
        "domifaddr test",
        "domifaddr test --full",
        "domifaddr test --source agent",
        "domifaddr test testnet0",
        "domifaddr test eth0",
        "domifaddr test --source nope",
        "destroy test;domifaddr test",
        "domfsinfo test",
        "destroy test;domfsinfo test",
        "vcpupin test --cpulist 1",
        "vcpupin test --live --current",
        "event --list",
    ] {
        same_line(line);
    }
}

/// The C program at times waits for ever for the end of a save by a driver in its own process.
#[test]
fn a_domain_is_saved_and_goes_on_as_scripts_expect() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("saved");
    let path = file.display();
    let ours = |line: &str| {
        let said = run(OURS, &["-q", "-c", "test:///default", line], "");
        (said.out, said.err, said.code)
    };
    let ok = |text: &str| (text.to_owned(), String::new(), Some(0));
    assert_eq!(
        ours(&format!(
            "save test {path};domstate test --reason;restore {path};domstate test --reason"
        )),
        ok("shut off (saved)\nrunning (restored)\n")
    );
    assert_eq!(
        ours(&format!(
            "suspend test;save test {path};restore {path};domstate test --reason"
        )),
        ok("running (restored)\n")
    );
    assert_eq!(
        ours(&format!("save-image-dumpxml {path} --xpath //@id")),
        ok("")
    );
    assert_eq!(
        ours("managedsave test;dominfo test;start test;domstate test --reason").2,
        Some(0)
    );
    let (_, refused, code) = ours("managedsave test;undefine test");
    assert!(
        refused.contains("Refusing to undefine while domain managed save image exists"),
        "{refused}"
    );
    assert_eq!(code, Some(1));
    for line in [
        "restore /nonexistent",
        "save-image-define /nonexistent /nonexistent",
        "managedsave-remove test",
        "managedsave nope",
        "save nope /nonexistent/x",
        "undefine test --managed-save",
    ] {
        same_line(line);
    }
    same_but_for_the_words_of_complaint(&["-c", "test:///default", "restore /dev/null"]);
}

#[test]
fn what_no_driver_keeps_is_refused_the_same() {
    let uuid = "6695eb01-f6a4-8304-79aa-97f2502e193f";
    for line in [
        &format!("secret-dumpxml {uuid}"),
        &format!("secret-get-value {uuid}"),
        &format!("secret-set-value {uuid} --file a --base64 b"),
        &format!("secret-set-value {uuid}"),
        &format!("secret-undefine {uuid}"),
        "secret-define /nonexistent",
        "secret-define /dev/null",
        "nwfilter-define /nonexistent",
        "nwfilter-define /dev/null",
        "nwfilter-dumpxml a",
        "nwfilter-undefine a",
        "nwfilter-edit a",
        "nwfilter-binding-list",
        "nwfilter-binding-dumpxml a",
        "nwfilter-binding-delete a",
        "nwfilter-binding-create /dev/null",
        "pool-edit nope",
        "iface-edit nope",
        "pool-define /nonexistent",
        "net-define /nonexistent",
        "net-create /nonexistent",
        "iface-define /nonexistent",
        "nodedev-create /nonexistent",
    ] {
        same_line(line);
    }
    for line in ["secret-list", "nwfilter-list", "secret-dumpxml a"] {
        same_but_for_the_words_of_complaint(&["-c", "test:///default", line]);
    }
}

#[test]
fn expressions_select_the_same_parts_of_a_document() {
    for expression in [
        "//vcpu",
        "//vcpu|//memory",
        "//nope",
        "/domain/@id",
        "/domain/name/text()",
        "/domain/os",
        "os/boot/@dev",
        "//disk[target/@dev='vda']/source",
        "//interface/mac/@address",
        "/domain",
        "/",
    ] {
        same_words(&["dumpxml", "test", "--xpath", expression]);
    }
    for expression in [
        "//vcpu|//memory",
        "//nope",
        "/domain/os|/domain/@id",
        "//disk",
    ] {
        same_words(&["dumpxml", "test", "--wrap", "--xpath", expression]);
    }
}

#[test]
fn echo_quotes_the_same() {
    for words in [
        ["echo"].as_slice(),
        &["echo", "a", "b"],
        &["echo", "--shell", "a b", "it's", ""],
        &["echo", "--xml", "<a>", "'\""],
        &["echo", "--xml", "--shell", "<a>"],
        &["echo", "--err", "x"],
        &["echo", "--split", "a,b,,c"],
        &["echo", "--prefix", "p", "a", "b"],
        &["echo", "a", "", "b"],
    ] {
        same_words(words);
    }
}

/// The C library prints libxml2's own lines, and its exit code says that all went well.
#[test]
fn an_expression_that_cannot_be_read_is_refused_by_ours_only() {
    let arguments = ["-c", "test:///default", "dumpxml", "test", "--xpath", "///"];
    if let Some((_, ours)) = both(&arguments, "") {
        assert_eq!((ours.out.as_str(), ours.code), ("\n", Some(1)));
        assert!(
            ours.err.starts_with("error: Incorrect xpath '///'"),
            "{}",
            ours.err
        );
    }
}

/// The C program takes `'a` for `a`.
#[test]
fn a_single_quote_that_is_never_closed_is_refused_by_ours_only() {
    let said = run(OURS, &["-c", "test:///default", "echo 'a"], "");
    assert_eq!(
        (said.err.as_str(), said.code),
        ("error: missing '\n", Some(1))
    );
}

#[test]
fn an_unknown_command_gets_a_hint_from_ours() {
    for line in ["nosuch", "list;nosuch;list", "help nosuch"] {
        same_but_for_more_lines_of_complaint(&["-c", "test:///default", line]);
    }
}

/// What the driver's own words say, and how a parser explains a broken document.
#[test]
fn reasons_are_in_words_of_our_own() {
    for arguments in [
        ["-c", "test:///default", "define /dev/null"].as_slice(),
        &["-c", "test:///default", "domrename test x"],
        &[
            "-c",
            "test:///default",
            "-r",
            "dumpxml test --security-info",
        ],
        &["-c", "/nonexistent", "list"],
        &["-c", "bogus:///x", "list"],
        &["-c", "test:///nonexistent.xml", "list"],
    ] {
        same_but_for_the_words_of_complaint(arguments);
    }
}

/// Descriptions are our own sentences, and every command that shows something has `--json`; names,
/// the order of options and their forms are what scripts and completions read.
#[test]
fn help_differs_in_its_sentences_and_in_json_only() {
    let ours = run(OURS, &["help"], "");
    let commands: Vec<&str> = ours
        .out
        .lines()
        .filter_map(|line| line.strip_prefix("    ")?.split_whitespace().next())
        .collect();
    assert!(commands.len() > 50, "{commands:?}");
    let differs = |command: &&str| {
        let (other, ours) = both(&["help", command], "")?;
        let (ours, other) = (shape(&ours.out), shape(&other.out));
        (ours != other).then(|| format!("{command}: {ours:?}, not {other:?}"))
    };
    let different: Vec<String> = commands.iter().filter_map(differs).collect();
    assert_eq!(different, Vec::<String>::new());
}

/// Options that ours does not have yet, as no driver does what they ask for, or not all of it.
const NOT_YET: &[(&str, &[&str])] = &[
    ("domdisplay", &["--include-password"]),
    ("domcapabilities", &["--disable-deprecated-features"]),
    (
        "domjobinfo",
        &[
            "--completed",
            "--keep-completed",
            "--anystats",
            "--rawstats",
        ],
    ),
    (
        "dommemstat",
        &["--period", "--config", "--live", "--current"],
    ),
    ("managedsave", &["--verbose"]),
    (
        "save",
        &["--parallel-channels", "--image-format", "--verbose"],
    ),
    ("restore", &["--parallel-channels"]),
    (
        "undefine",
        &[
            "--storage",
            "--remove-all-storage",
            "--delete-storage-volume-snapshots",
            "--wipe-storage",
        ],
    ),
    (
        "net-list",
        &[
            "--persistent",
            "--transient",
            "--autostart",
            "--no-autostart",
            "--uuid",
            "--name",
            "--table",
            "--title",
        ],
    ),
    (
        "nodedev-list",
        &[
            "--tree",
            "--cap",
            "--inactive",
            "--all",
            "--persistent",
            "--transient",
        ],
    ),
    (
        "pool-list",
        &[
            "--transient",
            "--persistent",
            "--autostart",
            "--no-autostart",
            "--type",
            "--details",
            "--uuid",
            "--name",
        ],
    ),
    ("vol-list", &["--details"]),
];

/// The names and forms of a command's options, without their sentences.
fn shape(help: &str) -> Vec<String> {
    let command = help
        .lines()
        .nth(1)
        .and_then(|line| line.split_whitespace().next())
        .unwrap_or_default()
        .to_owned();
    let options = help.split("  OPTIONS\n").nth(1).unwrap_or_default();
    options
        .lines()
        .filter_map(|line| line.strip_prefix("    "))
        .map(|line| line.split("  ").next().unwrap_or_default().to_owned())
        .filter(|form| form != "--json")
        .filter(|form| {
            let name = form.split_whitespace().next().unwrap_or_default();
            let absent =
                |(of, options): &(&str, &[&str])| *of == command && options.contains(&name);
            !NOT_YET.iter().any(absent)
        })
        .collect()
}
