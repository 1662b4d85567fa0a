//! How fast the clock plays.

use serde::{Deserialize, Serialize};

/// Mean length of a Gregorian year in days.
const YEAR_DAYS: f64 = 365.2425;
/// Mean length of a Gregorian month in days.
const MONTH_DAYS: f64 = YEAR_DAYS / 12.0;

/// Speeds one key press apart, slowest first.
const PRESETS: [f64; 12] = [
    1.0 / 24.0,
    0.25,
    1.0,
    7.0,
    MONTH_DAYS,
    3.0 * MONTH_DAYS,
    YEAR_DAYS,
    5.0 * YEAR_DAYS,
    10.0 * YEAR_DAYS,
    25.0 * YEAR_DAYS,
    50.0 * YEAR_DAYS,
    100.0 * YEAR_DAYS,
];

/// Units to say a speed in, longest first.
const UNITS: [(f64, &str); 6] =
    [(100.0 * YEAR_DAYS, "century"), (YEAR_DAYS, "year"), (MONTH_DAYS, "month"), (7.0, "week"), (1.0, "day"), (1.0 / 24.0, "hour")];

/// Days of history that pass in a second of playing: from an hour to a century a second. A new clock plays a year a second.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(from = "f64", into = "f64")]
pub struct Speed(f64);

impl Speed {
    /// An hour a second.
    pub const SLOWEST: Speed = Speed(PRESETS[0]);
    /// A century a second.
    pub const FASTEST: Speed = Speed(PRESETS[PRESETS.len() - 1]);

    /// The nearest speed there is; what is no number becomes the default.
    pub fn new(days_per_sec: f64) -> Speed {
        if days_per_sec.is_nan() { Speed::default() } else { Speed(days_per_sec.clamp(Speed::SLOWEST.0, Speed::FASTEST.0)) }
    }

    /// Days a second; always positive.
    pub fn days_per_sec(self) -> f64 {
        self.0
    }

    /// The speeds one key press apart, slowest first.
    pub fn presets() -> impl Iterator<Item = Speed> {
        PRESETS.into_iter().map(Speed)
    }

    /// The next faster preset; the fastest stays.
    pub fn faster(self) -> Speed {
        Speed::presets().find(|preset| *preset > self).unwrap_or(Speed::FASTEST)
    }

    /// The next slower preset; the slowest stays.
    pub fn slower(self) -> Speed {
        Speed::presets().filter(|preset| *preset < self).last().unwrap_or(Speed::SLOWEST)
    }

    /// For people: `1 year a second`, `25 years a second`, `1.5 days a second`.
    pub fn label(self) -> String {
        // A little less than the unit still counts as one of it, so that rounding never says "12.0 months".
        let unit = UNITS.iter().find(|(days, _)| self.0 >= days * 0.99).or(UNITS.last());
        let (days, name) = unit.copied().unwrap_or((1.0, "day"));
        let count = (self.0 / days * 10.0).round() / 10.0;
        let plural = if name == "century" { "centuries".to_owned() } else { format!("{name}s") };
        if count == 1.0 { format!("1 {name} a second") } else { format!("{count} {plural} a second") }
    }
}

impl Default for Speed {
    fn default() -> Speed {
        Speed(YEAR_DAYS)
    }
}

impl From<f64> for Speed {
    fn from(days_per_sec: f64) -> Speed {
        Speed::new(days_per_sec)
    }
}

impl From<Speed> for f64 {
    fn from(speed: Speed) -> f64 {
        speed.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faster_and_slower_walk_the_presets() {
        let up: Vec<Speed> =
            std::iter::successors(Some(Speed::SLOWEST), |speed| (*speed < Speed::FASTEST).then(|| speed.faster())).collect();
        assert!(up.iter().copied().eq(Speed::presets()));
        assert!(up.windows(2).all(|pair| pair[1].slower() == pair[0]));
        assert_eq!((Speed::FASTEST.faster(), Speed::SLOWEST.slower()), (Speed::FASTEST, Speed::SLOWEST));
        assert_eq!(Speed::new(2.0).faster(), Speed::new(7.0));
    }

    #[test]
    fn any_number_becomes_a_speed() {
        assert_eq!(Speed::new(f64::NAN), Speed::default());
        assert_eq!(Speed::new(f64::INFINITY), Speed::FASTEST);
        assert_eq!(Speed::new(-1.0), Speed::SLOWEST);
        assert_eq!(serde_json::from_str::<Speed>("1e300").expect("a speed"), Speed::FASTEST);
    }

    #[test]
    fn speeds_are_said_in_fitting_units() {
        let labels: Vec<String> = Speed::presets().map(Speed::label).collect();
        assert_eq!(labels[..5], ["1 hour a second", "6 hours a second", "1 day a second", "1 week a second", "1 month a second"]);
        assert_eq!(labels[5..8], ["3 months a second", "1 year a second", "5 years a second"]);
        assert_eq!(labels[11], "1 century a second");
        assert_eq!(Speed::new(1.5).label(), "1.5 days a second");
    }
}
