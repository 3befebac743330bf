//! Devices and backend objects that come and go.

use serde::Serialize;
use serde_json::{Map, Value};

use crate::command::{Empty, command};

/// Plugs a device (QMP: `device_add`).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(transparent)]
pub struct DeviceAdd(
    /// Its properties: `driver`, `id`, `bus` and whatever the driver takes.
    pub Map<String, Value>,
);

impl crate::Command for DeviceAdd {
    type Ret = Empty;
    const NAME: &'static str = "device_add";
}

command! {
    /// Asks the guest to let go of a device (QMP: `device_del`); `DEVICE_DELETED` tells when it
    /// has.
    DeviceDel = "device_del" {
        /// The device's id or path.
        id: String,
    } -> Empty
}

/// Makes a backend object (QMP: `object-add`).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(transparent)]
pub struct ObjectAdd(
    /// Its properties: `qom-type`, `id` and whatever the type takes.
    pub Map<String, Value>,
);

impl crate::Command for ObjectAdd {
    type Ret = Empty;
    const NAME: &'static str = "object-add";
}

command! {
    /// Removes a backend object (QMP: `object-del`).
    ObjectDel = "object-del" {
        /// Its id.
        id: String,
    } -> Empty
}
