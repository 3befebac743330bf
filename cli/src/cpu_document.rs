//! The processors that a file describes: on their own, in documents of domains, in capabilities.

use roxmltree::{Document, Node};

use crate::arguments::Arguments;
use crate::failure::Failure;
use crate::shell::{Shell, read_file};
use crate::xpath::XPathError;

/// The `<cpu>` elements in the file that the option `file` names; at least one.
pub(crate) fn of_file(arguments: &Arguments) -> Result<Vec<String>, Failure> {
    let found = found(arguments)?;
    Ok(found.into_iter().map(|(_, cpu)| cpu).collect())
}

/// As [`of_file`], for what is done with guests' processors: that of a host is not quite one, which
/// the user is told.
pub(crate) fn of_guests(shell: &Shell, arguments: &Arguments) -> Result<Vec<String>, Failure> {
    let found = found(arguments)?;
    if found.iter().any(|(place, _)| *place == Place::Host) {
        shell.report(&Failure::Usage {
            what: "using host CPU definition as input may provide incorrect results",
        });
    }
    Ok(found.into_iter().map(|(_, cpu)| cpu).collect())
}

fn found(arguments: &Arguments) -> Result<Vec<(Place, String)>, Failure> {
    let path = arguments.required("file")?;
    let cpus = all(&read_file(path)?)?;
    if cpus.is_empty() {
        return Err(Failure::NoCpu {
            path: path.to_owned(),
        });
    }
    Ok(cpus)
}

/// A file may hold several documents, which have no common root.
fn all(text: &str) -> Result<Vec<(Place, String)>, Failure> {
    let text = format!("<container>{}</container>", without_declaration(text));
    let document =
        Document::parse(&text).map_err(|error| XPathError::Document(error.to_string()))?;
    let nodes = document.descendants().filter_map(|node| {
        let place = place(node)?;
        let cpu = match place {
            Place::Cpu | Place::Host => text.get(node.range())?.to_owned(),
            Place::HostModel => format!("<cpu>{}</cpu>", inner(node, &text)),
        };
        Some((place, cpu))
    });
    Ok(nodes.collect())
}

fn without_declaration(text: &str) -> &str {
    let text = text.trim_start();
    let declared = text.starts_with("<?xml");
    match declared.then(|| text.split_once("?>")).flatten() {
        Some((_, rest)) => rest,
        None => text,
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Cpu,
    /// The host's own, in its capabilities.
    Host,
    /// What the host's processor is for a guest, in the capabilities of domains.
    HostModel,
}

fn place(node: Node<'_, '_>) -> Option<Place> {
    let names: Vec<&str> = node
        .ancestors()
        .filter(Node::is_element)
        .map(|it| it.tag_name().name())
        .collect();
    match names[..] {
        ["cpu", "container"] | ["cpu", "domain", "container"] => Some(Place::Cpu),
        ["cpu", "host", "capabilities", "container"] => Some(Place::Host),
        ["mode", "cpu", "domainCapabilities", "container"] => {
            let is = |name, value| node.attribute(name) == Some(value);
            (is("name", "host-model") && is("supported", "yes")).then_some(Place::HostModel)
        }
        _ => None,
    }
}

fn inner<'t>(node: Node<'_, '_>, text: &'t str) -> &'t str {
    let (first, last) = (node.first_child(), node.last_child());
    let range = first
        .zip(last)
        .map(|(first, last)| first.range().start..last.range().end);
    range.and_then(|range| text.get(range)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::all;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let found = all(text).expect("documents");
        let found: Vec<&str> = found.iter().map(|(_, cpu)| cpu.as_str()).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn processors_are_found_where_documents_have_them() {
        check("<cpu><arch>a</arch></cpu>", &["<cpu><arch>a</arch></cpu>"]);
        check(
            "<?xml version='1.0'?>\n<cpu/><cpu x='1'/>",
            &["<cpu/>", "<cpu x='1'/>"],
        );
        check(
            "<domain><cpu mode='custom'/></domain>",
            &["<cpu mode='custom'/>"],
        );
        check(
            "<capabilities><host><cpu/></host></capabilities>",
            &["<cpu/>"],
        );
        check(
            "<domainCapabilities><cpu><mode name='host-model' supported='yes'><model>m</model></mode>\
             <mode name='custom' supported='yes'/></cpu></domainCapabilities>",
            &["<cpu><model>m</model></cpu>"],
        );
        check(
            "<domainCapabilities><cpu><mode name='host-model' supported='no'/></cpu></domainCapabilities>",
            &[],
        );
        check("<capabilities><guest><cpu/></guest></capabilities>", &[]);
        check("words", &[]);
        assert!(all("<cpu>").is_err());
    }
}
