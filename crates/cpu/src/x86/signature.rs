//! Family, model and stepping of a processor.

/// The signature of a processor, from EAX of CPUID leaf 1.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Signature {
    /// The family, with its extension added.
    pub family: u32,
    /// The model, with its extension in front.
    pub model: u32,
    /// The stepping.
    pub stepping: u32,
}

/// The signatures that a model stands for: one family and model, and steppings from a first to a last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Pattern {
    family: u32,
    model: u32,
    steppings: (u32, u32),
}

/// The largest stepping: it has four bits.
const LAST: u32 = 15;

pub(super) const fn sig(family: u32, model: u32) -> Pattern {
    stepped(family, model, 0, LAST)
}

pub(super) const fn stepped(family: u32, model: u32, first: u32, last: u32) -> Pattern {
    Pattern {
        family,
        model,
        steppings: (first, last),
    }
}

impl Signature {
    /// Reads EAX of leaf 1. The extensions are added whatever the family is, as libvirt does.
    #[must_use]
    pub fn from_eax(eax: u32) -> Option<Self> {
        (eax != 0).then_some(Self {
            family: ((eax >> 20) & 0xff) + ((eax >> 8) & 0xf),
            model: ((eax >> 12) & 0xf0) + ((eax >> 4) & 0xf),
            stepping: eax & 0xf,
        })
    }
}

impl Pattern {
    pub(super) fn matches(self, signature: Signature) -> bool {
        let (first, last) = self.steppings;
        self.family == signature.family
            && self.model == signature.model
            && (first..=last).contains(&signature.stepping)
    }

    /// The first signature that it stands for.
    pub(super) fn first(self) -> Signature {
        Signature {
            family: self.family,
            model: self.model,
            stepping: if self.steppings == (0, LAST) {
                0
            } else {
                self.steppings.0
            },
        }
    }

    #[cfg(test)]
    pub(super) fn parts(self) -> (u32, u32, (u32, u32)) {
        (self.family, self.model, self.steppings)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_extensions_count() {
        let milan = Signature::from_eax(0x00a0_0f11).unwrap();
        assert_eq!((milan.family, milan.model, milan.stepping), (25, 1, 1));
        assert_eq!(Signature::from_eax(0), None);
        assert!(stepped(6, 85, 5, 7).matches(Signature::from_eax(0x5_0657).unwrap()));
        assert!(!stepped(6, 85, 5, 7).matches(Signature::from_eax(0x5_0654).unwrap()));
    }
}
