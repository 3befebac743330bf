//! QEMU's object model.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::command::{Empty, command};

command! {
    /// The value of an object's property (QMP: `qom-get`).
    QomGet = "qom-get" {
        /// The object.
        path: String,
        /// The property.
        property: String,
    } -> Value
}
command! {
    /// Sets an object's property (QMP: `qom-set`).
    QomSet = "qom-set" {
        /// The object.
        path: String,
        /// The property.
        property: String,
        /// Its new value.
        value: Value,
    } -> Empty
}
command! {
    /// An object's properties (QMP: `qom-list`).
    QomList = "qom-list" {
        /// The object.
        path: String,
    } -> Vec<ObjectPropertyInfo>
}
command! {
    /// The properties of an object type (QMP: `qom-list-properties`).
    QomListProperties = "qom-list-properties" {
        /// The type.
        typename: String,
    } -> Vec<ObjectPropertyInfo>
}
command! {
    /// The properties of a device type (QMP: `device-list-properties`).
    DeviceListProperties = "device-list-properties" {
        /// The type.
        typename: String,
    } -> Vec<ObjectPropertyInfo>
}

/// The object types (QMP: `qom-list-types`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct QomListTypes {
    /// Only those that implement this interface or type.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub implements: Option<String>,
    /// Abstract ones too.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub r#abstract: Option<bool>,
}

impl crate::Command for QomListTypes {
    type Ret = Vec<ObjectTypeInfo>;
    const NAME: &'static str = "qom-list-types";
}

/// An object type (QMP: `ObjectTypeInfo`).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct ObjectTypeInfo {
    /// Its name.
    pub name: String,
    /// Whether objects cannot be made of it.
    #[serde(default)]
    pub r#abstract: bool,
    /// Its parent.
    pub parent: Option<String>,
}

/// A property (QMP: `ObjectPropertyInfo`).
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct ObjectPropertyInfo {
    /// Its name.
    pub name: String,
    /// Its type: a JSON type, or `child<…>` or `link<…>`.
    pub r#type: String,
    /// An explanation for people.
    pub description: Option<String>,
    /// Its default.
    pub default_value: Option<Value>,
}
