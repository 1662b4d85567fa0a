//! Dates as sources give them, spans, and the clock that plays. Pure: no wall clock is ever read here.
//!
//! From the ground up:
//!
//! - [`Day`]: one day, as a number; what everything is compared and counted in;
//! - [`Date`]: what a source says about a day: "June 1914", `191X`, "c. 44 BCE". Its words are kept and never rewritten;
//! - [`Span`]: from one date to an [`End`], half-open inside;
//! - [`clock`]: the current day, and how it moves when it plays or steps;
//! - [`ticks`]: what a time axis shows: ticks, snapping, the histogram.
//!
//! Years are astronomical inside (year 0 is 1 BCE) and in ISO 8601 and EDTF text. People are shown BCE and CE, without a year 0.

pub mod clock;
pub mod ticks;

mod date;
mod date_error;
mod day;
mod iso;
mod moving;
mod names;
mod pace;
mod plain;
mod reading;
mod span;
mod speed;
mod split;
mod stride;

pub use clock::{Clock, Direction, Ending, Speed, Step, TimeMode};
pub use date::{Date, Precision};
pub use date_error::{DateError, DateFault};
pub use day::Day;
pub use names::MONTHS;
pub use span::{End, Span, SpanError};
pub use stride::{Stride, UnknownStride};
pub use ticks::{Lasting, Tick, histogram, snap};
