//! What the processor says of itself when asked with the instruction CPUID.

use std::collections::BTreeMap;

/// The registers EAX, EBX, ECX and EDX by leaf and sub-leaf.
pub type Leaves = BTreeMap<(u32, u32), [u32; 4]>;

/// Where the extended leaves begin.
const EXTENDED: u32 = 0x8000_0000;

/// Asks for leaves and sub-leaves; those that the processor does not have are left out, because it would answer with
/// those of another one. Leaf 0, which names the maker, is always there. Empty on another architecture.
#[must_use]
pub fn leaves(wanted: &[(u32, u32)]) -> Leaves {
    let Some([basic, ..]) = ask(0, 0) else {
        return Leaves::new();
    };
    let extended = ask(EXTENDED, 0).map_or(0, |[eax, ..]| eax);
    let exists = |leaf: u32| leaf <= basic || (EXTENDED..=extended).contains(&leaf);
    let mut found = Leaves::new();
    for (leaf, sub_leaf) in [(0, 0)].iter().chain(wanted) {
        if exists(*leaf)
            && let Some(registers) = ask(*leaf, *sub_leaf)
        {
            found.insert((*leaf, *sub_leaf), registers);
        }
    }
    found
}

#[cfg(target_arch = "x86_64")]
fn ask(leaf: u32, sub_leaf: u32) -> Option<[u32; 4]> {
    let answer = core::arch::x86_64::__cpuid_count(leaf, sub_leaf);
    Some([answer.eax, answer.ebx, answer.ecx, answer.edx])
}

#[cfg(not(target_arch = "x86_64"))]
fn ask(_: u32, _: u32) -> Option<[u32; 4]> {
    None
}

#[cfg(test)]
#[cfg(target_arch = "x86_64")]
mod tests {
    use super::leaves;

    #[test]
    fn the_maker_has_twelve_letters_and_a_leaf_that_does_not_exist_is_left_out() {
        let found = leaves(&[(1, 0), (0x3fff_ffff, 0), (0xffff_ffff, 0)]);
        let [_, ebx, ecx, edx] = found[&(0, 0)];
        let bytes = [ebx, edx, ecx].map(u32::to_le_bytes).concat();
        assert!(bytes.iter().all(u8::is_ascii_graphic), "{bytes:?}");
        assert_ne!(found[&(1, 0)][3], 0);
        assert_eq!(found.len(), 2);
    }
}
