//! An application that embeds the driver, for tests that end it: `embedder URI DOCUMENT` starts
//! the domain of the file DOCUMENT, says `up`, and stays until its input ends.
#![allow(clippy::print_stdout, reason = "the test reads it")]

use std::io::Read;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, uri, document] = arguments.as_slice() else {
        return Err("usage: embedder URI DOCUMENT".into());
    };
    let host = ferrovirt::blocking::open(uri)?;
    let domain = host.create_domain(&std::fs::read_to_string(document)?)?;
    println!("up {}", domain.name());
    std::io::stdin().read_to_end(&mut Vec::new())?;
    Ok(host.close()?)
}
