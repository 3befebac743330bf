//! What the guest gets of the host's CPUs, memory and disks: read back from where the kernel keeps it.
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "this is a test, which says why it is skipped"
)]

use std::path::{Path, PathBuf};

use crate::support::{Client, Host, code, domain};
use protocol::error::Code;
use protocol::flags::{
    DomainCreateFlags, DomainModificationImpact, DomainParameterFlags, DomainXmlFlags,
};
use protocol::remote::{self as wire, NonnullDomain};
use protocol::typed_param::{TypedParam, TypedParamValue, find};

/// Whether groups of this controller can be made here (version 1, which names them apart).
fn controls(controller: &str) -> bool {
    let there = Path::new("/sys/fs/cgroup")
        .join(controller)
        .join("tasks")
        .exists();
    if !(there && rustix::process::geteuid().is_root()) {
        println!("skipped: no control groups of '{controller}' can be made here");
    }
    there && rustix::process::geteuid().is_root()
}

fn with(name: &str, vcpus: &str, tuning: &str) -> String {
    domain(name).replacen("<vcpu>1</vcpu>", &format!("{vcpus}{tuning}"), 1)
}

async fn paused(client: &Client, text: &str) -> NonnullDomain {
    client.create(text, DomainCreateFlags::START_PAUSED).await
}

/// The lists of CPUs on which the threads of a VM run, by the threads' names: `CPU 0/TCG`.
fn places(host: &Host, name: &str) -> Vec<(String, String)> {
    let mut places: Vec<_> = host
        .threads(name)
        .into_iter()
        .map(|thread| {
            let status = host.process_file(name, &format!("task/{thread}/status"));
            let field = |field: &str| {
                let line = status.lines().find_map(|line| line.strip_prefix(field));
                line.unwrap().trim().to_owned()
            };
            (field("Name:"), field("Cpus_allowed_list:"))
        })
        .collect();
    places.sort();
    places
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn threads_run_where_the_document_says() {
    let host = Host::new().await;
    let client = host.client().await;
    let text = with(
        "p",
        "<vcpu>2</vcpu><iothreads>1</iothreads>",
        "<cputune><vcpupin vcpu='1' cpuset='1'/><emulatorpin cpuset='0'/>\
         <iothreadpin iothread='1' cpuset='1'/><vcpusched vcpus='1' scheduler='batch'/></cputune>",
    );
    let dom = paused(&client, &text).await;
    let places = places(&host, "p");
    let of = |start: &str| {
        let place = places.iter().find(|(name, _)| name.starts_with(start));
        place.map(|(_, cpus)| cpus.as_str())
    };
    assert_eq!(of("CPU 1/"), Some("1"), "{places:?}");
    assert_eq!(of("IO iothread1"), Some("1"), "{places:?}");
    assert_eq!(of("qemu-system"), Some("0"), "{places:?}");
    client.destroy(&dom).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_cpu_that_the_host_lacks_is_named() {
    let host = Host::new().await;
    let client = host.client().await;
    let tuning = "<cputune><vcpupin vcpu='0' cpuset='1023'/></cputune>";
    let dom = client.define(&with("x", "<vcpu>1</vcpu>", tuning)).await;
    let start = client.call::<wire::DomainCreate>(wire::DomainCreateArgs { dom });
    let failed = start.await;
    assert_eq!(code(&failed), Code::SystemError);
    assert!(format!("{failed:?}").contains("1023"), "{failed:?}");
    assert_eq!(host.leftovers(), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn virtual_cpus_that_can_be_taken_out_are_plugged_in() {
    let host = Host::new().await;
    let client = host.client().await;
    let vcpus = "<vcpu current='3'>4</vcpu><vcpus>\
        <vcpu id='0' enabled='yes' hotpluggable='no' order='1'/>\
        <vcpu id='1' enabled='yes' hotpluggable='yes' order='3'/>\
        <vcpu id='2' enabled='yes' hotpluggable='yes' order='2'/>\
        <vcpu id='3' enabled='no' hotpluggable='yes'/></vcpus>";
    let dom = paused(&client, &with("h", vcpus, "")).await;
    let args = wire::DomainGetVcpusArgs {
        dom: dom.clone(),
        maxinfo: 4,
        maplen: 1,
    };
    let answer = client.call::<wire::DomainGetVcpus>(args).await.unwrap();
    let numbers: Vec<_> = answer.info.iter().map(|vcpu| vcpu.number).collect();
    assert_eq!(numbers, [0, 1, 2]);
    client.destroy(&dom).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_guest_may_leave_its_place_to_the_hosts_numa_daemon() {
    let host = Host::new().await;
    let client = host.client().await;
    let tuning = "<numatune><memory mode='strict' placement='auto'/></numatune>";
    let text = with("n", "<vcpu placement='auto'>1</vcpu>", tuning);
    let dom = client.define(&text).await;
    let start = wire::DomainCreateArgs { dom: dom.clone() };
    let started = client.call::<wire::DomainCreate>(start).await;
    if process::Program::Numad.locate().is_err() {
        assert_eq!(code(&started), Code::ConfigUnsupported);
        return;
    }
    started.unwrap();
    let arguments = host.process_file("n", "cmdline");
    assert!(arguments.contains(r#""policy":"bind""#), "{arguments}");
    client.destroy(&dom).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_the_document_names_is_counted() {
    let host = Host::new().await;
    let client = host.client().await;
    let perf = "</vcpu><perf><event name='task_clock' enabled='yes'/></perf>";
    let text = domain("e").replacen("</vcpu>", perf, 1);
    let dom = client.define(&text).await;
    let start = wire::DomainCreateArgs { dom: dom.clone() };
    let started = client.call::<wire::DomainCreate>(start).await;
    if started.is_err() {
        println!("skipped: nothing is counted here: {started:?}");
        assert_eq!(code(&started), Code::SystemError);
        return;
    }
    let dom = client.lookup("e").await;
    let counted = |stats: Vec<TypedParam>, name: &str| {
        let value = find(&stats, name).cloned();
        value.and_then(|value| value.as_u64())
    };
    assert!(counted(client.stats(&dom).await, "perf.task_clock").unwrap() > 0);
    let params = vec![
        TypedParam::new("task_clock", false),
        TypedParam::new("page_faults", true),
    ];
    let set = wire::DomainSetPerfEventsArgs {
        dom: dom.clone(),
        params,
        flags: DomainModificationImpact::LIVE,
    };
    client.call::<wire::DomainSetPerfEvents>(set).await.unwrap();
    let stats = client.stats(&dom).await;
    assert_eq!(counted(stats.clone(), "perf.task_clock"), None);
    assert!(counted(stats, "perf.page_faults").is_some());
    let get = wire::DomainGetPerfEventsArgs {
        dom: dom.clone(),
        flags: DomainParameterFlags::CONFIG,
    };
    let events = client.call::<wire::DomainGetPerfEvents>(get).await.unwrap();
    let on = find(&events.params, "task_clock").and_then(TypedParamValue::as_bool);
    assert_eq!(on, Some(true), "the next boot's are others");
    client.destroy(&dom).await;
}

/// A value of a VM's control group.
fn value(controller: &str, group: &Path, file: &str) -> String {
    let path = Path::new("/sys/fs/cgroup").join(controller);
    let text = std::fs::read_to_string(path.join(group).join(file)).unwrap();
    text.trim().to_owned()
}

/// The group in which a VM's first thread is, without the threads' own.
fn group(host: &Host, name: &str, controller: &str) -> PathBuf {
    let text = host.process_file(name, "cgroup");
    let line = text
        .lines()
        .find(|line| line.split(':').nth(1) == Some(controller));
    let path = line.unwrap().rsplit(':').next().unwrap();
    let path = path.trim_start_matches('/');
    PathBuf::from(path.strip_suffix("/emulator").unwrap_or(path))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn shares_and_quotas_are_the_control_groups() {
    if !controls("cpu") || !controls("cpuset") {
        return;
    }
    let host = Host::new().await;
    let client = host.client().await;
    let text = with(
        "c",
        "<vcpu>2</vcpu>",
        "<cputune><shares>2048</shares><period>50000</period><quota>20000</quota>\
         <global_period>100000</global_period><global_quota>90000</global_quota>\
         <emulator_period>60000</emulator_period><emulator_quota>-1</emulator_quota>\
         <vcpupin vcpu='1' cpuset='1'/></cputune>",
    );
    let dom = paused(&client, &text).await;
    let own = group(&host, "c", "cpu");
    assert!(own.starts_with("machine"), "{}", own.display());
    let threads = [
        ("", "cpu.shares", "2048"),
        ("", "cpu.cfs_period_us", "100000"),
        ("", "cpu.cfs_quota_us", "90000"),
        ("vcpu0", "cpu.cfs_period_us", "50000"),
        ("vcpu1", "cpu.cfs_quota_us", "20000"),
        ("emulator", "cpu.cfs_period_us", "60000"),
        ("emulator", "cpu.cfs_quota_us", "-1"),
    ];
    for (below, file, expected) in threads {
        let found = value("cpu", &own.join(below), file);
        assert_eq!(found, expected, "{below}/{file}");
    }
    let pinned = group(&host, "c", "cpuset").join("vcpu1");
    assert_eq!(value("cpuset", &pinned, "cpuset.cpus"), "1");
    assert_eq!(value("cpu", &own.join("vcpu1"), "tasks").lines().count(), 1);
    client.destroy(&dom).await;
    assert!(!Path::new("/sys/fs/cgroup/cpu").join(own).exists());
    assert_eq!(host.leftovers(), Vec::<String>::new());
}

/// Sets a parameter of a kind that has a call of its own.
macro_rules! set {
    ($client:expr, $call:ident, $args:ident, $dom:expr, $params:expr) => {
        $client
            .call::<wire::$call>(wire::$args {
                dom: $dom.clone(),
                params: $params,
                flags: DomainModificationImpact::LIVE,
            })
            .await
    };
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn limits_change_while_the_guest_runs() {
    if !controls("cpu") || !controls("memory") || !controls("blkio") {
        return;
    }
    let host = Host::new().await;
    let client = host.client().await;
    let dom = client.define(&with("l", "<vcpu>2</vcpu>", "")).await;
    client.start(&dom).await;
    let params = vec![
        TypedParam::new("cpu_shares", 512_u64),
        TypedParam::new("vcpu_quota", 30_000_i64),
    ];
    set!(
        client,
        DomainSetSchedulerParametersFlags,
        DomainSetSchedulerParametersFlagsArgs,
        dom,
        params
    )
    .unwrap();
    let own = group(&host, "l", "cpu");
    assert_eq!(value("cpu", &own, "cpu.shares"), "512");
    let vcpu = own.join("vcpu1");
    assert_eq!(value("cpu", &vcpu, "cpu.cfs_quota_us"), "30000");
    assert_eq!(value("cpu", &vcpu, "tasks").lines().count(), 1);

    let hard = vec![TypedParam::new("hard_limit", 512_u64 << 10)];
    set!(
        client,
        DomainSetMemoryParameters,
        DomainSetMemoryParametersArgs,
        dom,
        hard
    )
    .unwrap();
    let limit = value("memory", &own, "memory.limit_in_bytes");
    assert_eq!(limit, (512_u64 << 20).to_string());
    let less = vec![TypedParam::new("swap_hard_limit", 1024_u64)];
    let less = set!(
        client,
        DomainSetMemoryParameters,
        DomainSetMemoryParametersArgs,
        dom,
        less
    );
    assert_eq!(code(&less), Code::InvalidArg);

    let weight = vec![TypedParam::new("weight", 300_u32)];
    set!(
        client,
        DomainSetBlkioParameters,
        DomainSetBlkioParametersArgs,
        dom,
        weight
    )
    .unwrap();
    assert_eq!(value("blkio", &own, "blkio.bfq.weight"), "300");

    let live = client.xml(&dom, DomainXmlFlags::empty()).await;
    for said in [
        "<partition>/machine</partition>",
        "<shares>512</shares>",
        "<quota>30000</quota>",
        "<hard_limit unit='KiB'>524288</hard_limit>",
        "<weight>300</weight>",
    ] {
        assert!(live.contains(said), "{said}: {live}");
    }
    client.destroy(&dom).await;
    assert!(!Path::new("/sys/fs/cgroup/cpu").join(own).exists());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn threads_move_while_the_guest_runs() {
    let host = Host::new().await;
    let client = host.client().await;
    let dom = client
        .define(&with("v", "<vcpu>2</vcpu><iothreads>1</iothreads>", ""))
        .await;
    client.start(&dom).await;
    let pin = |vcpu| wire::DomainPinVcpuFlagsArgs {
        dom: dom.clone(),
        vcpu,
        cpumap: vec![2].into(),
        flags: DomainModificationImpact::LIVE | DomainModificationImpact::CONFIG,
    };
    client
        .call::<wire::DomainPinVcpuFlags>(pin(1))
        .await
        .unwrap();
    let beyond = client.call::<wire::DomainPinVcpuFlags>(pin(2)).await;
    assert_eq!(code(&beyond), Code::InvalidArg);
    let thread = wire::DomainPinIothreadArgs {
        dom: dom.clone(),
        iothreads_id: 1,
        cpumap: vec![1].into(),
        flags: DomainModificationImpact::LIVE,
    };
    client
        .call::<wire::DomainPinIothread>(thread)
        .await
        .unwrap();
    let places = places(&host, "v");
    let of = |start: &str| {
        let place = places.iter().find(|(name, _)| name.starts_with(start));
        place.map(|(_, cpus)| cpus.as_str())
    };
    assert_eq!(of("CPU 1/"), Some("1"), "{places:?}");
    assert_eq!(of("IO iothread1"), Some("0"), "{places:?}");
    let next = client.xml(&dom, DomainXmlFlags::INACTIVE).await;
    assert!(next.contains("<vcpupin vcpu='1' cpuset='1'/>"), "{next}");
    assert!(!next.contains("iothreadpin"), "{next}");
    client.destroy(&dom).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn limits_of_memory_and_disks_are_the_control_groups() {
    if !controls("memory") || !controls("blkio") {
        return;
    }
    let host = Host::new().await;
    let client = host.client().await;
    let limits = "<memtune><hard_limit unit='MiB'>512</hard_limit>\
        <soft_limit unit='MiB'>256</soft_limit><swap_hard_limit unit='MiB'>768</swap_hard_limit>\
        </memtune><blkiotune><weight>500</weight></blkiotune>";
    let dom = paused(&client, &with("m", "<vcpu>1</vcpu>", limits)).await;
    let own = group(&host, "m", "memory");
    for (file, mib) in [
        ("memory.limit_in_bytes", 512),
        ("memory.soft_limit_in_bytes", 256),
        ("memory.memsw.limit_in_bytes", 768),
    ] {
        assert_eq!(value("memory", &own, file), (mib << 20).to_string());
    }
    let disks = group(&host, "m", "blkio");
    assert_eq!(value("blkio", &disks, "blkio.bfq.weight"), "500");
    client.destroy(&dom).await;
    for controller in ["memory", "blkio"] {
        let left = Path::new("/sys/fs/cgroup").join(controller).join(&own);
        assert!(!left.exists(), "{}", left.display());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_group_is_found_again_by_the_next_daemon() {
    if !controls("cpu") {
        return;
    }
    let mut host = Host::new().await;
    let client = host.client().await;
    let shares = "<cputune><shares>512</shares></cputune>";
    let dom = client.define(&with("g", "<vcpu>1</vcpu>", shares)).await;
    client.start(&dom).await;
    let own = Path::new("/sys/fs/cgroup/cpu").join(group(&host, "g", "cpu"));
    assert!(own.exists());
    host.abandon();
    host.reopen().await;
    let client = host.client().await;
    let dom = client.lookup("g").await;
    client.destroy(&dom).await;
    assert!(!own.exists(), "{}", own.display());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_partition_must_be_there() {
    if !controls("cpu") {
        return;
    }
    let host = Host::new().await;
    let client = host.client().await;
    let text = domain("r").replace(
        "<os>",
        "<resource><partition>/no/such</partition></resource><os>",
    );
    let dom = client.define(&text).await;
    let start = client.call::<wire::DomainCreate>(wire::DomainCreateArgs { dom });
    let failed = start.await;
    assert_eq!(code(&failed), Code::InvalidArg);
    assert!(
        format!("{failed:?}").contains("such.partition"),
        "{failed:?}"
    );
    assert_eq!(host.leftovers(), Vec::<String>::new());
}
