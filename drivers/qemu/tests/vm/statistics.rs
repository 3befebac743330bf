//! What can be asked of a VM while it runs, and while it does not.

use std::path::Path;
use std::time::{Duration, Instant};

use protocol::error::Code;
use protocol::flags::{DomainCreateFlags, DomainModificationImpact, NoFlags, TypedParameterFlags};
use protocol::remote as wire;
use protocol::typed_param::{TypedParam, TypedParamValue};
use rustix::process::Signal;

use crate::support::{Host, code, message, raw_image};

/// One vCPU, an I/O thread, a balloon and a raw disk of 1 MiB.
fn with_devices(name: &str, image: &Path) -> String {
    raw_image(image);
    format!(
        "<domain type='qemu'><name>{name}</name><memory unit='MiB'>32</memory><vcpu>1</vcpu>\
         <iothreads>1</iothreads><os><type arch='x86_64' machine='pc'>hvm</type></os>\
         <devices><emulator>/usr/bin/qemu-system-x86_64</emulator>\
         <disk type='file' device='disk'><driver name='qemu' type='raw'/>\
         <source file='{}'/><target dev='vda' bus='virtio'/></disk>\
         <disk type='file' device='cdrom'><target dev='hdc' bus='ide'/><readonly/></disk>\
         <interface type='user'><mac address='52:54:00:00:00:01'/></interface>\
         <memballoon model='virtio'/></devices></domain>",
        image.display()
    )
}

fn value<'p>(params: &'p [TypedParam], field: &str) -> Option<&'p TypedParamValue> {
    params
        .iter()
        .find_map(|param| (param.field == field).then_some(&param.value))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_vm_tells_its_statistics_running_or_not() {
    let host = Host::new().await;
    let client = host.client().await;
    let dir = tempfile::tempdir().unwrap();
    let dom = client
        .define(&with_devices("s", &dir.path().join("disk")))
        .await;
    let off = client.stats(&dom).await;
    assert_eq!(value(&off, "state.state"), Some(&TypedParamValue::Int(5)));
    assert_eq!(
        value(&off, "block.0.capacity"),
        Some(&TypedParamValue::ULLong(1 << 20))
    );
    assert_eq!(value(&off, "block.0.rd.reqs"), None);
    assert_eq!(value(&off, "cpu.time"), None);

    client.start(&dom).await;
    let on = client.stats(&dom).await;
    for (field, expected) in [
        ("vcpu.current", TypedParamValue::UInt(1)),
        ("vcpu.0.state", TypedParamValue::Int(1)),
        ("balloon.current", TypedParamValue::ULLong(32 << 10)),
        ("balloon.last-update", TypedParamValue::ULLong(0)),
        ("block.count", TypedParamValue::UInt(2)),
        ("block.0.name", TypedParamValue::String("vda".into())),
        ("block.0.capacity", TypedParamValue::ULLong(1 << 20)),
        ("net.count", TypedParamValue::UInt(1)),
        ("iothread.count", TypedParamValue::UInt(1)),
        ("dirtyrate.calc_status", TypedParamValue::Int(0)),
    ] {
        assert_eq!(value(&on, field), Some(&expected), "{field}");
    }
    for field in [
        "cpu.time",
        "block.0.rd.reqs",
        "block.1.wr.bytes",
        "balloon.rss",
    ] {
        assert!(value(&on, field).is_some(), "{field}");
    }
    client.destroy(&dom).await;
}

/// Longer than a query waits for an answer, far shorter than a monitor command's deadline.
const SOON: Duration = Duration::from_secs(3);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_qemu_that_hangs_tells_what_it_told_last() {
    let host = Host::new().await;
    let client = host.client().await;
    let dir = tempfile::tempdir().unwrap();
    let xml = with_devices("h", &dir.path().join("disk"));
    let dom = client.create(&xml, DomainCreateFlags::START_PAUSED).await;
    let before = client.stats(&dom).await;
    host.signal("h", Signal::STOP);
    let begun = Instant::now();
    let after = client.stats(&dom).await;
    assert!(begun.elapsed() < SOON, "{:?}", begun.elapsed());
    for field in [
        "block.0.rd.reqs",
        "iothread.count",
        "dirtyrate.calc_status",
        "balloon.last-update",
    ] {
        assert!(value(&before, field).is_some(), "{field}");
        assert_eq!(value(&before, field), value(&after, field), "{field}");
    }
    let counters = wire::DomainBlockStatsArgs {
        dom: dom.clone(),
        path: "vda".to_owned(),
    };
    client
        .call::<wire::DomainBlockStats>(counters)
        .await
        .unwrap();
    let iothreads = wire::DomainGetIothreadInfoArgs {
        dom: dom.clone(),
        flags: DomainModificationImpact::LIVE,
    };
    let iothreads = client.call::<wire::DomainGetIothreadInfo>(iothreads).await;
    assert_eq!(iothreads.unwrap().ret, 1);
    assert!(begun.elapsed() < SOON, "{:?}", begun.elapsed());
    host.signal("h", Signal::CONT);
    client.destroy(&dom).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_qemu_that_hangs_and_never_told_is_an_error_at_once() {
    let host = Host::new().await;
    let client = host.client().await;
    let dir = tempfile::tempdir().unwrap();
    let xml = with_devices("n", &dir.path().join("disk"));
    let dom = client.create(&xml, DomainCreateFlags::START_PAUSED).await;
    host.signal("n", Signal::STOP);
    let begun = Instant::now();
    let stats = client.stats(&dom).await;
    assert!(value(&stats, "state.state").is_some());
    assert_eq!(value(&stats, "block.0.rd.reqs"), None);
    let counters = wire::DomainBlockStatsArgs {
        dom: dom.clone(),
        path: "vda".to_owned(),
    };
    let refused = client.call::<wire::DomainBlockStats>(counters).await;
    assert_eq!(code(&refused), Code::OperationTimeout);
    assert!(message(&refused).contains("'n'"), "{}", message(&refused));
    let memory = wire::DomainMemoryStatsArgs {
        dom: dom.clone(),
        max_stats: 20,
        flags: NoFlags,
    };
    let memory = client.call::<wire::DomainMemoryStats>(memory).await;
    let tags: Vec<i32> = memory.unwrap().stats.iter().map(|it| it.tag).collect();
    assert_eq!(tags, [6, 7], "the balloon's size and the process's");
    assert!(begun.elapsed() < SOON, "{:?}", begun.elapsed());

    // What came too late for the one who asked is there for the next.
    host.signal("n", Signal::CONT);
    client.resume(&dom).await;
    host.signal("n", Signal::STOP);
    let stats = client.stats(&dom).await;
    assert!(value(&stats, "block.0.rd.reqs").is_some());
    host.signal("n", Signal::CONT);
    client.destroy(&dom).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn disks_tell_their_sizes_and_counters_by_target_and_by_path() {
    let host = Host::new().await;
    let client = host.client().await;
    let dir = tempfile::tempdir().unwrap();
    let image = dir.path().join("disk");
    let dom = client.define(&with_devices("d", &image)).await;
    let info = |path: &str| wire::DomainGetBlockInfoArgs {
        dom: dom.clone(),
        path: path.to_owned(),
        flags: NoFlags,
    };
    for path in ["vda", image.to_str().unwrap()] {
        let sizes = client.call::<wire::DomainGetBlockInfo>(info(path)).await;
        assert_eq!(sizes.unwrap().capacity, 1 << 20, "{path}");
    }
    for path in ["hdc", "vdz"] {
        let refused = client.call::<wire::DomainGetBlockInfo>(info(path)).await;
        assert_eq!(code(&refused), Code::InvalidArg, "{path}");
    }
    let counters = |path: &str| wire::DomainBlockStatsFlagsArgs {
        dom: dom.clone(),
        path: path.to_owned(),
        nparams: 0,
        flags: TypedParameterFlags::empty(),
    };
    let off = client
        .call::<wire::DomainBlockStatsFlags>(counters("vda"))
        .await;
    assert_eq!(code(&off), Code::OperationInvalid);
    client.start(&dom).await;
    for path in ["vda", ""] {
        let many = client
            .call::<wire::DomainBlockStatsFlags>(counters(path))
            .await;
        assert_eq!(many.unwrap().nparams, 8);
    }
    let unknown = client
        .call::<wire::DomainBlockStatsFlags>(counters("vdz"))
        .await;
    assert_eq!(code(&unknown), Code::InvalidArg);
    let errors = wire::DomainGetDiskErrorsArgs {
        dom: dom.clone(),
        maxerrors: 4,
        flags: NoFlags,
    };
    let errors = client.call::<wire::DomainGetDiskErrors>(errors).await;
    assert_eq!(errors.unwrap().nerrors, 0);
    client.destroy(&dom).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn processors_and_threads_are_shown_with_where_they_may_run() {
    let host = Host::new().await;
    let client = host.client().await;
    let dir = tempfile::tempdir().unwrap();
    let dom = client
        .define(&with_devices("p", &dir.path().join("disk")))
        .await;
    let vcpus = || wire::DomainGetVcpusArgs {
        dom: dom.clone(),
        maxinfo: 8,
        maplen: 1,
    };
    let off = client.call::<wire::DomainGetVcpus>(vcpus()).await;
    assert_eq!(code(&off), Code::OperationInvalid);
    client.start(&dom).await;
    let on = client.call::<wire::DomainGetVcpus>(vcpus()).await.unwrap();
    assert_eq!(on.info.len(), 1);
    assert!(on.cpumaps.as_ref().iter().any(|&byte| byte != 0));
    let iothreads = |flags| wire::DomainGetIothreadInfoArgs {
        dom: dom.clone(),
        flags,
    };
    for flags in [
        DomainModificationImpact::LIVE,
        DomainModificationImpact::CONFIG,
    ] {
        let answer = client
            .call::<wire::DomainGetIothreadInfo>(iothreads(flags))
            .await;
        let answer = answer.unwrap();
        assert_eq!(answer.ret, 1, "{flags:?}");
        let ids: Vec<u32> = answer.info.iter().map(|it| it.iothread_id).collect();
        assert_eq!(ids, [1], "{flags:?}");
    }
    client.destroy(&dom).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn memory_and_interfaces_are_counted_while_the_vm_runs() {
    let host = Host::new().await;
    let client = host.client().await;
    let dir = tempfile::tempdir().unwrap();
    let dom = client
        .define(&with_devices("m", &dir.path().join("disk")))
        .await;
    let memory = || wire::DomainMemoryStatsArgs {
        dom: dom.clone(),
        max_stats: 20,
        flags: NoFlags,
    };
    let off = client.call::<wire::DomainMemoryStats>(memory()).await;
    assert_eq!(code(&off), Code::OperationInvalid);
    client.start(&dom).await;
    let on = client.call::<wire::DomainMemoryStats>(memory()).await;
    let actual = on
        .unwrap()
        .stats
        .iter()
        .find(|it| it.tag == 6)
        .map(|it| it.val);
    assert_eq!(actual, Some(32 << 10));
    let interface = |device: &str| wire::DomainInterfaceStatsArgs {
        dom: dom.clone(),
        device: device.to_owned(),
    };
    let unknown = client
        .call::<wire::DomainInterfaceStats>(interface("vnet9"))
        .await;
    assert_eq!(code(&unknown), Code::InvalidArg);
    let without_device = client
        .call::<wire::DomainInterfaceStats>(interface("52:54:00:00:00:01"))
        .await;
    assert_eq!(code(&without_device), Code::InternalError);
    client.destroy(&dom).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_start_with_the_next_boot_is_remembered_and_can_be_taken_back() {
    let mut host = Host::new().await;
    let client = host.client().await;
    let dom = client.define(&crate::support::domain("o")).await;
    let set = |autostart| wire::DomainSetAutostartOnceArgs {
        dom: dom.clone(),
        autostart,
    };
    let get = || wire::DomainGetAutostartOnceArgs { dom: dom.clone() };
    client
        .call::<wire::DomainSetAutostartOnce>(set(1))
        .await
        .unwrap();
    host.abandon();
    host.reopen().await;
    let client = host.client().await;
    let once = client.call::<wire::DomainGetAutostartOnce>(get()).await;
    assert_eq!(once.unwrap().autostart, 1);
    let every = wire::DomainGetAutostartArgs { dom: dom.clone() };
    let every = client.call::<wire::DomainGetAutostart>(every).await;
    assert_eq!(every.unwrap().autostart, 0);
    client
        .call::<wire::DomainSetAutostartOnce>(set(0))
        .await
        .unwrap();
    let once = client.call::<wire::DomainGetAutostartOnce>(get()).await;
    assert_eq!(once.unwrap().autostart, 0);
}
