//! Boots a Linux inside this process, with no daemon: `embed KERNEL INITRD`.
#![allow(clippy::print_stdout, reason = "an example shows what it does")]

use ferrovirt::{Chunk, flags};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, kernel, initrd] = arguments.as_slice() else {
        return Err("usage: embed KERNEL INITRD".into());
    };
    // Everything of this driver is below one directory; other roots are other worlds.
    let host = ferrovirt::open("qemu:///embed?root=/tmp/embed-example").await?;
    let document = format!(
        "<domain type='qemu'>
           <name>guest</name>
           <memory unit='MiB'>256</memory>
           <os>
             <type arch='x86_64' machine='q35'>hvm</type>
             <kernel>{kernel}</kernel>
             <initrd>{initrd}</initrd>
             <cmdline>console=ttyS0</cmdline>
           </os>
           <devices><console type='pty'/></devices>
         </domain>"
    );
    // With this flag the guest ends with the connection, whatever happens to us.
    let how = flags::DomainCreateFlags::START_AUTODESTROY;
    let guest = host.create_domain_with(&document, how).await?;
    let console = guest.open_console(None, flags::DomainConsoleFlags::empty());
    let (console, mut said) = (console.await?, String::new());
    while !said.contains("guest ready")
        && let Some(Chunk::Data(bytes)) = console.recv().await?
    {
        said.push_str(&String::from_utf8_lossy(&bytes));
    }
    println!("{said}\nNow it is {:?}.", guest.state().await?);
    Ok(guest.destroy().await?)
}
