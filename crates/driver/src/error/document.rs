//! What a document's faults are to the clients of the public API.

use protocol::error::{Code, Origin};
use xml::{Errors, Fault, Problem};

use super::{ToError, Wording};

impl ToError for Errors {
    fn code(&self) -> Code {
        // A missing name has a code of its own, whatever else is wrong; a schema does not know that.
        let nameless =
            |problem: &Problem| matches!(problem, Problem::MissingElement { name: "name", .. });
        let mut problems = self.as_slice().iter().map(|error| &error.problem);
        match self.as_slice().first().map(|error| &error.problem) {
            Some(Problem::Syntax(_)) => Code::XmlDetail,
            _ if self.fault() != Fault::Schema && problems.any(nameless) => Code::NoName,
            _ => match self.fault() {
                Fault::Xml | Fault::Content => Code::XmlError,
                Fault::Unsupported => Code::ConfigUnsupported,
                Fault::Internal => Code::InternalError,
                Fault::Schema => Code::XmlInvalidSchema,
                Fault::Argument => Code::InvalidArg,
                Fault::Overflow => Code::Overflow,
                Fault::Detail => Code::XmlDetail,
            },
        }
    }

    fn origin(&self) -> Option<Origin> {
        // What does not follow a schema is the parser's finding, whatever the document is.
        if self.code() == Code::XmlInvalidSchema {
            return Some(Origin::Xml);
        }
        let path = self
            .as_slice()
            .first()
            .map_or("", |error| error.path.as_str());
        let root = path
            .split(['/', '['])
            .find(|part| !part.is_empty())
            .unwrap_or_default();
        if root == "domain"
            && self.code() != Code::NoName
            && let Some(origin) = self.as_slice().first().and_then(reading)
        {
            return Some(origin);
        }
        Some(match root {
            "network" | "networkport" => Origin::Network,
            "pool" | "volume" => Origin::Storage,
            "interface" | "bridge" | "bond" => Origin::Interface,
            "device" => Origin::Nodedev,
            "secret" => Origin::Secret,
            "filter" | "filterbinding" => Origin::Nwfilter,
            "domainsnapshot" => Origin::DomainSnapshot,
            "domaincheckpoint" => Origin::DomainCheckpoint,
            _ => Origin::Domain,
        })
    }

    fn wording(&self) -> Wording {
        match self.code() {
            Code::NoName => Wording::CodeOnly,
            _ => Wording::Prefixed,
        }
    }
}

/// Values of a domain's document are read by parts that know no domain: those of XML, of sizes, or of what several
/// kinds of documents have, which the declaration says by their public numbers.
fn reading(error: &xml::Error) -> Option<Origin> {
    let declared = match error.origin {
        xml::Origin::Document => None,
        xml::Origin::Part(number) => Some(Origin::from(number)),
    };
    let is_value = matches!(
        error.problem,
        Problem::MissingAttribute { .. }
            | Problem::AttributeValue { .. }
            | Problem::TextValue { .. }
    );
    match (is_value, error.fault) {
        (true, Fault::Xml) => Some(Origin::Xml),
        (false, Fault::Xml) => None,
        (true, Fault::Argument | Fault::Overflow) => Some(Origin::None),
        _ => declared,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Error;

    #[derive(Debug, Default, Clone, PartialEq, xml::Xml)]
    #[xml(name = "network")]
    struct Network {
        #[xml(text_child, required)]
        name: String,
        #[xml(text_child)]
        mtu: Option<u32>,
    }

    fn check(text: &str, options: &xml::Options, code: Code, phrase: &str) {
        let errors = xml::parse::<Network>(text, options).unwrap_err();
        let body = Error::from(errors).to_body(Origin::Qemu);
        assert_eq!(body.code, code);
        assert!(body.text().contains(phrase), "{}", body.text());
    }

    #[test]
    fn faults_have_the_codes_of_the_public_api() {
        let (lenient, strict) = (xml::Options::lenient(), xml::Options::strict());
        check("nonsense", &lenient, Code::XmlDetail, "line 1");
        check(
            "<network/>",
            &lenient,
            Code::NoName,
            "missing name information",
        );
        check(
            "<net><name>x</name></net>",
            &lenient,
            Code::XmlError,
            "XML error: ",
        );
        let wrong = "<network><name>x</name><mtu>many</mtu></network>";
        check(wrong, &lenient, Code::XmlError, "<mtu>");
        let unknown = "<network><name>x</name><mtoo/></network>";
        check(
            unknown,
            &strict,
            Code::XmlInvalidSchema,
            "unknown element <mtoo>",
        );
    }

    #[test]
    fn values_of_a_domain_are_the_business_of_those_who_read_them() {
        const CPU: xml::Origin = xml::Origin::Part(Origin::Cpu.value());
        #[derive(Debug, Default, Clone, PartialEq, xml::Xml)]
        #[xml(name = "domain")]
        struct Domain {
            #[xml(attribute)]
            id: Option<u32>,
            #[xml(text_child, unit = "KiB")]
            memory: Option<u64>,
            #[xml(text_child, fault = "Content")]
            vcpu: Option<u32>,
            #[xml(child)]
            cpu: Option<Cpu>,
        }
        #[derive(Debug, Default, Clone, PartialEq, xml::Xml)]
        #[xml(origin = "CPU")]
        struct Cpu {
            #[xml(attribute, fault = "Unsupported")]
            check: Option<u32>,
            #[xml(attribute)]
            count: Option<u32>,
        }
        let origin = |text: &str, options: xml::Options| {
            xml::parse::<Domain>(text, &options).unwrap_err().origin()
        };
        let check = |text: &str, expected| {
            assert_eq!(
                origin(text, xml::Options::lenient()),
                Some(expected),
                "{text}"
            );
        };
        check("<domain id='x'/>", Origin::Xml);
        check("<domain><vcpu>x</vcpu></domain>", Origin::Domain);
        check("<domain><cpu check='x'/></domain>", Origin::Cpu);
        check("<domain><cpu count='x'/></domain>", Origin::Xml);
        check("<domain><memory unit='x'>1</memory></domain>", Origin::None);
        let strict = origin("<domain><x/></domain>", xml::Options::strict());
        assert_eq!(strict, Some(Origin::Xml));
    }

    #[test]
    fn the_origin_follows_the_document() {
        let strict = "<network><x/></network>";
        let errors = xml::parse::<Network>(strict, &xml::Options::strict()).unwrap_err();
        assert_eq!(errors.origin(), Some(Origin::Xml));
        assert_eq!(
            errors.code(),
            Code::XmlInvalidSchema,
            "though it has no name"
        );
        let errors = xml::parse::<Network>("<network/>", &xml::Options::lenient()).unwrap_err();
        assert_eq!(errors.origin(), Some(Origin::Network));
    }
}
