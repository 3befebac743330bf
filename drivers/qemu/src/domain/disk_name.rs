//! Target names of disks: `vda`, `sdab`, `hdc`, and the number that each stands for.

/// The prefixes that a disk's target name may have.
pub(crate) const PREFIXES: &[&str] = &["fd", "hd", "sd", "vd", "xvd", "ubd"];

/// The number of a target name, counting from 0: `vda` is 0, `vdz` 25, `vdaa` 26. A trailing partition number is
/// passed over. Nothing for any other name.
pub(crate) fn index(name: &str) -> Option<u32> {
    let letters = PREFIXES
        .iter()
        .find_map(|prefix| name.strip_prefix(prefix))?;
    let end = letters
        .find(|c: char| !c.is_ascii_lowercase())
        .unwrap_or(letters.len());
    let (letters, partition) = letters.split_at_checked(end)?;
    if letters.is_empty() || !is_partition(partition) {
        return None;
    }
    let mut number: u32 = 0;
    for letter in letters.bytes() {
        number = number
            .checked_mul(26)?
            .checked_add(u32::from(letter - b'a') + 1)?;
    }
    number.checked_sub(1)
}

/// Whether a target name is of a partition: `vda1`.
pub(crate) fn has_partition(name: &str) -> bool {
    let number = name.trim_start_matches(|c: char| !c.is_ascii_digit());
    index(name).is_some() && !matches!(number, "" | "0")
}

/// Nothing, or a number without leading zeros.
fn is_partition(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit()) && (text.len() < 2 || !text.starts_with('0'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, expected: Option<u32>) {
        assert_eq!(index(name), expected, "{name}");
    }

    #[test]
    fn letters_count_like_a_spreadsheets_columns() {
        check("vda", Some(0));
        check("sdz", Some(25));
        check("hdaa", Some(26));
        check("xvdab", Some(27));
        check("vda1", Some(0));
    }

    #[test]
    fn digits_are_a_partition() {
        for (name, expected) in [
            ("vda1", true),
            ("vda10", true),
            ("vda", false),
            ("vda0", false),
        ] {
            assert_eq!(has_partition(name), expected, "{name}");
        }
    }

    #[test]
    fn other_names_have_no_number() {
        for name in [
            "",
            "vd",
            "/dev/hda",
            "vdA",
            "vda01",
            "nvme0",
            "vda-1",
            "sdzzzzzzzzz",
        ] {
            check(name, None);
        }
    }
}
