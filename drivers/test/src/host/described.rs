//! The host as a file describes it; what the file leaves out is as in the default host.

use xml::Element;

use super::HostInfo;
use crate::node_file::{NodeFileError, number, text_of};

impl HostInfo {
    /// Reads the numbers below `<node>`.
    pub(crate) fn described(node: &Element) -> Result<Self, NodeFileError> {
        let mut host = Self {
            // A file says nothing of cells.
            cells: Vec::new(),
            ..Self::default()
        };
        if let Some(memory) = child(node, "memory") {
            host.memory = number(memory, "memory")?;
        }
        let Some(cpu) = node.elements().find(|it| &*it.name == "cpu") else {
            return Ok(host);
        };
        let parts = [
            ("nodes", &mut host.nodes),
            ("sockets", &mut host.sockets),
            ("cores", &mut host.cores),
            ("threads", &mut host.threads),
            ("mhz", &mut host.mhz),
        ];
        for (name, value) in parts {
            if let Some(text) = child(cpu, name) {
                *value = number(text, name)?;
            }
        }
        let parts = [host.cores, host.threads, host.sockets, host.nodes];
        host.cpus = parts.into_iter().fold(1, i32::saturating_mul);
        if let Some(active) = child(cpu, "active") {
            host.cpus = host.cpus.min(number(active, "active")?);
        }
        if let Some(model) = child(cpu, "model") {
            model.clone_into(&mut host.model);
        }
        Ok(host)
    }
}

fn child<'a>(element: &'a Element, name: &str) -> Option<&'a str> {
    let mut elements = element.elements();
    let found = elements.find(|it| &*it.name == name)?;
    Some(text_of(found).trim())
}

/// The capabilities of a host whose cells are not described.
pub(super) fn without_cells(capabilities: &str) -> String {
    let mut inside = false;
    let mut kept = String::with_capacity(capabilities.len());
    for line in capabilities.lines() {
        match line.trim() {
            "<cells num='2'>" => {
                inside = true;
                kept.push_str("      <cells num='0'>\n");
            }
            "</cells>" => {
                inside = false;
                kept.push_str("      </cells>\n");
            }
            _ if inside => {}
            _ => {
                kept.push_str(line);
                kept.push('\n');
            }
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn host(text: &str) -> Result<HostInfo, NodeFileError> {
        let tree = xml::Tree::parse(text, &xml::Limits::default()).unwrap();
        HostInfo::described(&tree.root)
    }

    #[test]
    fn the_processors_are_the_product_of_their_parts_or_fewer() {
        let text = "<node><cpu><nodes>4</nodes><sockets>2</sockets><cores>3</cores>\
                    <threads>1</threads></cpu><memory>42</memory></node>";
        let described = host(text).unwrap();
        assert_eq!(
            (described.cpus, described.memory, described.mhz),
            (24, 42, 1400)
        );
        let text = text.replace("<threads>", "<active>7</active><threads>");
        assert_eq!(host(&text).unwrap().cpus, 7);
    }

    #[test]
    fn a_number_that_is_none_is_refused() {
        assert!(host("<node><memory>much</memory></node>").is_err());
    }
}
