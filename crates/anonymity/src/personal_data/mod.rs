//! Personal data in free text: found so that the writer can take it out, never changed.
//!
//! The scanners are written by hand: they cost a respondent some kilobytes less than patterns would.
//! Names are not looked for: the most usual Finnish names are also the words of a wellbeing survey
//! (Toivo, Rauha, Onni, Ilo).

mod address;
mod email;
mod iban;
mod identity_code;
mod phone;
mod plate;
mod words;

use core::ops::Range;

use words::Text;

/// What a part of a text looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A Finnish personal identity code with a date that exists and the right check character, or
    /// any after a word that calls it so.
    IdentityCode,
    /// An e-mail address.
    Email,
    /// A telephone number.
    Phone,
    /// A bank account (IBAN with the right check digits).
    BankAccount,
    /// A street with a number, or a staircase or flat of the writer's own house.
    Address,
    /// A vehicle's registration plate.
    Plate,
}

impl Kind {
    /// A stable code, for the interface's words.
    pub const fn code(self) -> &'static str {
        match self {
            Self::IdentityCode => "identity-code",
            Self::Email => "email",
            Self::Phone => "phone",
            Self::BankAccount => "bank-account",
            Self::Address => "address",
            Self::Plate => "plate",
        }
    }

    /// Whether sending has to wait until it is taken out. The others may be meant otherwise.
    pub const fn blocks(self) -> bool {
        matches!(
            self,
            Self::IdentityCode | Self::Email | Self::Phone | Self::BankAccount
        )
    }
}

/// Where something was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What it looks like.
    pub kind: Kind,
    /// Its bytes in the text, on character boundaries.
    pub range: Range<usize>,
}

/// Gives the bytes of everything of its kind.
type Scanner = fn(&Text<'_>) -> Vec<Range<usize>>;

/// Everything in `text` that looks like personal data, in the order of the text; of findings that
/// overlap, the first in the order of [`Kind`].
pub fn find(text: &str) -> Vec<Finding> {
    let text = Text::new(text);
    let mut findings: Vec<Finding> = Vec::new();
    let scanners: [(Kind, Scanner); 6] = [
        (Kind::IdentityCode, identity_code::find),
        (Kind::Email, email::find),
        (Kind::BankAccount, iban::find),
        (Kind::Phone, phone::find),
        (Kind::Address, address::find),
        (Kind::Plate, plate::find),
    ];
    for (kind, scan) in scanners {
        for range in scan(&text) {
            let overlaps = findings
                .iter()
                .any(|it| it.range.start < range.end && range.start < it.range.end);
            if !overlaps {
                findings.push(Finding { kind, range });
            }
        }
    }
    findings.sort_by_key(|it| it.range.start);
    findings
}
