//! Alliances, treaties and organisations: members with their own dates, pledges with their articles.

use serde::Deserialize;

use super::{AllianceId, Citation, PolityId, Problem};
use crate::time::{Day, Span};

/// What a pledge binds a member to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PledgeKind {
    /// To help an attacked member.
    Defence,
    /// To join an attack.
    Offence,
    /// To stay neutral.
    Neutrality,
    /// Not to attack one another.
    NonAggression,
    /// To consult.
    Consultation,
    /// Membership in an organisation, without any of these.
    Organisation,
    /// Limits on arms.
    ArmsControl,
    /// Cooperation, without any of these.
    Partnership,
}

impl PledgeKind {
    /// The fixed word that files and tables use.
    pub fn word(self) -> &'static str {
        match self {
            Self::Defence => "defence",
            Self::Offence => "offence",
            Self::Neutrality => "neutrality",
            Self::NonAggression => "non-aggression",
            Self::Consultation => "consultation",
            Self::Organisation => "organisation",
            Self::ArmsControl => "arms-control",
            Self::Partnership => "partnership",
        }
    }
}

/// One pledge of the treaty.
#[derive(Clone, Debug)]
pub struct Pledge {
    /// What it binds to.
    pub kind: PledgeKind,
    /// The article that makes it.
    pub article: String,
    /// While it was in force.
    pub span: Span,
    /// What it says, in our words.
    pub text: String,
    /// Where it is written.
    pub sources: Vec<Citation>,
}

/// A member's standing for a time.
#[derive(Clone, Debug)]
pub struct MemberStatus {
    /// `member`, `associate`, `observer`, `suspended`, `frozen`, `withdrew-from-command`.
    pub is: String,
    /// While it was so.
    pub span: Span,
}

/// One membership of one polity; a member that came back has two.
#[derive(Clone, Debug)]
pub struct Member {
    /// Who.
    pub polity: PolityId,
    /// From taking effect to leaving.
    pub span: Span,
    /// The day of joining, as the file writes it.
    pub joined: String,
    /// The day of leaving, as the file writes it; empty while a member.
    pub left: String,
    /// The day of signature where it differs; may be empty.
    pub signed: String,
    /// Its standings in time; empty when it was a plain member throughout.
    pub statuses: Vec<MemberStatus>,
    /// Free text.
    pub note: String,
    /// Where it is written.
    pub sources: Vec<Citation>,
}

impl Member {
    /// The standing on a day: the last status that covers it, else `member`. `None` when not a member then.
    pub fn status_on(&self, day: Day) -> Option<&str> {
        if !self.span.contains(day) {
            return None;
        }
        let status = self.statuses.iter().rev().find(|status| status.span.contains(day));
        Some(status.map_or("member", |status| &status.is))
    }

    /// Whether it counts as a full member on a day: not an observer, associate, suspended or frozen.
    pub fn counts_on(&self, day: Day) -> bool {
        matches!(self.status_on(day), Some("member" | "withdrew-from-command"))
    }
}

/// A reservation or understanding that matters.
#[derive(Clone, Debug)]
pub struct Reservation {
    /// Whose.
    pub polity: PolityId,
    /// What it says, in our words.
    pub text: String,
    /// Where it is written.
    pub sources: Vec<Citation>,
}

/// One alliance, treaty or organisation.
#[derive(Clone, Debug)]
pub struct Alliance {
    /// Slug of the usual short name.
    pub id: AllianceId,
    /// The usual short name.
    pub name: String,
    /// The full name.
    pub long_name: String,
    /// `alliance`, `organisation`, `arms-control`, `partnership` or `guarantee`.
    pub kind: String,
    /// From founding (signature) to ending.
    pub span: Span,
    /// When the treaty took effect, as the file writes it; may be empty.
    pub in_force: String,
    /// One or two neutral sentences.
    pub text: String,
    /// The pledges.
    pub pledges: Vec<Pledge>,
    /// The memberships, in the order of the file.
    pub members: Vec<Member>,
    /// Reservations that matter.
    pub reservations: Vec<Reservation>,
    /// The treaty and the works on it.
    pub sources: Vec<Citation>,
}

impl Alliance {
    /// The memberships in force on a day with their standing.
    pub fn members_on(&self, day: Day) -> impl Iterator<Item = (&Member, &str)> {
        self.members.iter().filter_map(move |member| member.status_on(day).map(|status| (member, status)))
    }

    /// The kinds of pledge in force on a day, each once.
    pub fn pledges_on(&self, day: Day) -> Vec<PledgeKind> {
        let mut kinds: Vec<_> = self.pledges.iter().filter(|pledge| pledge.span.contains(day)).map(|pledge| pledge.kind).collect();
        kinds.sort_unstable();
        kinds.dedup();
        kinds
    }

    /// Reads one alliance file.
    ///
    /// # Errors
    /// One problem for a file that is no JSON of this shape. A pledge or member with a bad date is left out and reported in the list.
    pub fn from_json(text: &str) -> Result<(Self, Vec<Problem>), Problem> {
        let file: AllianceFile = serde_json::from_str(text).map_err(|error| {
            Problem::error(format!("line {}", error.line()), "bad-json", format!("{error}."))
                .hint("the shape of an alliance file is in maps/README.md.")
        })?;
        Self::from_file(file)
    }

    fn from_file(file: AllianceFile) -> Result<(Self, Vec<Problem>), Problem> {
        let mut problems = Vec::new();
        let pledges = kept(file.pledges, "pledges", &mut problems, PledgeRow::read);
        let members = kept(file.members, "members", &mut problems, MemberRow::read);
        let alliance = Self {
            span: span(&file.founded, &file.ended)?,
            id: file.id,
            name: file.name,
            long_name: file.long_name,
            kind: file.kind,
            in_force: file.in_force,
            text: file.text,
            pledges,
            members,
            reservations: file
                .reservations
                .into_iter()
                .map(|row| Reservation { polity: row.polity, text: row.text, sources: citations(&row.sources) })
                .collect(),
            sources: citations(&file.sources),
        };
        Ok((alliance, problems))
    }
}

fn kept<R, T>(rows: Vec<R>, list: &str, problems: &mut Vec<Problem>, read: impl Fn(R) -> Result<T, Problem>) -> Vec<T> {
    let mut found = Vec::with_capacity(rows.len());
    for (index, row) in rows.into_iter().enumerate() {
        match read(row) {
            Ok(item) => found.push(item),
            Err(problem) => problems.push(Problem { place: format!("{list}[{index}]"), ..problem }),
        }
    }
    found
}

fn span(start: &str, end: &str) -> Result<Span, Problem> {
    Span::parse(start, end).map_err(|error| Problem::error("", "bad-date", format!("{error}.")))
}

fn citations(texts: &[String]) -> Vec<Citation> {
    texts.iter().filter_map(|text| Citation::parse(text)).collect()
}

#[derive(Deserialize)]
struct AllianceFile {
    id: AllianceId,
    name: String,
    #[serde(default)]
    long_name: String,
    kind: String,
    founded: String,
    #[serde(default)]
    in_force: String,
    #[serde(default)]
    ended: String,
    #[serde(default)]
    text: String,
    pledges: Vec<PledgeRow>,
    members: Vec<MemberRow>,
    #[serde(default)]
    reservations: Vec<ReservationRow>,
    sources: Vec<String>,
}

#[derive(Deserialize)]
struct PledgeRow {
    kind: PledgeKind,
    #[serde(default)]
    article: String,
    #[serde(default)]
    from: String,
    #[serde(default)]
    until: String,
    #[serde(default)]
    text: String,
    #[serde(default)]
    sources: Vec<String>,
}

impl PledgeRow {
    fn read(self) -> Result<Pledge, Problem> {
        let span = span(&self.from, &self.until)?;
        Ok(Pledge { kind: self.kind, article: self.article, span, text: self.text, sources: citations(&self.sources) })
    }
}

#[derive(Deserialize)]
struct MemberRow {
    polity: PolityId,
    joined: String,
    #[serde(default)]
    left: String,
    #[serde(default)]
    signed: String,
    #[serde(default)]
    status: Vec<StatusRow>,
    #[serde(default)]
    note: String,
    #[serde(default)]
    sources: Vec<String>,
}

#[derive(Deserialize)]
struct StatusRow {
    is: String,
    #[serde(default)]
    from: String,
    #[serde(default)]
    until: String,
}

impl MemberRow {
    fn read(self) -> Result<Member, Problem> {
        let statuses = self.status.into_iter().map(|row| Ok(MemberStatus { span: span(&row.from, &row.until)?, is: row.is }));
        Ok(Member {
            statuses: statuses.collect::<Result<_, Problem>>()?,
            span: span(&self.joined, &self.left)?,
            polity: self.polity,
            joined: self.joined,
            left: self.left,
            signed: self.signed,
            note: self.note,
            sources: citations(&self.sources),
        })
    }
}

#[derive(Deserialize)]
struct ReservationRow {
    polity: PolityId,
    #[serde(default)]
    text: String,
    #[serde(default)]
    sources: Vec<String>,
}
