//! `/results/{survey}`: what an organiser has published, for anyone.
//!
//! The page reads one file of aggregates ([`wire::Results`]) and nothing else. It draws with the
//! same hands as the organiser's page; the organiser's preview is this page.
#![expect(
    unreachable_pub,
    reason = "#[component] makes a props struct as public as its function"
)]

mod files;
mod page;
mod view;

pub(crate) use page::open;
pub(crate) use view::PublicResults;
