//! What a place is called: a neutral form, a form for each party, and forms that held for a time only (Artemivsk until 2016).

use std::borrow::Cow;

use super::{Citation, PolityId, View, project::Place};
use crate::time::{Day, Span};

/// A name that a place had for a time.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaceName {
    /// The form.
    pub name: String,
    /// Who uses it; `None` where it was the common name of its time.
    pub party: Option<PolityId>,
    /// When.
    pub span: Span,
    /// Free text.
    pub note: String,
    /// Where it is written.
    pub sources: Vec<Citation>,
}

/// One form of a name on a day, with who uses it; `None` for the neutral form.
pub type NameForm<'a> = (Option<&'a PolityId>, Cow<'a, str>);

impl Place {
    /// Every form in use on a day: the neutral one first, then each party's own, in the order of the file.
    pub fn forms_at(&self, day: Day) -> Vec<NameForm<'_>> {
        let neutral = self.neutral_at(day);
        std::iter::once((None, neutral))
            .chain(self.parties().filter_map(|party| Some((Some(party), self.form_of(party, day)?.into()))))
            .collect()
    }

    /// What a map of that day in a view writes: in a party's view its own form, in the others the neutral one.
    pub fn name_at(&self, day: Day, view: &View) -> Cow<'_, str> {
        let own = match view {
            View::Party(party) => self.form_of(party, day),
            View::DeFacto | View::Un => None,
        };
        own.map_or_else(|| self.neutral_at(day), Cow::Borrowed)
    }

    /// The common name of the day; where parties differ on that day their forms, alphabetical; where nothing dated applies the place's name.
    fn neutral_at(&self, day: Day) -> Cow<'_, str> {
        if let Some(common) = self.dated(None, day) {
            return common.into();
        }
        let mut forms: Vec<&str> = self.parties().filter_map(|party| self.dated(Some(party), day)).collect();
        // One party's form alone is nobody's neutral name.
        if forms.len() < 2 {
            return self.common.name.as_str().into();
        }
        forms.sort_unstable();
        forms.dedup();
        forms.join(" / ").into()
    }

    /// A party's form on a day: its own dated one; else none while a common dated name holds; else its form at all times.
    fn form_of(&self, party: &PolityId, day: Day) -> Option<&str> {
        let undated = || self.common.names.iter().find(|(own, _)| own == party).map(|(_, name)| name.as_str());
        match (self.dated(Some(party), day), self.dated(None, day)) {
            (Some(own), _) => Some(own),
            (None, Some(_)) => None,
            (None, None) => undated(),
        }
    }

    fn dated(&self, party: Option<&PolityId>, day: Day) -> Option<&str> {
        let found = self.names_by_date.iter().rev().find(|name| name.party.as_ref() == party && name.span.contains(day));
        found.map(|name| name.name.as_str())
    }

    /// Everybody who has a form of its own, each once.
    fn parties(&self) -> impl Iterator<Item = &PolityId> {
        let all =
            || self.common.names.iter().map(|(party, _)| party).chain(self.names_by_date.iter().filter_map(|name| name.party.as_ref()));
        all().enumerate().filter(move |(index, party)| !all().take(*index).any(|other| other == *party)).map(|(_, party)| party)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{geometry::LonLat, model::project::Common, time::Date};

    fn dated(name: &str, party: Option<&str>, from: &str, until: &str) -> PlaceName {
        let span = Span::parse(from, until).unwrap();
        PlaceName { name: name.to_owned(), party: party.map(PolityId::from), span, note: String::new(), sources: Vec::new() }
    }

    /// Stepanakert since 1923; since 1991 each party has its own.
    fn place(names_by_date: Vec<PlaceName>) -> Place {
        let common = Common {
            id: "p".to_owned(),
            name: "Khankendi / Stepanakert".to_owned(),
            names: vec![(PolityId::from("arm"), "Ստեփանակերտ".to_owned()), (PolityId::from("aze"), "Xankəndi".to_owned())],
            span: Span::ALWAYS,
            text: String::new(),
            precision_km: None,
            approximate: false,
            sources: Vec::new(),
            note: String::new(),
            layer: String::new(),
        };
        Place { common, at: LonLat::new(46.75, 39.82), names_by_date }
    }

    fn in_view(place: &Place, date: &str, view: &str) -> String {
        place.name_at(Date::parse(date).unwrap().earliest, &View::from_id(view)).into_owned()
    }

    #[test]
    fn without_dates_a_party_has_its_form_and_the_rest_the_neutral_one() {
        let place = place(Vec::new());
        assert_eq!(in_view(&place, "2000", "un"), "Khankendi / Stepanakert");
        assert_eq!(in_view(&place, "2000", "aze"), "Xankəndi");
        assert_eq!(in_view(&place, "2000", "rus"), "Khankendi / Stepanakert");
    }

    #[test]
    fn a_common_name_of_the_time_holds_for_everybody() {
        let place = place(vec![dated("Khankendi", None, "", "1923-08"), dated("Stepanakert", None, "1923-08-10", "1991-11-25")]);
        assert_eq!(in_view(&place, "1920", "un"), "Khankendi");
        assert_eq!(in_view(&place, "1975", "aze"), "Stepanakert");
        assert_eq!(in_view(&place, "1991-11-26", "aze"), "Xankəndi");
        assert_eq!(place.forms_at(Date::parse("1975").unwrap().earliest), [(None, "Stepanakert".into())]);
    }

    #[test]
    fn where_parties_differ_on_a_day_the_neutral_form_has_both_in_order() {
        let names = vec![dated("Stepanakert", Some("arm"), "1991", ""), dated("Khankendi", Some("aze"), "1991-11-26", "2000")];
        let place = place(names);
        let day = Date::parse("1995").unwrap().earliest;
        assert_eq!(in_view(&place, "1995", "de-facto"), "Khankendi / Stepanakert");
        assert_eq!(in_view(&place, "1995", "arm"), "Stepanakert");
        let forms = place.forms_at(day);
        assert_eq!(
            forms.iter().map(|(_, form)| form.as_ref()).collect::<Vec<_>>(),
            ["Khankendi / Stepanakert", "Stepanakert", "Khankendi"]
        );
        // One party's dated form alone decides nothing for the others.
        assert_eq!(in_view(&place, "2005", "un"), "Khankendi / Stepanakert");
        assert_eq!(in_view(&place, "2005", "aze"), "Xankəndi");
    }
}
