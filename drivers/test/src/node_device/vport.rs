//! Virtual ports of fibre channel adapters: the devices that can be made and removed.

use documents::node_device::{
    DeviceCapability, NodeDevice, ParentDevice, ScsiHostCapability, ScsiHostSubCapability,
};
use driver::{Call, Error, Routes};
use protocol::enums::NodeDeviceEventLifecycleType as Event;
use protocol::flags::NodeDeviceCreateXmlFlags;
use protocol::remote::{
    NodeDeviceCreateXml, NodeDeviceCreateXmlArgs, NodeDeviceCreateXmlRet, NodeDeviceDestroy,
    NodeDeviceDestroyArgs,
};

use super::capability::{self, fibre_channel};
use super::error::NodeDeviceError;
use super::{NodeDevices, Table, target, wire};
use crate::{TestDriver, uuid};

/// What a device is called that has no name yet.
const NEW: &str = "new device";

/// The number of the first SCSI host that a virtual port becomes.
const FIRST_HOST: u32 = 12;

pub(super) fn routes(routes: &mut Routes<TestDriver>) {
    routes
        .on::<NodeDeviceCreateXml>(create)
        .on::<NodeDeviceDestroy>(destroy);
}

async fn create(
    call: Call<TestDriver>,
    args: NodeDeviceCreateXmlArgs,
) -> Result<NodeDeviceCreateXmlRet, Error> {
    let options = match args.flags.contains(NodeDeviceCreateXmlFlags::VALIDATE) {
        true => xml::Options::strict(),
        false => xml::Options::lenient(),
    };
    let document: NodeDevice = xml::parse(&args.xml_desc, &options)?;
    if document.capabilities.is_empty() {
        return Err(NodeDeviceError::NoCapability(NEW.to_owned()).into());
    }
    call.allow(&target(NEW))?;
    let asked = fibre_channel(&document).ok_or(NodeDeviceError::NoFibreChannel)?;
    let node = or_random(asked.wwnn.clone())?;
    let port = or_random(asked.wwpn.clone())?;
    let devices = call.driver().node_devices();
    let mut table = devices.lock();
    let parent = parent(&table, document.parent.as_ref())?;
    let name = add(&mut table, parent, node, port);
    devices.publish(&name, Event::Created);
    Ok(NodeDeviceCreateXmlRet { dev: wire(&name) })
}

async fn destroy(call: Call<TestDriver>, args: NodeDeviceDestroyArgs) -> Result<(), Error> {
    let devices = call.driver().node_devices();
    devices.read(&call, &args.name, |device| {
        fibre_channel(device).ok_or(NodeDeviceError::NoFibreChannel)?;
        Ok(())
    })?;
    if devices.lock().remove(&args.name).is_some() {
        devices.publish(&args.name, Event::Deleted);
    }
    Ok(())
}

impl NodeDevices {
    /// Makes a virtual port on an adapter that can have one, for a storage pool.
    pub(crate) fn create_vport(&self, node: String, port: String) -> Result<(), Error> {
        let mut table = self.lock();
        let parent = parent(&table, None)?;
        let name = add(&mut table, parent, node, port);
        self.publish(&name, Event::Created);
        Ok(())
    }

    /// Removes the virtual port that a storage pool has made, if it is still there.
    pub(crate) fn delete_vport(&self, port: &str) {
        let mut table = self.lock();
        let is_it = |device: &NodeDevice| {
            !has_vports(device)
                && fibre_channel(device).is_some_and(|it| it.wwpn.as_deref() == Some(port))
        };
        let found = table.iter().find(|(_, device)| is_it(device));
        if let Some(name) = found.map(|(name, _)| name.clone()) {
            table.remove(&name);
            self.publish(&name, Event::Deleted);
        }
    }
}

/// The adapter on which a new port is to be: the one that is named or described, or any.
fn parent(table: &Table, asked: Option<&ParentDevice>) -> Result<String, NodeDeviceError> {
    let none = || NodeDeviceError::NoParent(NEW.to_owned());
    let by = |is_it: &dyn Fn(&ScsiHostSubCapability) -> bool| {
        let mut devices = table.iter();
        devices.find(|(_, device)| fibre_channel(device).is_some_and(is_it))
    };
    let asked = asked.cloned().unwrap_or_default();
    let found = match (&asked.name, &asked.wwnn, &asked.wwpn, &asked.fabric_wwn) {
        (Some(name), ..) => table.get_key_value(name),
        (None, None, None, None) => table.iter().find(|(_, device)| has_vports(device)),
        (None, node @ Some(_), port @ Some(_), _) => {
            by(&|known| known.wwnn == *node && known.wwpn == *port)
        }
        (None, None, None, fabric) => by(&|known| known.fabric_wwn == *fabric),
        (None, ..) => return Err(NodeDeviceError::HalfParent),
    };
    let (name, device) = found.ok_or_else(none)?;
    match has_vports(device) {
        true => Ok(name.clone()),
        false => Err(NodeDeviceError::NoVports(name.clone())),
    }
}

fn has_vports(device: &NodeDevice) -> bool {
    capability::all(device).any(|(word, _)| word == "vports")
}

/// Adds a port to a parent that is there, and returns its name.
fn add(table: &mut Table, parent: String, node: String, port: String) -> String {
    let is_free = |host: &u32| !table.contains_key(&format!("scsi_host{host}"));
    let host = (FIRST_HOST..u32::MAX).find(is_free).unwrap_or(u32::MAX);
    let fabric = table.get(&parent).and_then(fibre_channel);
    let adapter = ScsiHostSubCapability {
        kind: "fc_host".to_owned(),
        wwnn: Some(node),
        wwpn: Some(port),
        fabric_wwn: fabric.and_then(|fabric| fabric.fabric_wwn.clone()),
        ..ScsiHostSubCapability::default()
    };
    let name = format!("scsi_host{host}");
    let device = NodeDevice {
        name: Some(name.clone()),
        parent: Some(ParentDevice {
            name: Some(parent),
            ..ParentDevice::default()
        }),
        capabilities: vec![DeviceCapability::ScsiHost(ScsiHostCapability {
            host,
            unique_id: Some(host.saturating_sub(1)),
            capabilities: vec![adapter],
        })],
        ..NodeDevice::default()
    };
    table.insert(name.clone(), device);
    name
}

/// The name that a document gives, or one of the form NAA 5 with random digits.
fn or_random(wwn: Option<String>) -> Result<String, NodeDeviceError> {
    if let Some(wwn) = wwn {
        return Ok(wwn);
    }
    let random = uuid::random().ok_or(NodeDeviceError::NoRandom)?.to_string();
    let digits = random.bytes().filter(u8::is_ascii_hexdigit).take(9);
    Ok(format!(
        "5100000{}",
        digits.map(char::from).collect::<String>()
    ))
}
