use super::*;

const SIMFEROPOL: LonLat = LonLat::new(34.0 + 6.0 / 60.0 + 9.0 / 3600.0, 44.0 + 57.0 / 60.0 + 8.0 / 3600.0);

fn near(one: LonLat, other: LonLat) -> bool {
    (one.lon_deg - other.lon_deg).abs() < 1e-9 && (one.lat_deg - other.lat_deg).abs() < 1e-9
}

#[test]
fn one_place_in_many_spellings() {
    let spellings = [
        "44°57′08″N 34°06′09″E",
        "44 57 08 N, 34 06 09 E",
        "44°57'08\"N, 34°06'09\"E",
        "44°57'08''N 34°06'09''E",
        "N 44 57 08 E 34 06 09",
        "N44°57′08″, E34°06′09″",
        "34°06′09″E 44°57′08″N",
        "44d57m08sN 34d06m09sE",
        "44 57 08 34 06 09",
        "44 57 08,34 06 09",
        "44,57,08 N 34,06,09 E",
        "44° 57′ 8″ north; 34° 6′ 9″ east",
        "(44:57:08 n / 34:06:09 e)",
        "44°57′8″ 34°6′9″",
        "44 deg 57 min 8 sec N, 34 deg 6 min 9 sec E",
    ];
    for text in spellings {
        let read = read(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert!(near(read.place, SIMFEROPOL), "{text}: {read:?}");
    }
}

#[test]
fn decimal_degrees_with_points_and_commas() {
    let place = LonLat::new(34.1024, 44.9521);
    let spellings = [
        "44.9521, 34.1024",
        "44.9521,34.1024",
        "44.9521 34.1024",
        "44,9521 34,1024",
        "44,9521; 34,1024",
        "44,9521, 34,1024",
        "44,9521,34,1024",
        "N44.9521 E34.1024",
        "[44.9521° , 34.1024°]",
        "lat=44.9521 lon=34.1024",
        "longitude: 34.1024, latitude: 44.9521",
        "geo:44.9521,34.1024",
        "44.9521N34.1024E",
    ];
    for text in spellings {
        let read = read(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert!(near(read.place, place), "{text}: {read:?}");
    }
    assert!(near(read("44,34").unwrap().place, LonLat::new(34.0, 44.0)));
    assert!(near(read("44 57,5 N 34 6,15 E").unwrap().place, LonLat::new(34.1025, 44.0 + 57.5 / 60.0)));
}

#[test]
fn south_and_west_are_negative_also_below_one_degree() {
    assert!(near(read("0°30′S 0°15′W").unwrap().place, LonLat::new(-0.25, -0.5)));
    assert!(near(read("-0 30, -0 15").unwrap().place, LonLat::new(-0.25, -0.5)));
    assert!(near(read("\u{2212}33.9, 18.4").unwrap().place, LonLat::new(18.4, -33.9)));
}

#[test]
fn what_is_in_doubt_is_said() {
    let both = read("44.95, 34.10").unwrap();
    assert_eq!((both.order, both.swapped), (Order::LatitudeFirst, Some(LonLat::new(44.95, 34.10))));
    assert!(both.notice().unwrap().contains("latitude, longitude"));
    let only = read("139.7, 35.7").unwrap();
    assert_eq!((only.order, only.place), (Order::LongitudeFirst, LonLat::new(139.7, 35.7)));
    assert!(only.notice().is_some());
    let japan = read("35.7, 139.7").unwrap();
    assert_eq!((japan.swapped, japan.notice()), (None, None));
    assert_eq!(read("35.7N 139.7E").unwrap().order, Order::Said);
}

#[test]
fn what_is_no_place_says_why() {
    let error = |text: &str| read(text).unwrap_err();
    assert_eq!(error("  "), CoordinateError::Empty);
    assert_eq!(error("44.95"), CoordinateError::NotTwo);
    assert_eq!(error("1 2 3"), CoordinateError::NotTwo);
    assert_eq!(error("44N 45N"), CoordinateError::SameAxis("latitude"));
    assert_eq!(error("-44S 34E"), CoordinateError::SignAndLetter);
    assert_eq!(error("44 60 N 34 00 E"), CoordinateError::Sixty(60.0));
    assert_eq!(error("44.5 30 N 34 E"), CoordinateError::FractionBefore);
    assert_eq!(error("44′30° N 34 E"), CoordinateError::OutOfOrder);
    assert_eq!(error("91N 34E"), CoordinateError::Latitude(91.0));
    assert_eq!(error("12N 181E"), CoordinateError::Longitude(181.0));
    assert_eq!(error("12 parsecs"), CoordinateError::Unknown("parsecs".into()));
    assert_eq!(error(&"1".repeat(300)), CoordinateError::TooLong);
    assert!(matches!(error("1-"), CoordinateError::Unknown(_)));
}

#[test]
fn places_are_written_in_both_ways() {
    assert_eq!(degrees_minutes_seconds(SIMFEROPOL, 0), "44°57′08″N 34°06′09″E");
    assert_eq!(degrees_minutes_seconds(LonLat::new(-0.5, -0.0), 1), "0°00′00.0″N 0°30′00.0″W");
    assert_eq!(degrees_minutes_seconds(LonLat::new(59.999_999_9, 1.0), 0), "1°00′00″N 60°00′00″E");
    assert_eq!(decimal(LonLat::new(34.1024, 44.9521), 3), "44.952, 34.102");
}
