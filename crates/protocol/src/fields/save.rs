//! How a domain is saved and restored.

use super::fields;

fields! {
    "VIR_DOMAIN_SAVE_PARAM_DXML" DXML = "dxml";
    "VIR_DOMAIN_SAVE_PARAM_FILE" FILE = "file";
    "VIR_DOMAIN_SAVE_PARAM_IMAGE_FORMAT" IMAGE_FORMAT = "image_format";
    "VIR_DOMAIN_SAVE_PARAM_PARALLEL_CHANNELS" PARALLEL_CHANNELS = "parallel.channels";
}
