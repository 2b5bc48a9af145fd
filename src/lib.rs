//! The Kuuluu app: Leptos only, thin. No rule about surveys, figures or privacy lives here.
#![expect(
    unreachable_pub,
    reason = "#[component] makes a props struct as public as its function"
)]

pub mod browser;
pub mod organise;
pub mod respond;
pub mod ui;
pub mod words;
