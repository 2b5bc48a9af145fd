//! Who asks.

use json::{Node, Severity};

use crate::Localised;

/// The organisation behind an installation.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Organisation {
    /// Its name.
    pub name: Localised,
    /// How to reach it.
    pub contact: Contact,
}

/// How to reach the organisation; at least one way is given.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Contact {
    /// An e-mail address.
    pub email: Option<String>,
    /// A telephone number.
    pub phone: Option<String>,
    /// A postal address.
    pub address: Localised,
}

impl Organisation {
    pub(super) fn read(node: &Node<'_>, languages: &[String]) -> Self {
        node.object();
        node.only(Severity::Warning, &["name", "contact"]);
        Self {
            contact: node
                .required("contact", "an object with email, phone or address")
                .map(|it| Contact::read(&it))
                .unwrap_or_default(),
            name: node
                .required("name", "the organisation's name in every language")
                .map(|it| Localised::read_complete(&it, languages))
                .unwrap_or_default(),
        }
    }
}

impl Contact {
    fn read(node: &Node<'_>) -> Self {
        if node.object().is_none() {
            return Self::default();
        }
        node.only(Severity::Warning, &["email", "phone", "address"]);
        let text = |name| Some(node.member(name)?.text()?.to_owned());
        let contact = Self {
            email: text("email"),
            phone: text("phone"),
            address: node
                .member("address")
                .map(|it| Localised::read(&it))
                .unwrap_or_default(),
        };
        if let Some(email) = &contact.email
            && !email.split_once('@').is_some_and(|(local, domain)| {
                !local.is_empty() && domain.contains('.') && !email.contains(char::is_whitespace)
            })
            && let Some(member) = node.member("email")
        {
            member.wrong("an e-mail address");
        }
        if contact == Self::default() {
            node.wrong("at least one of email, phone and address");
        }
        contact
    }
}
