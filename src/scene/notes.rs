//! What every map says of itself: when, in whose view, from how many sources, how fine, and that it endorses nothing.

/// The bar that shows a round distance.
#[derive(Clone, Debug, PartialEq)]
pub struct ScaleBar {
    /// Its length on the screen.
    pub length_points: f32,
    /// The distance: `200 km`.
    pub label: String,
}

/// What the map says of itself. No text is ever empty unless it says so.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Notes {
    /// The title of the project; empty without one.
    pub title: String,
    /// The day, for people: `15 June 2020`.
    pub date: String,
    /// The point of view: `View: de facto control`.
    pub view: String,
    /// How many sources stand behind what is shown.
    pub source_count: usize,
    /// The same in words: `41 sources`.
    pub sources: String,
    /// That boundaries and names shown imply no endorsement.
    pub no_endorsement: String,
    /// Said where the map is enlarged past the scale of its source geometry; `None` elsewhere.
    pub honest_zoom: Option<String>,
    /// The projection and the origin of the outlines.
    pub projection: String,
    /// The scale at the middle of the map; `None` where it differs too much over the map to be shown (the whole world).
    pub scale_bar: Option<ScaleBar>,
}
