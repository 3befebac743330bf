//! AMD SEV of the host.

use super::fields;

fields! {
    "VIR_NODE_SEV_CBITPOS" CBITPOS = "cbitpos";
    "VIR_NODE_SEV_CERT_CHAIN" CERT_CHAIN = "cert-chain";
    "VIR_NODE_SEV_CPU0_ID" CPU0_ID = "cpu0-id";
    "VIR_NODE_SEV_MAX_ES_GUESTS" MAX_ES_GUESTS = "max-es-guests";
    "VIR_NODE_SEV_MAX_GUESTS" MAX_GUESTS = "max-guests";
    "VIR_NODE_SEV_PDH" PDH = "pdh";
    "VIR_NODE_SEV_REDUCED_PHYS_BITS" REDUCED_PHYS_BITS = "reduced-phys-bits";
}
