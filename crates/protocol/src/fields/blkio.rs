//! Block I/O limits of a domain.

use super::fields;

fields! {
    "VIR_DOMAIN_BLKIO_DEVICE_READ_BPS" DEVICE_READ_BPS = "device_read_bytes_sec";
    "VIR_DOMAIN_BLKIO_DEVICE_READ_IOPS" DEVICE_READ_IOPS = "device_read_iops_sec";
    "VIR_DOMAIN_BLKIO_DEVICE_WEIGHT" DEVICE_WEIGHT = "device_weight";
    "VIR_DOMAIN_BLKIO_DEVICE_WRITE_BPS" DEVICE_WRITE_BPS = "device_write_bytes_sec";
    "VIR_DOMAIN_BLKIO_DEVICE_WRITE_IOPS" DEVICE_WRITE_IOPS = "device_write_iops_sec";
    "VIR_DOMAIN_BLKIO_WEIGHT" WEIGHT = "weight";
}
