//! The document of a domain with 120 devices.

/// 40 disks, 40 interfaces and 40 other devices of many kinds, none of them with an address: each
/// gets one, on a root port that is made for it.
pub(crate) fn document() -> String {
    let mut devices = String::new();
    for index in 0..40 {
        let letter = |number: usize| char::from_u32(u32::from('a') + u32::try_from(number).ok()?);
        let name: String = [index / 26, index % 26]
            .into_iter()
            .filter_map(letter)
            .collect();
        devices.push_str(&format!(
            "<disk type='file' device='disk'><driver name='qemu' type='qcow2' cache='none' io='native'/>\
             <source file='/images/{index}.qcow2'/><target dev='vd{name}' bus='virtio'/>\
             <serial>S{index}</serial></disk>\
             <interface type='bridge'><mac address='52:54:00:00:00:{index:02x}'/>\
             <source bridge='br0'/><model type='virtio'/></interface>"
        ));
        devices.push_str(match index % 4 {
            0 if index < 16 => "<serial type='null'/>",
            0 => "<input type='mouse' bus='virtio'/>",
            1 => "<channel type='null'><target type='virtio'/></channel>",
            2 => "<input type='tablet' bus='virtio'/>",
            _ => "<rng model='virtio'><backend model='random'>/dev/urandom</backend></rng>",
        });
    }
    format!(
        "<domain type='qemu'><name>large</name><uuid>1b6c6d0e-6b5e-4b8e-9d0a-0242ac110001</uuid>\
         <memory unit='GiB'>4</memory><vcpu>4</vcpu><os><type arch='x86_64' machine='pc-q35-10.0'>hvm</type></os>\
         <features><acpi/><apic/></features><devices>{devices}</devices></domain>"
    )
}
