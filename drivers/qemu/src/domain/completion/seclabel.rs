//! `<seclabel>`.

use documents::domain::{DeviceSecLabel, Domain, SecLabel, SecLabelKind};

/// The model of a guest that nobody confines.
const NONE: &str = "none";

/// Fills in the labels. Those of an earlier run are dropped.
pub(super) fn complete(domain: &mut Domain) {
    // Without a type, a label says nothing that is kept.
    domain
        .seclabels
        .retain(|label| label.kind.is_some() || label.model.as_deref() == Some(NONE));
    let alone = domain.seclabels.len() == 1;
    for label in &mut domain.seclabels {
        complete_label(label, alone);
    }
}

/// Fills in the labels of one device's files: those that say nothing are dropped.
pub(super) fn complete_files(labels: &mut Vec<DeviceSecLabel>) {
    labels.retain(|label| label.label.is_some() || label.relabel == Some(false));
    for label in labels {
        // Only the driver itself says that a file could not be labelled.
        label.labelskip = None;
        label.relabel.get_or_insert(true);
    }
}

fn complete_label(label: &mut SecLabel, alone: bool) {
    let unmodelled = label.model.is_none() && alone;
    if unmodelled || label.model.as_deref() == Some(NONE) {
        // Without a security driver, nothing is labelled.
        *label = SecLabel {
            kind: Some(SecLabelKind::None),
            model: Some(NONE.to_owned()),
            ..SecLabel::default()
        };
        return;
    }
    label.imagelabel = None;
    match label.kind {
        Some(SecLabelKind::Static) => {
            // Files are the host's own affair unless the document takes them over.
            label.relabel.get_or_insert(false);
            // A label that is given whole is made of nothing.
            label.baselabel = None;
        }
        Some(SecLabelKind::Dynamic) => {
            label.relabel.get_or_insert(true);
            label.label = None;
        }
        Some(SecLabelKind::None) | None => {}
    }
}
