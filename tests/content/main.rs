//! What the atlas says: every data file, rule and fact of it.

mod area;
mod balance;
mod bibliography;
mod checks;
mod cities;
mod rules;
mod stories;
mod war_in_ukraine;
