//! The archive format of an initramfs: cpio, "newc" (kernel: early-userspace/buffer-format).

/// What an entry is, with its permission bits.
#[derive(Clone, Copy, Debug)]
pub(super) enum Kind {
    Directory,
    Program,
    File,
    /// A character device: major and minor number.
    Device(u32, u32),
}

impl Kind {
    fn mode(self) -> u32 {
        match self {
            Self::Directory => 0o040_755,
            Self::Program => 0o100_755,
            Self::File => 0o100_644,
            Self::Device(..) => 0o020_600,
        }
    }
}

/// An archive under construction. Owners are root and times zero, so equal input gives equal bytes.
#[derive(Debug, Default)]
pub(super) struct Archive {
    bytes: Vec<u8>,
    entries: u32,
}

impl Archive {
    /// Adds an entry; its name is relative, and its directory must have been added before.
    pub(super) fn add(&mut self, name: &str, kind: Kind, content: &[u8]) {
        let links = if matches!(kind, Kind::Directory) {
            2
        } else {
            1
        };
        self.entry(name, kind.mode(), links, kind, content);
    }

    /// The finished archive.
    pub(super) fn finish(mut self) -> Vec<u8> {
        self.entry("TRAILER!!!", 0, 1, Kind::File, &[]);
        self.bytes
    }

    fn entry(&mut self, name: &str, mode: u32, links: u32, kind: Kind, content: &[u8]) {
        self.entries += 1;
        let (major, minor) = match kind {
            Kind::Device(major, minor) => (major, minor),
            _ => (0, 0),
        };
        let (size, name_size) = (content.len(), name.len() + 1);
        let inode = self.entries;
        // magic; inode, mode, uid, gid, links, time; size, own device; device; name size, sum.
        let header = format!(
            "070701{inode:08x}{mode:08x}{0:08x}{0:08x}{links:08x}{0:08x}\
             {size:08x}{0:08x}{0:08x}{major:08x}{minor:08x}{name_size:08x}{0:08x}",
            0
        );
        self.bytes.extend(header.bytes());
        self.bytes.extend(name.bytes());
        self.bytes.push(0);
        self.pad();
        self.bytes.extend(content);
        self.pad();
    }

    /// Name and content both end on a multiple of four bytes.
    fn pad(&mut self) {
        self.bytes.resize(self.bytes.len().next_multiple_of(4), 0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_archive_is_headers_names_and_contents_on_four_byte_borders() {
        let mut archive = Archive::default();
        archive.add("dev", Kind::Directory, &[]);
        archive.add("dev/console", Kind::Device(5, 1), &[]);
        archive.add("init", Kind::Program, b"hello");
        let bytes = archive.finish();
        assert_eq!(bytes.len() % 4, 0);
        let text = String::from_utf8_lossy(&bytes);
        assert_eq!(text.matches("070701").count(), 4);
        let header = "0707010000000300008 1ed".replace(' ', "");
        let init = text.find(&header).expect("the program's header");
        assert_eq!(&text[init + 54..init + 62], "00000005", "its size");
        assert_eq!(&bytes[init + 110..init + 115], b"init\0");
        assert_eq!(
            &bytes[init + 116..init + 121],
            b"hello",
            "after padding to a border"
        );
        assert!(text.contains("TRAILER!!!"));
    }
}
