//! Coordinates as people type them, and as they are shown: decimal degrees, degrees with minutes, degrees with minutes and seconds.

mod tokens;

use crate::geometry::LonLat;
use tokens::{Axis, Comma, Token, tokens};

/// Longer texts are no coordinates.
const LONGEST_TEXT: usize = 200;

/// A place that was typed, and how its two numbers were taken.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Typed {
    /// The place.
    pub place: LonLat,
    /// Which number was taken for what.
    pub order: Order,
    /// The place if the two numbers were meant the other way round; `None` where the text says which is which or where only one order is possible.
    pub swapped: Option<LonLat>,
}

impl Typed {
    /// What to tell the person who typed it; `None` where nothing is in doubt.
    pub fn notice(&self) -> Option<&'static str> {
        match (self.order, self.swapped) {
            (Order::LatitudeFirst, Some(_)) => Some("read as latitude, longitude; add N, S, E or W to say otherwise"),
            (Order::LongitudeFirst, _) => Some("read as longitude, latitude, because the first number is too large for a latitude"),
            _ => None,
        }
    }
}

/// How the order of latitude and longitude was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// The text says which is which.
    Said,
    /// Nothing is said: latitude first, as people write it.
    LatitudeFirst,
    /// Nothing is said, and the first number can be no latitude.
    LongitudeFirst,
}

/// Why a text is no place.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum CoordinateError {
    /// Nothing but spaces.
    #[error("there is nothing to read")]
    Empty,
    /// Longer than any coordinates.
    #[error("the text is too long for coordinates")]
    TooLong,
    /// A sign or word that has no meaning here.
    #[error("`{0}` means nothing in coordinates")]
    Unknown(String),
    /// Not two numbers, or not one group of degrees, minutes and seconds for each.
    #[error("a place needs a latitude and a longitude, as in 44.9521, 34.1024 or 44°57′08″N 34°06′09″E")]
    NotTwo,
    /// Both are said to be latitudes, or both longitudes.
    #[error("both numbers are said to be the {0}")]
    SameAxis(&'static str),
    /// A minus as well as a letter that says south or west.
    #[error("either a minus or a letter says where it is, not both")]
    SignAndLetter,
    /// Minutes or seconds of 60 and more.
    #[error("{0} minutes or seconds are too many: they run from 0 to below 60")]
    Sixty(f64),
    /// Degrees with a fraction before minutes, or minutes with one before seconds.
    #[error("only the last of degrees, minutes and seconds may have decimals")]
    FractionBefore,
    /// Seconds before minutes, or the like.
    #[error("degrees, minutes and seconds come in this order, each once")]
    OutOfOrder,
    /// A latitude beyond the poles.
    #[error("a latitude runs from -90 to 90, so {0} is none")]
    Latitude(f64),
    /// A longitude beyond 180 degrees.
    #[error("a longitude runs from -180 to 180, so {0} is none")]
    Longitude(f64),
}

/// Reads a place: `44.9521, 34.1024` (latitude first), `44,9521 34,1024`, `N44.95 E34.10`, `44 57 08 N, 34 06 09 E`, `44°57′08″N 34°06′09″E`,
/// `lat=44.95 lon=34.10`, `geo:44.95,34.10`, also in brackets.
///
/// A comma is a decimal comma where that makes sense, else it divides the two.
///
/// # Errors
/// Where it is no place on the earth, with the reason.
pub fn read(text: &str) -> Result<Typed, CoordinateError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(CoordinateError::Empty);
    }
    if text.len() > LONGEST_TEXT {
        return Err(CoordinateError::TooLong);
    }
    let decimal = || read_with(text, Comma::Decimal);
    let divider = || read_with(text, Comma::Divider);
    // With a point in it, a comma can only divide.
    if text.contains('.') { divider() } else { decimal().or_else(|_| divider()) }
}

/// One of the two, as written.
#[derive(Clone, Copy)]
struct Part {
    degrees: f64,
    axis: Option<Axis>,
}

fn read_with(text: &str, comma: Comma) -> Result<Typed, CoordinateError> {
    let groups = groups(&tokens(text, comma)?)?;
    let [first, second] = [part(&groups[0])?, part(&groups[1])?];
    match (first.axis, second.axis) {
        (Some(Axis::Lat), Some(Axis::Lat)) => Err(CoordinateError::SameAxis("latitude")),
        (Some(Axis::Lon), Some(Axis::Lon)) => Err(CoordinateError::SameAxis("longitude")),
        (Some(Axis::Lat), _) | (None, Some(Axis::Lon)) => Ok(said(checked(second.degrees, first.degrees)?)),
        (Some(Axis::Lon), _) | (None, Some(Axis::Lat)) => Ok(said(checked(first.degrees, second.degrees)?)),
        (None, None) => unsaid(first.degrees, second.degrees),
    }
}

const fn said(place: LonLat) -> Typed {
    Typed { place, order: Order::Said, swapped: None }
}

fn unsaid(first: f64, second: f64) -> Result<Typed, CoordinateError> {
    let swapped = LonLat::checked(first, second);
    match (checked(second, first), swapped) {
        (Ok(place), swapped) => Ok(Typed { place, order: Order::LatitudeFirst, swapped }),
        (Err(_), Some(place)) => Ok(Typed { place, order: Order::LongitudeFirst, swapped: None }),
        (Err(error), None) => Err(error),
    }
}

fn checked(lon_deg: f64, lat_deg: f64) -> Result<LonLat, CoordinateError> {
    match LonLat::checked(lon_deg, lat_deg) {
        Some(place) => Ok(place),
        None if (-90.0..=90.0).contains(&lat_deg) => Err(CoordinateError::Longitude(lon_deg)),
        None => Err(CoordinateError::Latitude(lat_deg)),
    }
}

/// The tokens of each of the two numbers, without dividers.
fn groups(tokens: &[Token]) -> Result<[Vec<Token>; 2], CoordinateError> {
    let named: Vec<usize> = (0..tokens.len()).filter(|&ix| tokens[ix].is_side()).collect();
    let numbers: Vec<usize> = (0..tokens.len()).filter(|&ix| matches!(tokens[ix], Token::Number { .. })).collect();
    let dividers: Vec<usize> = (0..tokens.len()).filter(|&ix| tokens[ix] == Token::Divider).collect();
    let degrees: Vec<usize> = (1..tokens.len()).filter(|&ix| tokens[ix] == Token::Mark(0)).map(|ix| ix - 1).collect();
    let cut = match (&named[..], &dividers[..]) {
        // The letters stand before the numbers: the second letter begins the second number.
        ([0, second], _) => *second,
        ([first, _], _) => first + 1,
        (_, [divider]) => *divider,
        _ => match (&degrees[..], numbers.len()) {
            ([_, second], _) => *second,
            (_, count @ (2 | 4 | 6)) => numbers[count / 2],
            _ => return Err(CoordinateError::NotTwo),
        },
    };
    let without_dividers = |part: &[Token]| part.iter().filter(|&it| *it != Token::Divider).cloned().collect::<Vec<_>>();
    let groups = [without_dividers(&tokens[..cut]), without_dividers(&tokens[cut..])];
    let has_number = |group: &Vec<Token>| group.iter().any(|it| matches!(it, Token::Number { .. }));
    if groups.iter().all(has_number) { Ok(groups) } else { Err(CoordinateError::NotTwo) }
}

/// Reads the tokens of one number: a letter before or after, a sign, up to three numbers with or without marks.
fn part(group: &[Token]) -> Result<Part, CoordinateError> {
    let mut fields: [Option<f64>; 3] = [None; 3];
    let (mut next, mut last) = (0_usize, 0_usize);
    let mut signed = None;
    let (mut axis, mut letter) = (None, None);
    for token in group {
        match *token {
            Token::Number { value, sign, .. } => {
                if next > 2 || (sign.is_some() && next > 0) {
                    return Err(CoordinateError::NotTwo);
                }
                signed = signed.or(sign);
                (fields[next], last) = (Some(value), next);
                next += 1;
            }
            Token::Mark(field) => {
                move_to(&mut fields, last, field)?;
                (last, next) = (field, field + 1);
            }
            Token::Letter { axis: said, negative } if letter.is_none() => (axis, letter) = (Some(said), Some(negative)),
            Token::Label(said) if axis.is_none() => axis = Some(said),
            Token::Letter { .. } | Token::Label(_) | Token::Divider => return Err(CoordinateError::NotTwo),
        }
    }
    let negative = match (signed, letter) {
        (Some(_), Some(_)) => return Err(CoordinateError::SignAndLetter),
        (sign, letter) => sign.or(letter).unwrap_or(false),
    };
    let size = degrees_from(fields)?;
    Ok(Part { degrees: if negative { -size } else { size }, axis })
}

/// A mark says which of degrees, minutes and seconds the number before it was.
fn move_to(fields: &mut [Option<f64>; 3], from: usize, to: usize) -> Result<(), CoordinateError> {
    if from == to && fields[to].is_some() {
        return Ok(());
    }
    if to < from || fields[to].is_some() {
        return Err(CoordinateError::OutOfOrder);
    }
    fields[to] = fields[from].take();
    Ok(())
}

fn degrees_from(fields: [Option<f64>; 3]) -> Result<f64, CoordinateError> {
    let last = fields.iter().rposition(Option::is_some).ok_or(CoordinateError::NotTwo)?;
    if fields[..last].iter().flatten().any(|value| value.fract() != 0.0) {
        return Err(CoordinateError::FractionBefore);
    }
    if let Some(&value) = fields[1..].iter().flatten().find(|&&value| value >= 60.0) {
        return Err(CoordinateError::Sixty(value));
    }
    let [degrees, minutes, seconds] = fields.map(|field| field.unwrap_or(0.0));
    Ok(degrees + minutes / 60.0 + seconds / 3600.0)
}

/// `44.9521, 34.1024`: latitude first, with so many decimals (5 is about a metre).
pub fn decimal(place: LonLat, decimals: usize) -> String {
    format!("{:.decimals$}, {:.decimals$}", place.lat_deg + 0.0, place.lon_deg + 0.0)
}

/// `44°57′08″N 34°06′09″E`, the seconds with so many decimals (0 is about 30 metres).
pub fn degrees_minutes_seconds(place: LonLat, decimals: usize) -> String {
    let lat = sixties(place.lat_deg, decimals, ['N', 'S']);
    let lon = sixties(place.lon_deg, decimals, ['E', 'W']);
    format!("{lat} {lon}")
}

fn sixties(degrees: f64, decimals: usize, [positive, negative]: [char; 2]) -> String {
    let decimals = decimals.min(9);
    // Counted in the smallest step that is shown, so that 59.9996 seconds become a minute and not 60 seconds.
    let steps = 10_u64.pow(decimals as u32);
    let total = (degrees.abs() * 3600.0 * steps as f64).round() as u64;
    let (seconds, minutes, whole) = (total % (60 * steps), total / (60 * steps) % 60, total / (3600 * steps));
    let letter = if degrees < 0.0 && total > 0 { negative } else { positive };
    let fraction = if decimals == 0 { String::new() } else { format!(".{:0decimals$}", seconds % steps) };
    format!("{whole}°{minutes:02}′{:02}{fraction}″{letter}", seconds / steps)
}

#[cfg(test)]
mod tests;
