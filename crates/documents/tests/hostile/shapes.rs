//! Documents that are made to cost: each shape aims at another part of a reader.

/// Bytes of the largest document that a client can send.
pub(crate) const SENDABLE: usize = 4 << 20;

/// Tags that a document may have, with some left for what is around.
const TAGS: usize = 20_000 - 16;

/// A shape: its name and the document of about so many bytes.
pub(crate) type Shape = (&'static str, fn(usize) -> String);

/// All shapes.
pub(crate) const SHAPES: [Shape; 19] = [
    ("deep nesting", |bytes| "<a>".repeat(bytes / 3)),
    ("deep nesting of known elements", |bytes| {
        let layer = "<backingStore type='file'><format type='qcow2'/><source file='/a'/>";
        devices(&format!("<disk>{}", layer.repeat(bytes / layer.len())))
    }),
    ("many unknown elements", |bytes| {
        domain(&fill("<x/>", bytes))
    }),
    ("many misspelt elements", |bytes| {
        domain(&fill("<memoryBackin/>", bytes))
    }),
    ("many devices", |bytes| devices(&fill("<disk/>", bytes))),
    ("many interfaces", |bytes| {
        devices(&fill("<interface type='user'/>", bytes))
    }),
    ("many consoles", |bytes| {
        devices(&fill("<console type='pty'/>", bytes))
    }),
    ("many whole devices", |bytes| {
        let disk = "<disk type='file' device='disk'><source file='/a'/><target dev='vda' bus='virtio'/></disk>";
        devices(&fill(disk, bytes))
    }),
    ("many wrappers", |bytes| {
        domain(&fill("<vcpus/><iothreadids/>", bytes))
    }),
    ("many attributes", |bytes| {
        let attributes: String = (0..bytes / 12).map(|it| format!(" a{it}='1'")).collect();
        format!("<domain{attributes}/>")
    }),
    ("attributes up to their limit", |bytes| {
        let attributes: String = (0..120).map(|it| format!(" a{it}=''")).collect();
        domain(&fill(&format!("<x{attributes}/>"), bytes))
    }),
    ("a long text", |bytes| {
        domain(&format!("<name>{}</name>", "n".repeat(bytes)))
    }),
    ("a long text of references", |bytes| {
        domain(&format!("<name>{}</name>", "&amp;".repeat(bytes / 5)))
    }),
    ("a long attribute", |bytes| {
        format!("<domain type='{}'/>", "t".repeat(bytes))
    }),
    ("many lines", |bytes| domain(&"\n".repeat(bytes))),
    ("many comments", |bytes| {
        domain(&"<!---->".repeat(bytes / 7))
    }),
    ("many namespaces", |bytes| {
        domain(&fill("<a xmlns='u'/>", bytes))
    }),
    ("an entity bomb", |bytes| {
        let mut bomb = String::from("<!DOCTYPE domain [<!ENTITY e0 \"ha\">");
        for level in 1..20 {
            let inner = format!("&e{};", level - 1).repeat(10);
            bomb.push_str(&format!("<!ENTITY e{level} \"{inner}\">"));
        }
        format!("{bomb}]><domain>&e19;{}</domain>", " ".repeat(bytes))
    }),
    ("an open tag", |bytes| {
        format!("<domain {}", " ".repeat(bytes))
    }),
];

/// As many of the part as there may be: more tags are refused by their number alone.
fn fill(part: &str, bytes: usize) -> String {
    let tags = part.matches('<').count();
    let fitting = (TAGS / tags).min(bytes / part.len());
    let filling = part.repeat(fitting);
    // The rest is white space, so that the document is as long as it is said to be.
    let rest = " ".repeat(bytes - filling.len());
    filling + &rest
}

fn domain(inside: &str) -> String {
    format!("<domain type='qemu'>{inside}</domain>")
}

fn devices(inside: &str) -> String {
    domain(&format!("<devices>{inside}</devices>"))
}
