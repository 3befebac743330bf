//! What a tunable event names.

use super::fields;

fields! {
    "VIR_DOMAIN_TUNABLE_BLKDEV_DISK" BLKDEV_DISK = "blkdeviotune.disk";
    "VIR_DOMAIN_TUNABLE_BLKDEV_GROUP_NAME" BLKDEV_GROUP_NAME = "blkdeviotune.group_name";
    "VIR_DOMAIN_TUNABLE_BLKDEV_READ_BYTES_SEC"
        BLKDEV_READ_BYTES_SEC = "blkdeviotune.read_bytes_sec";
    "VIR_DOMAIN_TUNABLE_BLKDEV_READ_BYTES_SEC_MAX"
        BLKDEV_READ_BYTES_SEC_MAX = "blkdeviotune.read_bytes_sec_max";
    "VIR_DOMAIN_TUNABLE_BLKDEV_READ_BYTES_SEC_MAX_LENGTH"
        BLKDEV_READ_BYTES_SEC_MAX_LENGTH = "blkdeviotune.read_bytes_sec_max_length";
    "VIR_DOMAIN_TUNABLE_BLKDEV_READ_IOPS_SEC" BLKDEV_READ_IOPS_SEC = "blkdeviotune.read_iops_sec";
    "VIR_DOMAIN_TUNABLE_BLKDEV_READ_IOPS_SEC_MAX"
        BLKDEV_READ_IOPS_SEC_MAX = "blkdeviotune.read_iops_sec_max";
    "VIR_DOMAIN_TUNABLE_BLKDEV_READ_IOPS_SEC_MAX_LENGTH"
        BLKDEV_READ_IOPS_SEC_MAX_LENGTH = "blkdeviotune.read_iops_sec_max_length";
    "VIR_DOMAIN_TUNABLE_BLKDEV_SIZE_IOPS_SEC" BLKDEV_SIZE_IOPS_SEC = "blkdeviotune.size_iops_sec";
    "VIR_DOMAIN_TUNABLE_BLKDEV_TOTAL_BYTES_SEC"
        BLKDEV_TOTAL_BYTES_SEC = "blkdeviotune.total_bytes_sec";
    "VIR_DOMAIN_TUNABLE_BLKDEV_TOTAL_BYTES_SEC_MAX"
        BLKDEV_TOTAL_BYTES_SEC_MAX = "blkdeviotune.total_bytes_sec_max";
    "VIR_DOMAIN_TUNABLE_BLKDEV_TOTAL_BYTES_SEC_MAX_LENGTH"
        BLKDEV_TOTAL_BYTES_SEC_MAX_LENGTH = "blkdeviotune.total_bytes_sec_max_length";
    "VIR_DOMAIN_TUNABLE_BLKDEV_TOTAL_IOPS_SEC"
        BLKDEV_TOTAL_IOPS_SEC = "blkdeviotune.total_iops_sec";
    "VIR_DOMAIN_TUNABLE_BLKDEV_TOTAL_IOPS_SEC_MAX"
        BLKDEV_TOTAL_IOPS_SEC_MAX = "blkdeviotune.total_iops_sec_max";
    "VIR_DOMAIN_TUNABLE_BLKDEV_TOTAL_IOPS_SEC_MAX_LENGTH"
        BLKDEV_TOTAL_IOPS_SEC_MAX_LENGTH = "blkdeviotune.total_iops_sec_max_length";
    "VIR_DOMAIN_TUNABLE_BLKDEV_WRITE_BYTES_SEC"
        BLKDEV_WRITE_BYTES_SEC = "blkdeviotune.write_bytes_sec";
    "VIR_DOMAIN_TUNABLE_BLKDEV_WRITE_BYTES_SEC_MAX"
        BLKDEV_WRITE_BYTES_SEC_MAX = "blkdeviotune.write_bytes_sec_max";
    "VIR_DOMAIN_TUNABLE_BLKDEV_WRITE_BYTES_SEC_MAX_LENGTH"
        BLKDEV_WRITE_BYTES_SEC_MAX_LENGTH = "blkdeviotune.write_bytes_sec_max_length";
    "VIR_DOMAIN_TUNABLE_BLKDEV_WRITE_IOPS_SEC"
        BLKDEV_WRITE_IOPS_SEC = "blkdeviotune.write_iops_sec";
    "VIR_DOMAIN_TUNABLE_BLKDEV_WRITE_IOPS_SEC_MAX"
        BLKDEV_WRITE_IOPS_SEC_MAX = "blkdeviotune.write_iops_sec_max";
    "VIR_DOMAIN_TUNABLE_BLKDEV_WRITE_IOPS_SEC_MAX_LENGTH"
        BLKDEV_WRITE_IOPS_SEC_MAX_LENGTH = "blkdeviotune.write_iops_sec_max_length";
    "VIR_DOMAIN_TUNABLE_CPU_CPU_SHARES" CPU_CPU_SHARES = "cputune.cpu_shares";
    "VIR_DOMAIN_TUNABLE_CPU_EMULATORPIN" CPU_EMULATORPIN = "cputune.emulatorpin";
    "VIR_DOMAIN_TUNABLE_CPU_EMULATOR_PERIOD" CPU_EMULATOR_PERIOD = "cputune.emulator_period";
    "VIR_DOMAIN_TUNABLE_CPU_EMULATOR_QUOTA" CPU_EMULATOR_QUOTA = "cputune.emulator_quota";
    "VIR_DOMAIN_TUNABLE_CPU_GLOBAL_PERIOD" CPU_GLOBAL_PERIOD = "cputune.global_period";
    "VIR_DOMAIN_TUNABLE_CPU_GLOBAL_QUOTA" CPU_GLOBAL_QUOTA = "cputune.global_quota";
    "VIR_DOMAIN_TUNABLE_CPU_IOTHREADSPIN" CPU_IOTHREADSPIN = "cputune.iothreadpin%u";
    "VIR_DOMAIN_TUNABLE_CPU_IOTHREAD_PERIOD" CPU_IOTHREAD_PERIOD = "cputune.iothread_period";
    "VIR_DOMAIN_TUNABLE_CPU_IOTHREAD_QUOTA" CPU_IOTHREAD_QUOTA = "cputune.iothread_quota";
    "VIR_DOMAIN_TUNABLE_CPU_VCPUPIN" CPU_VCPUPIN = "cputune.vcpupin%u";
    "VIR_DOMAIN_TUNABLE_CPU_VCPU_PERIOD" CPU_VCPU_PERIOD = "cputune.vcpu_period";
    "VIR_DOMAIN_TUNABLE_CPU_VCPU_QUOTA" CPU_VCPU_QUOTA = "cputune.vcpu_quota";
}
