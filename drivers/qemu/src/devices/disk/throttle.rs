//! Groups of limits, and the filters that put a disk into them.

use documents::domain::ThrottleGroup;
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::devices::part::Part;
use crate::domain::DomainError;
use crate::domain::disk_limits::for_each_limit;

/// A group of limits.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
struct Group {
    qom_type: &'static str,
    id: String,
    limits: Map<String, Value>,
}

/// A filter that is limited.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
struct Filter {
    driver: &'static str,
    node_name: String,
    throttle_group: String,
    file: String,
}

/// A group, which comes before the disks that are in it.
pub(crate) fn group(group: &ThrottleGroup) -> Result<Part, DomainError> {
    let mut limits = Map::new();
    let (mut of_group, mut lengths) = (group.limits.clone(), group.lengths.clone());
    for_each_limit(&mut of_group, &mut lengths, |name, limit| {
        // A burst has no length of zero: there the default stays.
        if limit.is_some() || !name.ends_with("-length") {
            limits.insert(name.to_owned(), json!(limit.unwrap_or_default()));
        }
    });
    Ok(Part::object(&Group {
        qom_type: "throttle-group",
        id: id(group.name.as_deref().unwrap_or_default()),
        limits,
    })?)
}

/// The filter with the number `number` on top of the node `file`; returns its name.
pub(super) fn filter(
    group: &str,
    number: u32,
    file: String,
    parts: &mut Vec<Part>,
) -> Result<String, DomainError> {
    let node_name = format!("libvirt-{number}-filter");
    parts.push(Part::blockdev(&Filter {
        driver: "throttle",
        node_name: node_name.clone(),
        throttle_group: id(group),
        file,
    })?);
    Ok(node_name)
}

fn id(group: &str) -> String {
    format!("throttle-{group}")
}
