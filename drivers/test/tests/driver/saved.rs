//! Saving, going on, and what a guest would tell.

use protocol::enums::{DomainRunningReason, DomainShutoffReason, DomainState};
use protocol::error::{Code, Origin};
use protocol::flags::{
    DomainCreateFlags, DomainModificationImpact, DomainSaveRestoreFlags, NoFlags,
};
use protocol::remote::{
    DomainCreate, DomainCreateArgs, DomainCreateXml, DomainCreateXmlArgs, DomainGetSchedulerType,
    DomainGetSchedulerTypeArgs, DomainHasManagedSaveImage, DomainHasManagedSaveImageArgs,
    DomainInterfaceAddresses, DomainInterfaceAddressesArgs, DomainManagedSave,
    DomainManagedSaveArgs, DomainRestore, DomainRestoreArgs, DomainSave, DomainSaveArgs,
    DomainSetSchedulerParametersFlags, DomainSetSchedulerParametersFlagsArgs, DomainUndefine,
    DomainUndefineArgs,
};
use protocol::typed_param::{TypedParam, TypedParamValue};

use crate::world::{document, driver, lookup, ok, open, refused, state};

#[tokio::test]
async fn a_domain_goes_on_from_its_file() {
    let door = driver();
    let client = open(&door).await;
    let dom = lookup(&client, "test").await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("saved").display().to_string();
    let save = |dom| DomainSaveArgs {
        dom,
        to: file.clone(),
    };
    ok::<DomainSave>(&client, save(dom.clone())).await;
    let off = (
        DomainState::Shutoff.value(),
        DomainShutoffReason::Saved.value(),
    );
    assert_eq!(state(&client, &dom).await, off);
    refused::<DomainSave>(
        &client,
        save(dom.clone()),
        Code::OperationInvalid,
        Origin::Domain,
        "not running",
    )
    .await;
    let restore = || DomainRestoreArgs { from: file.clone() };
    ok::<DomainRestore>(&client, restore()).await;
    let on = (
        DomainState::Running.value(),
        DomainRunningReason::Restored.value(),
    );
    assert_eq!(state(&client, &dom).await, on);
    refused::<DomainRestore>(
        &client,
        restore(),
        Code::OperationInvalid,
        Origin::Test,
        "already active",
    )
    .await;
}

#[tokio::test]
async fn a_managed_save_lasts_until_the_next_start() {
    let door = driver();
    let client = open(&door).await;
    let dom = lookup(&client, "test").await;
    let save = |dom| DomainManagedSaveArgs {
        dom,
        flags: DomainSaveRestoreFlags::empty(),
    };
    let saved = async || {
        let args = DomainHasManagedSaveImageArgs {
            dom: dom.clone(),
            flags: NoFlags,
        };
        ok::<DomainHasManagedSaveImage>(&client, args).await.result
    };
    ok::<DomainManagedSave>(&client, save(dom.clone())).await;
    assert_eq!(saved().await, 1);
    refused::<DomainUndefine>(
        &client,
        DomainUndefineArgs { dom: dom.clone() },
        Code::OperationInvalid,
        Origin::Test,
        "managed save image",
    )
    .await;
    ok::<DomainCreate>(&client, DomainCreateArgs { dom: dom.clone() }).await;
    assert_eq!(saved().await, 0);

    let args = DomainCreateXmlArgs {
        xml_desc: document("passing"),
        flags: DomainCreateFlags::empty(),
    };
    let passing = ok::<DomainCreateXml>(&client, args).await.dom;
    refused::<DomainManagedSave>(
        &client,
        save(passing),
        Code::OperationInvalid,
        Origin::Test,
        "transient",
    )
    .await;
}

#[tokio::test]
async fn the_scheduler_takes_what_it_has_and_nothing_else() {
    let door = driver();
    let client = open(&door).await;
    let dom = lookup(&client, "test").await;
    let kind = DomainGetSchedulerTypeArgs { dom: dom.clone() };
    let kind = ok::<DomainGetSchedulerType>(&client, kind).await;
    assert_eq!((kind.r#type.as_str(), kind.nparams), ("fair", 1));
    let set = |field: &str| DomainSetSchedulerParametersFlagsArgs {
        dom: dom.clone(),
        params: vec![TypedParam {
            field: field.to_owned(),
            value: TypedParamValue::UInt(7),
        }],
        flags: DomainModificationImpact::empty(),
    };
    ok::<DomainSetSchedulerParametersFlags>(&client, set("weight")).await;
    refused::<DomainSetSchedulerParametersFlags>(
        &client,
        set("cap"),
        Code::InvalidArg,
        Origin::Test,
        "'cap'",
    )
    .await;
    let live = DomainSetSchedulerParametersFlagsArgs {
        flags: DomainModificationImpact::LIVE,
        ..set("weight")
    };
    refused::<DomainSetSchedulerParametersFlags>(
        &client,
        live,
        Code::InvalidArg,
        Origin::Test,
        "flags 0x1",
    )
    .await;
}

#[tokio::test]
async fn each_domain_has_addresses_of_its_own() {
    let door = driver();
    let client = open(&door).await;
    let interface = |mac: &str| {
        format!(
            "<interface type='network'><mac address='{mac}'/><source network='default'/></interface>"
        )
    };
    let devices = format!(
        "<devices>{}{}</devices></domain>",
        interface("52:54:00:00:00:01"),
        interface("52:54:00:00:00:02")
    );
    let args = DomainCreateXmlArgs {
        xml_desc: document("two").replace("</domain>", &devices),
        flags: DomainCreateFlags::empty(),
    };
    let dom = ok::<DomainCreateXml>(&client, args).await.dom;
    let args = DomainInterfaceAddressesArgs {
        dom,
        source: 0,
        flags: NoFlags,
    };
    let told = ok::<DomainInterfaceAddresses>(&client, args).await;
    let told: Vec<_> = told
        .ifaces
        .iter()
        .map(|it| {
            (
                it.name.as_str(),
                it.addrs[0].addr.as_str(),
                it.addrs[0].prefix,
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            ("testnet0", "192.168.122.23", 24),
            ("testnet1", "192.168.122.24", 24)
        ]
    );
}
