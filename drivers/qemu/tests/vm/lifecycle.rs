//! A VM's life: how it begins, what it survives, how it ends.

use crate::support::{Host, code, domain};
use protocol::enums::DomainState;
use protocol::error::Code;
use protocol::flags::{DomainCreateFlags, DomainXmlFlags};
use protocol::remote as wire;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_vm_is_defined_started_paused_resumed_destroyed_and_undefined() {
    let host = Host::new().await;
    let client = host.client().await;
    let events = client.lifecycle_events().await;

    let dom = client.define(&domain("a")).await;
    assert_eq!(dom.id, -1);
    client.start(&dom).await;
    assert_eq!(client.state(&dom).await, (DomainState::Running, 1));
    client
        .call::<wire::DomainSuspend>(wire::DomainSuspendArgs { dom: dom.clone() })
        .await
        .unwrap();
    assert_eq!(client.state(&dom).await, (DomainState::Paused, 1));
    // Once more is no error, and no event.
    client
        .call::<wire::DomainSuspend>(wire::DomainSuspendArgs { dom: dom.clone() })
        .await
        .unwrap();
    client
        .call::<wire::DomainResume>(wire::DomainResumeArgs { dom: dom.clone() })
        .await
        .unwrap();
    assert_eq!(client.state(&dom).await, (DomainState::Running, 5));
    let error = client
        .call::<wire::DomainResume>(wire::DomainResumeArgs { dom: dom.clone() })
        .await;
    assert_eq!(code(&error), Code::OperationInvalid);
    client.destroy(&dom).await;
    assert_eq!(client.state(&dom).await, (DomainState::Shutoff, 2));
    client.undefine(&dom).await;

    let told = events.take_until((1, 0)).await;
    let expected = [
        (0, 0), // defined, added
        (4, 0), // resumed, unpaused
        (2, 0), // started, booted
        (3, 0), // suspended, paused
        (4, 0), // resumed, unpaused
        (6, 2), // shut down by the host
        (5, 1), // stopped, destroyed
        (1, 0), // undefined, removed
    ];
    assert_eq!(told, expected);
    assert_eq!(host.leftovers(), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_transient_vm_vanishes_with_its_process() {
    let host = Host::new().await;
    let client = host.client().await;
    let dom = client
        .create(&domain("t"), DomainCreateFlags::START_PAUSED)
        .await;
    assert!(dom.id > 0);
    assert_eq!(client.state(&dom).await, (DomainState::Paused, 1));
    client.destroy(&dom).await;
    let error = client.call::<wire::DomainGetState>(wire::DomainGetStateArgs {
        dom,
        flags: protocol::flags::NoFlags,
    });
    assert_eq!(code(&error.await), Code::NoDomain);
    assert_eq!(host.leftovers(), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_killed_qemu_is_noticed_and_told() {
    let host = Host::new().await;
    let client = host.client().await;
    let dom = client.define(&domain("k")).await;
    client.start(&dom).await;
    let events = client.lifecycle_events().await;
    host.signal("k", rustix::process::Signal::KILL);
    assert_eq!(events.take_until((5, 5)).await, [(5, 5)]);
    assert_eq!(client.state(&dom).await, (DomainState::Shutoff, 3));
    assert_eq!(host.leftovers(), Vec::<String>::new());
    // It can be started again.
    client.start(&dom).await;
    client.destroy(&dom).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hung_qemu_keeps_nobody_waiting_for_an_answer_to_a_query() {
    let host = Host::new().await;
    let client = host.client().await;
    let dom = client.define(&domain("h")).await;
    client.start(&dom).await;
    host.signal("h", rustix::process::Signal::STOP);
    let suspend = {
        let (client, dom) = (client.clone(), dom.clone());
        tokio::spawn(async move {
            client
                .call::<wire::DomainSuspend>(wire::DomainSuspendArgs { dom })
                .await
        })
    };
    let start = std::time::Instant::now();
    for _ in 0..100 {
        assert_eq!(client.state(&dom).await.0, DomainState::Running);
        client
            .call::<wire::DomainGetInfo>(wire::DomainGetInfoArgs { dom: dom.clone() })
            .await
            .unwrap();
        let xml = client.xml(&dom, DomainXmlFlags::empty()).await;
        assert!(xml.contains("<name>h</name>"));
    }
    assert!(
        start.elapsed().as_secs() < 5,
        "queries waited: {:?}",
        start.elapsed()
    );
    host.signal("h", rustix::process::Signal::CONT);
    suspend.await.unwrap().unwrap();
    assert_eq!(client.state(&dom).await, (DomainState::Paused, 1));
    client.destroy(&dom).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn running_vms_are_found_again_by_the_next_driver() {
    let mut host = Host::new().await;
    let (kept, lost, paused) = {
        let client = host.client().await;
        let kept = client.define(&domain("kept")).await;
        let lost = client.define(&domain("lost")).await;
        client.start(&kept).await;
        client.start(&lost).await;
        let paused = client
            .create(&domain("paused"), DomainCreateFlags::START_PAUSED)
            .await;
        (
            client.lookup("kept").await,
            client.lookup("lost").await,
            paused,
        )
    };
    let pid = host.pid("lost");
    host.abandon();
    crate::support::kill(pid).await;
    host.reopen().await;

    let client = host.client().await;
    assert_eq!(client.lookup("kept").await, kept);
    assert_eq!(client.state(&kept).await, (DomainState::Running, 1));
    assert_eq!(client.state(&paused).await, (DomainState::Paused, 1));
    assert_eq!(client.state(&lost).await, (DomainState::Shutoff, 3));
    client
        .call::<wire::DomainResume>(wire::DomainResumeArgs {
            dom: paused.clone(),
        })
        .await
        .unwrap();
    client.destroy(&paused).await;
    client.destroy(&kept).await;
    // A number is never given twice.
    client.start(&kept).await;
    assert!(client.lookup("kept").await.id > paused.id);
    client.destroy(&kept).await;
    assert_eq!(host.leftovers(), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_interrupted_start_leaves_nothing_behind() {
    let mut host = Host::new().await;
    let client = host.client().await;
    let dom = client.define(&domain("i")).await;
    // A start that hangs is broken off by a destruction: both are answered, nothing is left.
    let start = {
        let (client, dom) = (client.clone(), dom.clone());
        tokio::spawn(async move {
            client
                .call::<wire::DomainCreate>(wire::DomainCreateArgs { dom })
                .await
        })
    };
    let stopped = client
        .call::<wire::DomainDestroy>(wire::DomainDestroyArgs { dom: dom.clone() })
        .await;
    let started = start.await.unwrap();
    if stopped.is_ok() && started.is_ok() {
        assert_eq!(client.state(&dom).await.0, DomainState::Shutoff);
    } else if started.is_ok() {
        // The destruction came before the start.
        assert_eq!(code(&stopped), Code::OperationInvalid);
        client.destroy(&dom).await;
    } else {
        assert_eq!(code(&started), Code::OperationAborted);
    }
    assert_eq!(host.leftovers(), Vec::<String>::new());

    // A driver that was killed between the status file and the process' number.
    client.start(&dom).await;
    let pid = host.pid("i");
    host.abandon();
    host.forget_process("i");
    host.reopen().await;
    crate::support::await_end(pid).await;
    let client = host.client().await;
    assert_eq!(client.state(&dom).await, (DomainState::Shutoff, 6));
    assert_eq!(host.leftovers(), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_failed_start_says_what_qemu_said() {
    let host = Host::new().await;
    let client = host.client().await;
    let xml = domain("f").replace(
        "<type arch='x86_64' machine='pc'>hvm</type>",
        "<type arch='x86_64' machine='pc'>hvm</type><kernel>/nonexistent/vmlinuz</kernel>",
    );
    let dom = client.define(&xml).await;
    let error = client
        .call::<wire::DomainCreate>(wire::DomainCreateArgs { dom: dom.clone() })
        .await;
    let message = crate::support::message(&error);
    assert!(message.contains("/nonexistent/vmlinuz"), "{message}");
    assert_eq!(client.state(&dom).await, (DomainState::Shutoff, 6));
    assert_eq!(host.leftovers(), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn fifty_vms_start_and_stop() {
    let host = Host::new().await;
    let client = host.client().await;
    let mut doms = Vec::new();
    for number in 0..50 {
        let xml = domain(&format!("vm{number}"));
        doms.push(client.create(&xml, DomainCreateFlags::START_PAUSED).await);
    }
    let num = client
        .call::<wire::ConnectNumOfDomains>(())
        .await
        .unwrap()
        .num;
    assert_eq!(num, 50);
    for dom in &doms {
        client.destroy(dom).await;
    }
    assert_eq!(
        client
            .call::<wire::ConnectNumOfDomains>(())
            .await
            .unwrap()
            .num,
        0
    );
    assert_eq!(host.leftovers(), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_vm_that_is_bound_to_a_connection_goes_with_it() {
    let host = Host::new().await;
    let watcher = host.client().await;
    let client = host.client().await;
    let dom = client
        .create(&domain("b"), DomainCreateFlags::START_AUTODESTROY)
        .await;
    let events = watcher.lifecycle_events().await;
    client.close();
    events.take_until((5, 1)).await;
    let error =
        watcher.call::<wire::DomainLookupByUuid>(wire::DomainLookupByUuidArgs { uuid: dom.uuid });
    assert_eq!(code(&error.await), Code::NoDomain);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn names_and_uuids_are_unique_and_renaming_keeps_them_so() {
    let host = Host::new().await;
    let client = host.client().await;
    let one = client.define(&domain("one")).await;
    client.define(&domain("two")).await;
    let same_name =
        client.call::<wire::DomainDefineXml>(wire::DomainDefineXmlArgs { xml: domain("one") });
    let same_name = same_name.await;
    assert_eq!(code(&same_name), Code::OperationFailed);
    assert!(crate::support::message(&same_name).contains("domain 'one' already exists with uuid"));
    let rename = |name: &str| wire::DomainRenameArgs {
        dom: one.clone(),
        new_name: Some(name.into()),
        flags: protocol::flags::NoFlags,
    };
    let taken = client.call::<wire::DomainRename>(rename("two")).await;
    assert_eq!(code(&taken), Code::OperationFailed);
    client
        .call::<wire::DomainRename>(rename("three"))
        .await
        .unwrap();
    assert_eq!(client.lookup("three").await.uuid, one.uuid);
    assert!(host.definition("three").is_file() && !host.definition("one").exists());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn definitions_survive_and_damaged_files_stop_nobody() {
    let mut host = Host::new().await;
    let client = host.client().await;
    let dom = client.define(&domain("d")).await;
    let autostart = wire::DomainSetAutostartArgs {
        dom: dom.clone(),
        autostart: 1,
    };
    client
        .call::<wire::DomainSetAutostart>(autostart)
        .await
        .unwrap();
    host.abandon();
    std::fs::File::create(host.definition("broken")).unwrap();
    host.reopen().await;
    let client = host.client().await;
    assert_eq!(client.lookup("d").await.uuid, dom.uuid);
    let args = wire::DomainGetAutostartArgs { dom };
    assert_eq!(
        client
            .call::<wire::DomainGetAutostart>(args)
            .await
            .unwrap()
            .autostart,
        1
    );
    assert!(host.definition("broken").exists());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_driver_that_dies_with_its_process_ends_its_vms_when_it_is_closed() {
    let lifetime = qemu_driver::Lifetime::Process;
    let mut host = Host::with(qemu_driver::Mode::Embed { lifetime }).await;
    let client = host.client().await;
    client
        .create(&domain("e"), DomainCreateFlags::empty())
        .await;
    let pid = host.pid("e");
    host.abandon();
    crate::support::await_end(pid).await;
    assert_eq!(host.leftovers(), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn metadata_is_kept_where_it_was_put() {
    use protocol::flags::DomainModificationImpact as Impact;
    let host = Host::new().await;
    let client = host.client().await;
    let dom = client.define(&domain("m")).await;
    client.start(&dom).await;
    let set = |title: &str, flags| wire::DomainSetMetadataArgs {
        dom: dom.clone(),
        r#type: 1,
        metadata: Some(title.into()),
        key: None,
        uri: None,
        flags,
    };
    let get = |flags| wire::DomainGetMetadataArgs {
        dom: dom.clone(),
        r#type: 1,
        uri: None,
        flags,
    };
    client
        .call::<wire::DomainSetMetadata>(set("next", Impact::CONFIG))
        .await
        .unwrap();
    let live = client
        .call::<wire::DomainGetMetadata>(get(Impact::LIVE))
        .await;
    assert_eq!(code(&live), Code::NoDomainMetadata);
    client
        .call::<wire::DomainSetMetadata>(set("now", Impact::empty()))
        .await
        .unwrap();
    for (flags, title) in [(Impact::LIVE, "now"), (Impact::CONFIG, "next")] {
        let got = client.call::<wire::DomainGetMetadata>(get(flags)).await;
        assert_eq!(got.unwrap().metadata, title);
    }
    client.destroy(&dom).await;
    let xml = client.xml(&dom, DomainXmlFlags::empty()).await;
    assert!(xml.contains("<title>next</title>"), "{xml}");
}
