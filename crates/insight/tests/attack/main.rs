//! An attacker from outside the crate: reads all that can be asked for, and works out what it can.

mod follow_ups;
mod hidden_cells;
mod nobody;
mod numbers;
mod onlooker;
mod people;
mod referrals;
mod solver;
mod usefulness;
mod values;
