//! The comment at the top of the files that a driver writes.

/// The comment that tells a human reader to edit the object by `command` instead of the file.
///
/// `object` is named only when it can be typed into a shell as it is and cannot end the comment.
#[must_use]
pub fn generated_header(command: &str, object: &str) -> String {
    let target = if is_plain(object) {
        format!(" {object}")
    } else {
        String::new()
    };
    format!(
        "<!--\nThis file is written by the virtualization daemon, which overwrites changes made \
         here.\nChange the object itself instead, for example with:\n  virsh {command}{target}\n\
         -->\n\n"
    )
}

fn is_plain(object: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-');
    object.chars().all(plain)
        && !object.contains("--")
        && !object.starts_with('-')
        && !object.ends_with('-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_names_the_object() {
        assert!(generated_header("edit", "web-1").contains("  virsh edit web-1\n"));
    }

    #[test]
    fn a_name_cannot_end_the_comment() {
        for name in ["--><domain/>", "a--b", "a b", "$(reboot)", "-x", "x-"] {
            let header = generated_header("edit", name);
            assert_eq!(header.matches("--").count(), 2, "{header}");
            assert!(header.contains("  virsh edit\n"), "{header}");
        }
    }
}
