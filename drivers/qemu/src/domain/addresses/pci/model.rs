//! The kinds of PCI buses and what plugs into each.

use documents::domain::Controller;

/// The models of PCI controllers, spelled as documents spell them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub(crate) enum BusModel {
    PciRoot,
    PcieRoot,
    PciBridge,
    DmiToPciBridge,
    PcieToPciBridge,
    PcieRootPort,
    PcieSwitchUpstreamPort,
    PcieSwitchDownstreamPort,
    PciExpanderBus,
    PcieExpanderBus,
}

const NAMES: &[(BusModel, &str)] = &[
    (BusModel::PciRoot, "pci-root"),
    (BusModel::PcieRoot, "pcie-root"),
    (BusModel::PciBridge, "pci-bridge"),
    (BusModel::DmiToPciBridge, "dmi-to-pci-bridge"),
    (BusModel::PcieToPciBridge, "pcie-to-pci-bridge"),
    (BusModel::PcieRootPort, "pcie-root-port"),
    (
        BusModel::PcieSwitchUpstreamPort,
        "pcie-switch-upstream-port",
    ),
    (
        BusModel::PcieSwitchDownstreamPort,
        "pcie-switch-downstream-port",
    ),
    (BusModel::PciExpanderBus, "pci-expander-bus"),
    (BusModel::PcieExpanderBus, "pcie-expander-bus"),
];

impl BusModel {
    /// The model of a PCI controller; nothing where the document names none, or one that is not known.
    pub(crate) fn of(controller: &Controller) -> Option<Self> {
        let named = controller.model.as_deref()?;
        let mut known = NAMES.iter();
        known
            .find(|(_, name)| *name == named)
            .map(|(model, _)| *model)
    }

    /// The name that documents have for the model.
    pub(crate) fn name(self) -> Option<&'static str> {
        let mut known = NAMES.iter();
        known
            .find(|(model, _)| *model == self)
            .map(|(_, name)| *name)
    }

    /// The device of QEMU that makes such a bus unless the document names another; the roots come with the machine.
    pub(crate) fn device(self) -> Option<&'static str> {
        match self {
            Self::PciRoot | Self::PcieRoot => None,
            Self::PciBridge => Some("pci-bridge"),
            Self::DmiToPciBridge => Some("i82801b11-bridge"),
            Self::PcieToPciBridge => Some("pcie-pci-bridge"),
            Self::PcieRootPort => Some("pcie-root-port"),
            Self::PcieSwitchUpstreamPort => Some("x3130-upstream"),
            Self::PcieSwitchDownstreamPort => Some("xio3130-downstream"),
            Self::PciExpanderBus => Some("pxb"),
            Self::PcieExpanderBus => Some("pxb-pcie"),
        }
    }

    /// What plugs into the bus that the controller provides, its first and last slot, and whether devices are put
    /// there without being asked to.
    pub(super) fn offers(self) -> (&'static [Plug], u32, u32, bool) {
        use Plug::{
            DmiToPciBridge, DownstreamPort, Integrated, Pci, PciBridge, PciExpander, Pcie,
            PcieExpander, PcieToPciBridge, RootPort, UpstreamPort,
        };
        match self {
            Self::PciRoot => (&[Pci, PciBridge, PciExpander], 1, 31, true),
            Self::PciBridge | Self::PcieToPciBridge => (&[Pci, PciBridge], 1, 31, true),
            Self::PciExpanderBus => (&[Pci, PciBridge], 0, 31, true),
            Self::PcieRoot => (
                &[Pcie, Integrated, RootPort, DmiToPciBridge, PcieExpander],
                1,
                31,
                false,
            ),
            Self::DmiToPciBridge => (&[Pci, PciBridge], 0, 31, false),
            Self::PcieRootPort | Self::PcieSwitchDownstreamPort => {
                (&[Pcie, UpstreamPort, PcieToPciBridge], 0, 0, true)
            }
            Self::PcieSwitchUpstreamPort => (&[DownstreamPort], 0, 31, false),
            Self::PcieExpanderBus => (&[RootPort, DmiToPciBridge], 0, 31, false),
        }
    }

    /// What the controller itself plugs into; the roots plug into nothing.
    pub(crate) fn plug(self) -> Option<Plug> {
        match self {
            Self::PciRoot | Self::PcieRoot => None,
            Self::PciBridge => Some(Plug::PciBridge),
            Self::DmiToPciBridge => Some(Plug::DmiToPciBridge),
            Self::PcieToPciBridge => Some(Plug::PcieToPciBridge),
            Self::PcieRootPort => Some(Plug::RootPort),
            Self::PcieSwitchUpstreamPort => Some(Plug::UpstreamPort),
            Self::PcieSwitchDownstreamPort => Some(Plug::DownstreamPort),
            Self::PciExpanderBus => Some(Plug::PciExpander),
            Self::PcieExpanderBus => Some(Plug::PcieExpander),
        }
    }
}

/// The kinds of things that plug into a PCI bus.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Plug {
    /// A conventional PCI device.
    Pci,
    /// A PCI Express device.
    Pcie,
    /// An endpoint that is a part of the root complex.
    Integrated,
    /// A `pci-bridge`.
    PciBridge,
    /// A `pcie-root-port`; several may share a slot as its functions.
    RootPort,
    /// A `pcie-switch-upstream-port`.
    UpstreamPort,
    /// A `pcie-switch-downstream-port`.
    DownstreamPort,
    /// A `dmi-to-pci-bridge`.
    DmiToPciBridge,
    /// A `pcie-to-pci-bridge`.
    PcieToPciBridge,
    /// A `pci-expander-bus`.
    PciExpander,
    /// A `pcie-expander-bus`.
    PcieExpander,
}

impl Plug {
    /// Whether such a device waits for a bus that takes devices by itself (controllers do not).
    pub(super) fn auto_assigned(self) -> bool {
        matches!(self, Self::Pci | Self::Pcie)
    }

    /// The words for "it requires a controller that accepts a …".
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Pci => "standard PCI device",
            Self::Pcie | Self::Integrated => "PCI Express device",
            Self::PciBridge => "pci-bridge",
            Self::RootPort => "pcie-root-port",
            Self::UpstreamPort => "pcie-switch-upstream-port",
            Self::DownstreamPort => "pcie-switch-downstream-port",
            Self::DmiToPciBridge => "dmi-to-pci-bridge",
            Self::PcieToPciBridge => "pcie-to-pci-bridge",
            Self::PciExpander => "pci-expander-bus",
            Self::PcieExpander => "pcie-expander-bus",
        }
    }
}
