//! What flags accept and what they say when they do not.

use super::{ConnectFlags, DomainMigrateFlags, DomainXmlFlags, NoFlags, Tolerant, Wide};

#[test]
fn known_flags_pass() {
    let flags = DomainXmlFlags::SECURE | DomainXmlFlags::INACTIVE;
    let bytes = xdr::to_bytes(&flags).unwrap();
    assert_eq!(bytes, [0, 0, 0, 3]);
    assert_eq!(xdr::from_bytes::<DomainXmlFlags>(&bytes), Ok(flags));
}

#[test]
fn an_unknown_flag_is_named_by_type_and_bit() {
    let error = xdr::from_bytes::<DomainXmlFlags>(&[0x80, 0, 0, 1]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "unknown bits 0x80000000 in DomainXmlFlags (at byte 0)"
    );
}

#[test]
fn wide_flags_are_as_strict() {
    let wide = Wide(DomainMigrateFlags::LIVE);
    let bytes = xdr::to_bytes(&wide).unwrap();
    assert_eq!(bytes, [0, 0, 0, 0, 0, 0, 0, 1]);
    assert_eq!(xdr::from_bytes(&bytes), Ok(wide));
    let error = xdr::from_bytes::<Wide<DomainMigrateFlags>>(&[1, 0, 0, 0, 0, 0, 0, 1]);
    let text = error.unwrap_err().to_string();
    assert_eq!(
        text,
        "unknown bits 0x100000000000000 in DomainMigrateFlags (at byte 0)"
    );
}

#[test]
fn no_flags_means_zero() {
    assert_eq!(xdr::from_bytes::<NoFlags>(&[0; 4]), Ok(NoFlags));
    let error = xdr::from_bytes::<NoFlags>(&[0, 0, 0, 4]).unwrap_err();
    assert_eq!(error.to_string(), "flags must be zero, got 0x4 (at byte 0)");
}

#[test]
fn the_private_bits_of_the_c_client_do_not_keep_it_out() {
    let opened: Tolerant<ConnectFlags> = xdr::from_bytes(&5u32.to_be_bytes()).unwrap();
    assert!(opened.contains(ConnectFlags::RO));
    assert!(xdr::from_bytes::<ConnectFlags>(&5u32.to_be_bytes()).is_err());
}
