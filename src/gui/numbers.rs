//! Numbers as people read them.

/// A whole number with its thousands parted: `12 345`, with gaps that no language takes for a decimal sign. Four digits stay together.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) && digits.len() > 4 {
            text.push('\u{a0}');
        }
        text.push(digit);
    }
    text
}

/// A length for people: metres below a kilometre, then three figures or whole kilometres: `850 m`, `4.27 km`, `12.3 km`, `1234 km`.
pub fn distance_text(km: f64) -> String {
    if km < 0.9995 { format!("{:.0} m", km * 1000.0) } else { format!("{} km", three_figures(km)) }
}

/// An area for people: `0.85 km²`, `4.27 km²`, `12.3 km²`, `12 345 km²`.
pub fn area_text(km2: f64) -> String {
    format!("{} km²", three_figures(km2))
}

/// A number with three figures, or whole from a hundred on, its thousands parted.
fn three_figures(number: f64) -> String {
    match number {
        _ if number < 9.995 => format!("{number:.2}"),
        _ if number < 99.95 => format!("{number:.1}"),
        _ => grouped(number.round() as u64),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_and_areas_read_as_people_write_them() {
        let lengths = [
            (0.0, "0 m"),
            (0.85, "850 m"),
            (0.9996, "1.00 km"),
            (4.267, "4.27 km"),
            (12.34, "12.3 km"),
            (99.96, "100 km"),
            (1234.4, "1234 km"),
        ];
        for (km, text) in lengths {
            assert_eq!(distance_text(km), text);
        }
        for (km2, text) in [(0.846, "0.85 km²"), (56.78, "56.8 km²"), (1_234_567.2, "1\u{a0}234\u{a0}567 km²")] {
            assert_eq!(area_text(km2), text);
        }
    }
}
