//! Save images as libvirt writes them, of other byte order and version, and damaged ones.

use super::*;

const DOMAIN: &str = "<domain type='qemu'><name>a</name><memory unit='KiB'>65536</memory>\
    <os><type>hvm</type></os></domain>";

fn image(cookie: Option<SaveCookie>) -> SaveImage {
    SaveImage {
        complete: true,
        was_running: true,
        format: SaveFormat::Zstd,
        domain: Box::new(parse(DOMAIN, &Options::lenient()).unwrap()),
        cookie,
    }
}

fn cookie() -> SaveCookie {
    let text = "<cookie><cpu mode='custom' match='exact' check='full'><model>qemu64</model></cpu>\
        <slirpHelper/></cookie>";
    parse(text, &Options::strict()).unwrap()
}

/// The bytes with the number at `at` replaced.
fn with(mut bytes: Vec<u8>, at: usize, number: u32) -> Vec<u8> {
    bytes[at..at + 4].copy_from_slice(&number.to_le_bytes());
    bytes
}

#[test]
fn what_is_written_comes_back() {
    for cookie in [None, Some(cookie())] {
        for complete in [true, false] {
            let image = SaveImage {
                complete,
                ..image(cookie.clone())
            };
            let mut bytes = image.write().unwrap();
            let offset = Header::read(&bytes).unwrap().memory_offset();
            assert_eq!(offset, bytes.len());
            assert!(bytes.len() > usize::try_from(SPARE).unwrap());
            bytes.extend_from_slice(b"QEVM and the memory");
            assert_eq!(SaveImage::read(&bytes), Ok(image));
        }
    }
}

#[test]
fn every_form_of_memory_has_its_number_and_name() {
    for format in SaveFormat::ALL {
        let image = SaveImage {
            format,
            ..image(None)
        };
        let read = SaveImage::read(&image.write().unwrap()).unwrap();
        assert_eq!(read.format, format);
        assert_eq!(SaveFormat::from_name(format.name()), Some(format));
    }
    assert_eq!(SaveFormat::from_name("rar"), None);
}

#[test]
fn the_other_byte_order_is_read() {
    let image = image(Some(cookie()));
    let mut bytes = image.write().unwrap();
    for word in bytes[16..HEADER_LENGTH].chunks_mut(4) {
        word.reverse();
    }
    assert_eq!(SaveImage::read(&bytes), Ok(image));
}

#[test]
fn version_1_knows_no_compression() {
    let bytes = with(image(None).write().unwrap(), 16, 1);
    assert_eq!(SaveImage::read(&bytes).unwrap().format, SaveFormat::Raw);
}

#[test]
fn a_document_of_another_length_keeps_the_memory_where_it_is() {
    let mut image = image(Some(cookie()));
    let room = u32::try_from(image.documents().0.len()).unwrap() + 40;
    let before = image.write_within(room).unwrap();
    image.domain.title = Some("a title".to_owned());
    let after = image.write_within(room).unwrap();
    assert_eq!(after.len(), before.len());
    assert_eq!(SaveImage::read(&after), Ok(image.clone()));

    image.domain.title = Some("t".repeat(100));
    let error = image.write_within(room).unwrap_err();
    assert!(matches!(error, SaveImageError::NoRoom { .. }), "{error}");
}

#[test]
fn a_header_that_lies_is_refused() {
    let good = image(Some(cookie())).write().unwrap();
    let check = |bytes: &[u8], expected: SaveImageError| {
        assert_eq!(SaveImage::read(bytes), Err(expected));
    };
    check(
        b"QFI\xfb and more than sixteen bytes",
        SaveImageError::NotSaved,
    );
    for length in [0, 15, 16, 91] {
        let needed = HEADER_LENGTH;
        check(&good[..length], SaveImageError::Short { length, needed });
    }
    let (length, needed) = (good.len() - 1, good.len());
    check(&good[..length], SaveImageError::Short { length, needed });
    check(&with(good.clone(), 16, 0), SaveImageError::Version(0));
    check(&with(good.clone(), 28, 7), SaveImageError::Format(7));
    let limit = header::ROOM_LIMIT;
    for length in [0, limit + 1, u32::MAX] {
        check(
            &with(good.clone(), 20, length),
            SaveImageError::Length { length, limit },
        );
    }
    let length = u32::try_from(good.len() - HEADER_LENGTH).unwrap();
    let offset = length;
    check(
        &with(good, 32, offset),
        SaveImageError::CookieOffset { offset, length },
    );
}

#[test]
fn damaged_documents_are_named() {
    let good = image(Some(cookie())).write().unwrap();
    let mut bytes = good.clone();
    bytes[HEADER_LENGTH] = 0xff;
    let document = "domain's document";
    assert_eq!(
        SaveImage::read(&bytes),
        Err(SaveImageError::NotText { document })
    );
    bytes[HEADER_LENGTH] = b'[';
    let error = SaveImage::read(&bytes).unwrap_err();
    assert!(matches!(error, SaveImageError::Document { document: it, .. } if it == document));

    let error = SaveImage::read(&with(good, 32, 3)).unwrap_err();
    assert!(matches!(error, SaveImageError::Document { .. }), "{error}");
}
