//! Makes `cities.csv` from a list of GeoNames: which cities, how they are written, in which unit they lie, how important they are.

use crate::slug::slug;
use anyhow::{Context, Result, bail};
use border_atlas::geometry::{BoundingBox, LonLat, UnitIx, measure::EARTH_RADIUS_KM};
use border_atlas::model::polity::PolityKind;
use border_atlas::model::{Partition, Polities, Polity, table};
use border_atlas::time::End;
use nucleo_matcher::chars;
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};
use std::path::Path;

/// One town as the source has it.
#[derive(Deserialize, Clone, Debug)]
struct Town {
    geonameid: u64,
    name: String,
    latitude: f64,
    longitude: f64,
    countrycode: String,
    population: u32,
    alternatenames: Vec<String>,
}

/// Where the atlas has stories to tell, towns stand closer together: within the box, at least so many kilometres from any larger one, with at least
/// so many people. The first box that fits counts.
const AREAS: [(BoundingBox, f64, u32); 6] = [
    (BoundingBox { west: 75.0, south: 31.5, east: 82.0, north: 37.0 }, 16.0, 0), // Ladakh, Aksai Chin, western Tibet
    (BoundingBox { west: 72.0, south: 28.0, east: 95.0, north: 40.0 }, 50.0, 500), // Tibet, southern Xinjiang
    (BoundingBox { west: 44.5, south: 38.8, east: 48.0, north: 41.0 }, 11.0, 2_000), // Karabakh and round it
    (BoundingBox { west: 40.0, south: 38.4, east: 50.5, north: 44.0 }, 24.0, 5_000), // South Caucasus
    (BoundingBox { west: 29.0, south: 44.2, east: 40.5, north: 49.5 }, 26.0, 5_000), // Crimea, Donbas, southern Ukraine
    (BoundingBox { west: 22.0, south: 44.0, east: 48.0, north: 53.0 }, 55.0, 10_000), // Ukraine, southern Russia
];
/// The same for the rest of the world, by people.
const WORLD: [(u32, f64); 3] = [(1_000_000, 30.0), (100_000, 165.0), (15_000, 280.0)];
/// Ranks by isolation: a city of a rank has no weightier one within so many kilometres, and at least so many people.
const RANKS: [(u8, f64, u32); 4] = [(1, 700.0, 1_000_000), (2, 350.0, 300_000), (3, 170.0, 50_000), (4, 80.0, 12_000)];
/// Capitals of states, and cities, of so many people have at least this rank, whatever is near.
const SURE: [(u8, u32, u32); 3] = [(2, 600_000, 4_000_000), (3, 0, 1_000_000), (4, 0, 250_000)];
/// How much more a capital weighs than another city of its size, for a living state and for another living polity.
const STATE_CAPITAL: u64 = 8;
const OTHER_CAPITAL: u64 = 3;
/// How far off the outlines a town may lie, in degrees.
const OFF_SHORE_DEG: f64 = 0.25;

/// A row of `cities.table`: what is done differently with one town.
#[derive(Default)]
struct Correction {
    id: String,
    name: String,
    /// `-` leaves the town out; a number takes it in whatever its size, with this rank.
    rank: String,
}

/// A town that is taken in, or may be.
struct Candidate {
    town: Town,
    /// `None` where the town lies off the outlines, and the nearest unit is of another country.
    unit: Option<UnitIx>,
    /// Whose capital.
    capital: Vec<String>,
    weight: u64,
    forced_rank: Option<u8>,
}

/// The text of `cities.csv`.
///
/// # Errors
/// Where a file cannot be read or `corrections` names a town that the source lacks.
pub fn csv_from(source: &Path, partition: &Partition, polities: &Polities, corrections: &str) -> Result<String> {
    let text = std::fs::read_to_string(source).with_context(|| format!("{} cannot be read", source.display()))?;
    let towns: HashMap<String, Town> = serde_json::from_str(&text).with_context(|| format!("{} is no list of towns", source.display()))?;
    let mut corrections = corrections_from(corrections)?;
    let mut towns: Vec<Town> =
        towns.into_values().filter(|town| corrections.get(&town.geonameid).is_none_or(|it| it.rank != "-")).collect();
    towns.sort_by_key(|town| (std::cmp::Reverse(town.population), town.geonameid));
    let chosen = chosen(candidates(towns, partition, polities, &corrections));
    let ranks = ranks(&chosen);
    let mut rows = BTreeMap::new();
    for (candidate, rank) in chosen.into_iter().zip(ranks) {
        let (id, name) = id_and_name(&candidate.town, corrections.remove(&candidate.town.geonameid), &rows);
        rows.insert(id, (name, candidate, rank));
    }
    if let Some((id, correction)) = corrections.iter().find(|(_, it)| it.rank != "-") {
        bail!("cities.table: {id} ({}) is not among the chosen towns; give it a rank, or mend the number", correction.name);
    }
    written(rows, partition)
}

fn corrections_from(text: &str) -> Result<HashMap<u64, Correction>> {
    let row = |row: table::TableRow| {
        let number = row.cell(0).parse().with_context(|| format!("cities.table: {}: `{}` is no number", row.place(), row.cell(0)))?;
        Ok((number, Correction { id: row.cell(1).to_owned(), name: row.cell(2).to_owned(), rank: row.cell(3).to_owned() }))
    };
    table::rows(text).map(row).collect()
}

fn candidates(towns: Vec<Town>, partition: &Partition, polities: &Polities, corrections: &HashMap<u64, Correction>) -> Vec<Candidate> {
    let mut capitals = capitals(&towns, partition, polities);
    let forced = |town: &Town| corrections.get(&town.geonameid).and_then(|it| it.rank.parse().ok());
    let wanted = towns.into_iter().filter_map(|town| {
        let capital = capitals.remove(&town.geonameid).unwrap_or_default();
        let forced_rank = forced(&town);
        if capital.is_empty() && forced_rank.is_none() && distance_for(&town).is_none() {
            return None;
        }
        let unit = unit_of(partition, &town)?;
        let weight = u64::from(town.population.max(1)) * capital.iter().map(|id| weight_of(polities.get(id))).max().unwrap_or(1);
        Some(Candidate { town, unit, capital, weight, forced_rank })
    });
    wanted.collect()
}

fn weight_of(polity: Option<&Polity>) -> u64 {
    match polity {
        Some(polity) if polity.span.end != End::InForce => 1,
        Some(polity) if polity.kind == PolityKind::State => STATE_CAPITAL,
        Some(_) => OTHER_CAPITAL,
        None => 1,
    }
}

/// How far from any larger town this one must be; `None` for one that is too small.
fn distance_for(town: &Town) -> Option<f64> {
    let at = LonLat::new(town.longitude, town.latitude);
    let area = AREAS.iter().find(|(bbox, _, least)| bbox.contains(at) && town.population >= *least).map(|(_, km, _)| *km);
    let world = WORLD.iter().find(|(least, _)| town.population >= *least).map(|(_, km)| *km);
    [area, world].into_iter().flatten().min_by(f64::total_cmp)
}

/// The weightiest first, each at its distance from those before it; capitals and what is asked for whatever is near.
fn chosen(mut candidates: Vec<Candidate>) -> Vec<Candidate> {
    let asked = |it: &Candidate| !it.capital.is_empty() || it.forced_rank.is_some();
    candidates.sort_by_key(|it| (std::cmp::Reverse(it.weight), it.town.geonameid));
    let mut taken = Neighbours::default();
    candidates.retain(|it| {
        let at = LonLat::new(it.town.longitude, it.town.latitude);
        let keep = asked(it) || distance_for(&it.town).is_some_and(|km| taken.none_within(at, km));
        if keep {
            taken.add(at);
        }
        keep
    });
    candidates
}

/// The rank of each: they come weightiest first.
fn ranks(chosen: &[Candidate]) -> Vec<u8> {
    let mut ranks = vec![0; chosen.len()];
    let mut taken = Neighbours::default();
    for (rank, km, least) in RANKS {
        for (index, it) in chosen.iter().enumerate().filter(|(_, it)| it.forced_rank.is_none()) {
            let at = LonLat::new(it.town.longitude, it.town.latitude);
            let is_state = it.weight >= u64::from(it.town.population.max(1)) * STATE_CAPITAL;
            let is_sure = SURE
                .iter()
                .any(|(sure, capital, city)| *sure <= rank && (is_state && it.town.population >= *capital || it.town.population >= *city));
            if ranks[index] == 0 && (is_sure || it.town.population >= least && taken.none_within(at, km)) {
                ranks[index] = rank;
                taken.add(at);
            }
        }
    }
    let forced = chosen.iter().map(|it| it.forced_rank);
    ranks.into_iter().zip(forced).map(|(rank, forced)| forced.unwrap_or(if rank == 0 { 5 } else { rank })).collect()
}

/// Places by cells of one degree, to ask for neighbours.
#[derive(Default)]
struct Neighbours(HashMap<(i32, i32), Vec<LonLat>>);

impl Neighbours {
    fn add(&mut self, at: LonLat) {
        self.0.entry((at.lon_deg.floor() as i32, at.lat_deg.floor() as i32)).or_default().push(at);
    }

    fn none_within(&self, at: LonLat, km: f64) -> bool {
        let rows = (km / 111.0).ceil() as i32;
        let across = (km / 111.0 / (at.lat_deg.abs() + km / 111.0).min(85.0).to_radians().cos()).ceil() as i32;
        let (lon, lat) = (at.lon_deg.floor() as i32, at.lat_deg.floor() as i32);
        let columns = move |_| (lon - across..=lon + across).map(|column| (column + 180).rem_euclid(360) - 180);
        let cells = (lat - rows..=lat + rows).flat_map(|row| columns(row).map(move |column| (column, row)));
        cells.filter_map(|cell| self.0.get(&cell)).flatten().all(|other| arc_km(*other, at) >= km)
    }
}

/// The distance on a sphere: good to half a percent, which is all that a choice needs.
fn arc_km(from: LonLat, to: LonLat) -> f64 {
    let (a, b) = (from.lat_deg.to_radians(), to.lat_deg.to_radians());
    let (dlat, dlon) = ((b - a) / 2.0, (to.lon_deg - from.lon_deg).to_radians() / 2.0);
    let half = dlat.sin().powi(2) + a.cos() * b.cos() * dlon.sin().powi(2);
    2.0 * EARTH_RADIUS_KM * half.sqrt().min(1.0).asin()
}

/// The unit of a town, `Some(None)` where the nearest one is of another country; `None` for a town off all land.
fn unit_of(partition: &Partition, town: &Town) -> Option<Option<UnitIx>> {
    let at = LonLat::new(town.longitude, town.latitude);
    let unit = unit_near(partition, at)?;
    let is_home = partition.topology.unit_at(at).is_some() || partition.info(unit).iso_a2 == town.countrycode;
    Some(is_home.then_some(unit))
}

/// The unit at a place or, for a port that the outlines leave in the water, the nearest one.
fn unit_near(partition: &Partition, at: LonLat) -> Option<UnitIx> {
    let topology = &partition.topology;
    topology.unit_at(at).or_else(|| {
        let rings = (1..=(OFF_SHORE_DEG / 0.01) as u32).map(|step| f64::from(step) * 0.01);
        let turns = || (0..24).map(|turn| (f64::from(turn) * 15.0_f64).to_radians().sin_cos());
        let widen = 1.0 / at.lat_deg.to_radians().cos().max(0.1);
        let places =
            rings.flat_map(|far| turns().map(move |(up, right)| LonLat::new(at.lon_deg + right * far * widen, at.lat_deg + up * far)));
        places.map(LonLat::wrapped).find_map(|place| topology.unit_at(place))
    })
}

/// The towns that polities.csv names as capitals: by number of the town, the ids of the polities.
fn capitals(towns: &[Town], partition: &Partition, polities: &Polities) -> HashMap<u64, Vec<String>> {
    let mut by_name: HashMap<String, Vec<&Town>> = HashMap::new();
    for town in towns {
        let mut names: Vec<String> = town.alternatenames.iter().chain([&town.name]).map(|name| slug(&plain(name))).collect();
        names.sort_unstable();
        names.dedup();
        names.into_iter().for_each(|name| by_name.entry(name).or_default().push(town));
    }
    let codes: HashMap<&str, &str> = partition.units.iter().map(|unit| (unit.country.as_str(), unit.iso_a2.as_str())).collect();
    let mut found: HashMap<u64, Vec<String>> = HashMap::new();
    for (_, polity) in polities.iter() {
        let country = codes.get(polity.natural_earth.to_lowercase().as_str()).copied().unwrap_or("");
        for names in capital_names(&polity.capital) {
            let same: Vec<&Town> = names.iter().filter_map(|name| by_name.get(name)).flatten().copied().collect();
            let at_home: Vec<&Town> = same.iter().copied().filter(|town| country.is_empty() || town.countrycode == country).collect();
            let among = if at_home.is_empty() { same } else { at_home };
            // The usual name before another one, the largest town of that name before the others.
            let town = among.into_iter().max_by_key(|town| (slug(&plain(&town.name)) == names[0], town.population));
            match town {
                Some(town) => found.entry(town.geonameid).or_default().push(polity.id.to_string()),
                None => eprintln!("{}: no town is called {}", polity.id, names.join(", ")),
            }
        }
    }
    found
}

/// `Vienna; Budapest (Pest)` as slugs: one list a capital, each with its usual name first.
fn capital_names(text: &str) -> Vec<Vec<String>> {
    let names = |part: &str| {
        let names = part.split(['(', ')', ',']).map(slug).filter(|name| !name.is_empty());
        names.collect::<Vec<_>>()
    };
    text.split(';').map(names).filter(|names| !names.is_empty()).collect()
}

/// A name without accents.
fn plain(name: &str) -> String {
    name.chars().map(plain_letter).collect()
}

/// The table of the matcher knows more small letters than capitals.
fn plain_letter(letter: char) -> char {
    if !letter.is_uppercase() {
        return chars::normalize(letter);
    }
    chars::normalize(chars::to_lower_case(letter)).to_uppercase().next().unwrap_or(letter)
}

/// Countries whose towns the source writes with the marks of a transliteration: nobody there writes Latin letters with them.
const TRANSLITERATED: &str = "AE AF AM BD BG BH BT BY CN CY DZ EG ER ET GE GR HK IL IN IQ IR JO JP KG KH KP KR KW KZ LA LB LK LY MA MK MM MN MO MR MV \
     NP OM PK PS QA RU SA SD SY TH TJ TN TW UA UZ YE";

/// The id and the name of a town, given those that are there already: weightier towns came before it.
fn id_and_name<T>(town: &Town, correction: Option<Correction>, known: &BTreeMap<String, T>) -> (String, String) {
    let Correction { id, name, .. } = correction.unwrap_or_default();
    let name = if name.is_empty() { english(town) } else { name };
    if !id.is_empty() {
        return (id, name);
    }
    let short = slug(&plain(&name));
    let country = town.countrycode.to_lowercase();
    let tries = [short.clone(), format!("{short}-{country}"), format!("{short}-{country}-{}", town.geonameid)];
    let id = tries.into_iter().find(|id| !known.contains_key(id)).unwrap_or(short);
    (id, name)
}

fn english(town: &Town) -> String {
    if !TRANSLITERATED.contains(town.countrycode.as_str()) {
        return town.name.replace(['’', '‘'], "'");
    }
    let letters = town.name.chars().filter(|letter| !['\'', '’', '‘', '`', 'ʼ', 'ʻ'].contains(letter) || town.countrycode == "CN");
    letters.map(|letter| if letter == '’' { '\'' } else { plain_letter(letter) }).collect()
}

fn written(rows: BTreeMap<String, (String, Candidate, u8)>, partition: &Partition) -> Result<String> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(["id", "name", "lon", "lat", "population", "unit", "capital", "rank"])?;
    for (id, (name, it, rank)) in &rows {
        let [lon, lat] = [it.town.longitude, it.town.latitude].map(|degrees| format!("{degrees:.4}"));
        let unit = it.unit.map_or("", |unit| &partition.info(unit).id);
        let (people, capital) = (it.town.population.to_string(), it.capital.join(";"));
        writer.write_record([id.as_str(), name, &lon, &lat, &people, unit, &capital, &rank.to_string()])?;
    }
    Ok(String::from_utf8(writer.into_inner()?)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn town(geonameid: u64, name: &str, [longitude, latitude]: [f64; 2], countrycode: &str, population: u32) -> Town {
        let (name, countrycode) = (name.to_owned(), countrycode.to_owned());
        Town { geonameid, name, latitude, longitude, countrycode, population, alternatenames: Vec::new() }
    }

    fn candidate(town: Town, capital: &[&str]) -> Candidate {
        let weight = u64::from(town.population) * if capital.is_empty() { 1 } else { STATE_CAPITAL };
        Candidate { town, unit: None, capital: capital.iter().map(|id| (*id).to_owned()).collect(), weight, forced_rank: None }
    }

    /// Needs the source, which is too large to keep here: see maps/SOURCES.md.
    #[test]
    fn the_committed_file_is_what_this_makes() {
        let Some(source) = std::env::var_os("BORDER_ATLAS_CITIES") else { return };
        let read = |name: &str| std::fs::read_to_string(Path::new("maps").join(name)).unwrap();
        let partition = Partition::from_topojson(&read("world.topo.json")).unwrap();
        let (polities, _) = Polities::from_csv(&read("polities.csv"));
        let made = csv_from(Path::new(&source), &partition, &polities, &read("cities.table")).unwrap();
        assert!(made == read("cities.csv"), "cities.csv is not what make-partition makes of the source and cities.table");
    }

    #[test]
    fn suburbs_give_way_and_capitals_never_do() {
        let found = chosen(vec![
            candidate(town(1, "Large", [0.0, 0.0], "XX", 3_000_000), &[]),
            candidate(town(2, "Suburb", [0.1, 0.0], "XX", 2_000_000), &[]),
            candidate(town(3, "Seat", [0.0, 0.1], "XX", 20_000), &["xxx"]),
            candidate(town(4, "Far", [5.0, 0.0], "XX", 200_000), &[]),
        ]);
        assert_eq!(found.iter().map(|it| it.town.geonameid).collect::<Vec<_>>(), [1, 4, 3]);
        assert_eq!(ranks(&found), [1, 3, 3]);
    }

    #[test]
    fn neighbours_are_found_over_the_antimeridian() {
        let mut known = Neighbours::default();
        known.add(LonLat::new(179.9, 10.0));
        assert!(!known.none_within(LonLat::new(-179.9, 10.0), 50.0));
        assert!(known.none_within(LonLat::new(-179.0, 10.0), 50.0));
    }

    #[test]
    fn names_lose_the_marks_of_transliteration_and_keep_those_of_a_language() {
        let english = |name, country| english(&town(1, name, [0.0, 0.0], country, 1));
        assert_eq!(english("Tīra Sujānpur", "IN"), "Tira Sujanpur");
        assert_eq!(english("Novoazovs'k", "UA"), "Novoazovsk");
        assert_eq!(english("Āstārā", "IR"), "Astara");
        assert_eq!(english("Xi’an", "CN"), "Xi'an");
        assert_eq!(english("Gdańsk", "PL"), "Gdańsk");
    }

    #[test]
    fn the_larger_of_two_namesakes_has_the_plain_id() {
        let mut known = BTreeMap::new();
        for (number, country, id) in [(1, "UA", "donetsk"), (2, "RU", "donetsk-ru"), (3, "RU", "donetsk-ru-3")] {
            let found = id_and_name(&town(number, "Donets'k", [0.0, 0.0], country, 1), None, &known);
            assert_eq!(found, (id.to_owned(), "Donetsk".to_owned()));
            known.insert(found.0, ());
        }
    }

    #[test]
    fn capitals_are_read_with_their_other_names() {
        assert_eq!(capital_names("Stepanakert (Khankendi)"), [["stepanakert", "khankendi"]]);
        assert_eq!(capital_names("Sucre; La Paz (seat of government)"), [vec!["sucre"], vec!["la-paz", "seat-of-government"]]);
        assert!(capital_names("").is_empty());
    }
}
