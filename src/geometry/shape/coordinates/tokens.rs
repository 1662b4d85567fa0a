//! The pieces of typed coordinates.

use super::CoordinateError;

/// Latitude or longitude.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Axis {
    /// North and south.
    Lat,
    /// East and west.
    Lon,
}

/// What a comma between two digits is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Comma {
    Decimal,
    Divider,
}

/// One piece of the text.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    /// A number without its sign; `sign` is true for minus, `None` where no sign is written.
    Number { value: f64, sign: Option<bool> },
    /// The number before it is degrees (0), minutes (1) or seconds (2).
    Mark(usize),
    /// N, S, E, W or the word.
    Letter { axis: Axis, negative: bool },
    /// `lat`, `lon` and the like.
    Label(Axis),
    /// A comma, semicolon, stroke or line end.
    Divider,
}

impl Token {
    /// True for what says whether a number is a latitude or a longitude.
    pub(super) const fn is_side(&self) -> bool {
        matches!(self, Self::Letter { .. } | Self::Label(_))
    }
}

/// Cuts a text into tokens.
pub(super) fn tokens(text: &str, comma: Comma) -> Result<Vec<Token>, CoordinateError> {
    let text = text.strip_prefix("geo:").unwrap_or(text);
    let chars: Vec<char> = text.chars().collect();
    let (mut found, mut at) = (Vec::new(), 0);
    while at < chars.len() {
        let c = chars[at];
        let (token, length) = match c {
            '0'..='9' | '.' => number(&chars, at, None, comma)?,
            '+' | '-' | '\u{2212}' | '\u{2013}' => number(&chars, at, Some(c != '+'), comma)?,
            '\'' if chars.get(at + 1) == Some(&'\'') => (Some(Token::Mark(2)), 2),
            '°' | 'º' | '˚' => (Some(Token::Mark(0)), 1),
            '\'' | '′' | '’' | '‘' | 'ʹ' | 'ʼ' | '´' | '`' => (Some(Token::Mark(1)), 1),
            '"' | '″' | '”' | '“' | 'ʺ' | '˝' => (Some(Token::Mark(2)), 1),
            ',' | ';' | '/' | '\n' | '|' => (divider_after(&found), 1),
            _ if c.is_whitespace() || matches!(c, '(' | ')' | '[' | ']' | ':' | '=') => (None, 1),
            _ if c.is_alphabetic() => word(&chars, at, &found)?,
            _ => return Err(CoordinateError::Unknown(c.to_string())),
        };
        found.extend(token);
        at += length;
    }
    if found.last() == Some(&Token::Divider) {
        found.pop();
    }
    Ok(found)
}

/// Two dividers in a row, or one before everything, count as one or none.
fn divider_after(found: &[Token]) -> Option<Token> {
    (!found.is_empty() && found.last() != Some(&Token::Divider)).then_some(Token::Divider)
}

fn number(chars: &[char], start: usize, sign: Option<bool>, comma: Comma) -> Result<(Option<Token>, usize), CoordinateError> {
    let first = start + usize::from(sign.is_some());
    let (mut text, mut at, mut pointed) = (String::new(), first, false);
    let is_digit = |at: usize| chars.get(at).is_some_and(char::is_ascii_digit);
    while let Some(&c) = chars.get(at) {
        let is_comma = c == ',' && comma == Comma::Decimal && is_digit(at + 1) && !text.is_empty();
        match c {
            '0'..='9' => text.push(c),
            '.' | ',' if !pointed && (c == '.' || is_comma) => {
                pointed = true;
                text.push('.');
            }
            _ => break,
        }
        at += 1;
    }
    let written = || chars[start..at.max(start + 1)].iter().collect::<String>();
    let value = text.parse::<f64>().map_err(|_| CoordinateError::Unknown(written()))?;
    Ok((Some(Token::Number { value, sign }), at - start))
}

fn word(chars: &[char], start: usize, found: &[Token]) -> Result<(Option<Token>, usize), CoordinateError> {
    let text: String = chars[start..].iter().take_while(|c| c.is_alphabetic()).collect();
    let length = text.chars().count();
    // In `44d57m08sN` the marks are letters: an `s` after a number that follows minutes is seconds, not south.
    let follows_number = matches!(found.last(), Some(Token::Number { .. }));
    let after_minutes = found.len() >= 2 && found[found.len() - 2] == Token::Mark(1);
    if follows_number && after_minutes && text.starts_with('s') && matches!(text.as_str(), "s" | "sN" | "sS" | "sE" | "sW") {
        return Ok((Some(Token::Mark(2)), 1));
    }
    let letter = |axis, negative| Some(Token::Letter { axis, negative });
    let token = match text.to_lowercase().as_str() {
        "n" | "north" => letter(Axis::Lat, false),
        "s" | "south" => letter(Axis::Lat, true),
        "e" | "east" => letter(Axis::Lon, false),
        "w" | "west" => letter(Axis::Lon, true),
        "lat" | "latitude" => Some(Token::Label(Axis::Lat)),
        "lon" | "lng" | "long" | "longitude" => Some(Token::Label(Axis::Lon)),
        "d" | "deg" | "degree" | "degrees" => Some(Token::Mark(0)),
        "m" | "min" | "minute" | "minutes" => Some(Token::Mark(1)),
        "sec" | "second" | "seconds" => Some(Token::Mark(2)),
        "and" => divider_after(found),
        _ => return Err(CoordinateError::Unknown(text)),
    };
    Ok((token, length))
}
