//! A date on another day, as finely given as it was.

use super::{Date, Day, Precision, iso};

impl Date {
    /// The date on another day, given as finely as this one and with the same doubts: `1914~` moved to a day in 1915 is `1915~`. Of an interval the first
    /// day that is given goes to the day, and its other side goes along. Where such a date cannot be written it is the day itself.
    pub fn moved_to(&self, day: Day) -> Date {
        let text = match self.precision {
            Precision::Interval => self.moved_interval(day),
            precision => point_text(precision, day).map(|text| format!("{text}{}", self.doubts())),
        };
        let moved = text.and_then(|text| Date::parse(&text).ok());
        moved
            .filter(|date| self.precision == Precision::Interval || (date.earliest <= day && day <= date.latest))
            .unwrap_or_else(|| Date::on(day))
    }

    /// The date so many days later (earlier if negative), as finely given: a year becomes another one when its middle lies in that.
    pub fn moved_by(&self, days: i64) -> Date {
        if self.precision != Precision::Interval {
            let middle = self.earliest.plus_days((self.latest.get() - self.earliest.get()) / 2);
            return self.moved_to(middle.plus_days(days));
        }
        let moved = self.interval_by(days).and_then(|text| Date::parse(&text).ok());
        moved.unwrap_or_else(|| self.clone())
    }

    /// What EDTF writes behind a date that is doubted.
    fn doubts(&self) -> &'static str {
        match (self.approximate, self.uncertain) {
            (true, true) => "%",
            (true, false) => "~",
            (false, true) => "?",
            (false, false) => "",
        }
    }

    fn moved_interval(&self, day: Day) -> Option<String> {
        let edtf = self.edtf();
        let (start, end) = edtf.split_once('/')?;
        let given = |side: &str| Date::parse(side).ok();
        let base = given(start).or_else(|| given(end))?.earliest;
        self.interval_by(day.get() - base.get())
    }

    fn interval_by(&self, days: i64) -> Option<String> {
        let edtf = self.edtf();
        let (start, end) = edtf.split_once('/')?;
        let given = |side: &str| Date::parse(side).ok();
        let moved = |side: &str| given(side).map_or_else(|| side.to_owned(), |date| date.moved_by(days).text);
        Some(format!("{}/{}", moved(start), moved(end)))
    }
}

/// A day, or the month, season, year, decade or century that it is in; `None` for what has no such text.
fn point_text(precision: Precision, day: Day) -> Option<String> {
    let (year, month, _) = day.ymd();
    let stretch = |years: i64| iso::stretch_text(year.div_euclid(years) * years, year.div_euclid(years) * years + years - 1);
    Some(match precision {
        Precision::Day => day.to_string(),
        Precision::Month => day.to_string().rsplit_once('-')?.0.to_owned(),
        // Winter begins in the December of its year.
        Precision::Season => match month {
            1 | 2 => format!("{}-24", iso::year_text(year - 1)),
            _ => format!("{}-{}", iso::year_text(year), 20 + month / 3),
        },
        Precision::Year => iso::year_text(year),
        Precision::Decade => stretch(10),
        Precision::Century => stretch(100),
        Precision::Interval => return None,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_is_moved_is_no_finer_than_it_was() {
        for (from, to, moved) in [
            ("1914-06-28", "1915-02-03", "1915-02-03"),
            ("June 1914", "1915-02-03", "1915-02"),
            ("1914~", "1915-02-03", "1915~"),
            ("1914?", "1889-12-31", "1889?"),
            ("2001-24", "2003-01-15", "2002-24"),
            ("2001-21", "2003-08-15", "2003-22"),
            ("191X", "1925-01-01", "192X"),
            ("19XX", "1850-01-01", "18XX"),
            ("1914/1918", "1915-01-01", "1915/1919"),
            ("../1918", "1921-01-01", "../1921"),
            ("44 BC", "-0045-03-15", "-0045"),
        ] {
            let day = Date::parse(to).unwrap().earliest;
            assert_eq!(Date::parse(from).unwrap().moved_to(day).text, moved, "{from} to {to}");
        }
    }

    #[test]
    fn years_move_when_half_of_one_is_gone() {
        let date = |text: &str| Date::parse(text).unwrap();
        assert_eq!(date("1914").moved_by(100).text, "1914");
        assert_eq!(date("1914").moved_by(200).text, "1915");
        assert_eq!(date("../1918").moved_by(400).text, "../1919");
        assert_eq!(date("1914-12-31").moved_by(-365).text, "1913-12-31");
    }

    proptest! {
        /// Wherever a date is moved to, it can mean that day, and says so as finely as before.
        #[test]
        fn a_moved_date_means_its_day(text in prop::sample::select(vec!["1914", "1914-06", "1914-06-28", "1914-22", "191X~", "19XX?"]), day in -800_000_i64..200_000) {
            let (date, day) = (Date::parse(text).unwrap(), Day::new(day));
            let moved = date.moved_to(day);
            prop_assert!(moved.earliest <= day && day <= moved.latest);
            prop_assert_eq!((moved.approximate, moved.uncertain), (date.approximate, date.uncertain));
            let is_stretch = matches!(moved.precision, Precision::Interval) && matches!(date.precision, Precision::Decade | Precision::Century);
            prop_assert!(moved.precision == date.precision || is_stretch, "{} to {}: {}", text, day, moved.text);
        }
    }
}
