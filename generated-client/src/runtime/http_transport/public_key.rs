//! The public key within a certificate.

/// A value of DER.
struct Element<'d> {
    tag: u8,
    /// With its tag and length.
    whole: &'d [u8],
    content: &'d [u8],
    rest: &'d [u8],
}

/// The number of fields between the version of a certificate and its key: serial number, algorithm,
/// issuer, validity and subject.
const FIELDS_BEFORE_KEY: usize = 5;

/// The tag of the version, which may be missing.
const VERSION: u8 = 0xa0;

/// The `SubjectPublicKeyInfo` of a certificate, in DER as the certificate is.
pub(super) fn public_key(certificate: &[u8]) -> Option<&[u8]> {
    let signed = element(element(certificate)?.content)?;
    let mut fields = signed.content;
    let version = element(fields)?;
    if version.tag == VERSION {
        fields = version.rest;
    }
    for _ in 0..FIELDS_BEFORE_KEY {
        fields = element(fields)?.rest;
    }
    Some(element(fields)?.whole)
}

fn element(der: &[u8]) -> Option<Element<'_>> {
    let (&[tag, first], _) = der.split_first_chunk()?;
    let (length, start) = match usize::from(first) {
        short @ ..0x80 => (short, 2),
        long => {
            let end = 2 + (long & 0x7f);
            let digits = der
                .get(2..end)
                .filter(|digits| (1..=4).contains(&digits.len()))?;
            let digits = digits.iter();
            (
                digits.fold(0, |length, digit| length << 8 | usize::from(*digit)),
                end,
            )
        }
    };
    let end = start.checked_add(length)?;
    Some(Element {
        tag,
        whole: der.get(..end)?,
        content: der.get(start..end)?,
        rest: der.get(end..)?,
    })
}

#[cfg(test)]
mod tests {
    use rcgen::{CertificateParams, KeyPair, PublicKeyData as _};

    use super::public_key;

    #[test]
    fn the_key_is_found_and_what_is_cut_off_is_none() {
        let params = CertificateParams::new(["a.example".to_owned()]).expect("it is a name");
        let key = KeyPair::generate().expect("a key can be made");
        let certificate = params.self_signed(&key).expect("it is right");
        let der: &[u8] = certificate.der();
        assert_eq!(
            public_key(der),
            Some(key.subject_public_key_info().as_slice())
        );
        for length in 0..der.len() {
            assert_eq!(public_key(&der[..length]), None, "{length}");
        }
        assert_eq!(public_key(&[0x30, 0x84, 0xff, 0xff, 0xff, 0xff]), None);
        assert_eq!(public_key(&[0x30, 0x80, 0x30, 0x80]), None);
    }
}
