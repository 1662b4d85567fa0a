//! The tools of the strip beside the map, and what a person does with them.

use super::sketch::{Sketch, SketchPoint};
use crate::geometry::{LonLat, UnitIx, shape::vertex::VertexIx};

/// What the pointer does on the map of a document that is edited.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Tool {
    /// Selects, and moves what is selected.
    #[default]
    Select,
    /// Sets a named place.
    Place,
    /// Sets an event.
    Event,
    /// Draws a line.
    Line,
    /// Draws a region.
    Area,
    /// Draws while the button is held.
    Freehand,
    /// Draws along borders.
    Trace,
    /// Draws an arrow.
    Arrow,
    /// Puts words on the map.
    Text,
    /// Puts words on the map that lead to a place.
    Callout,
    /// Makes a region of units.
    Units,
    /// Cuts the selected region along a line.
    Split,
    /// Joins another region to the selected one.
    Join,
    /// Takes another region out of the selected one.
    Subtract,
}

impl Tool {
    /// The tools of the strip with their names in the table of actions, from the top down.
    pub const STRIP: [(Self, &'static str); 11] = [
        (Self::Select, "Select and move"),
        (Self::Place, "Set a place"),
        (Self::Event, "Set an event"),
        (Self::Line, "Draw a line"),
        (Self::Area, "Draw a region"),
        (Self::Freehand, "Draw freehand"),
        (Self::Trace, "Trace borders"),
        (Self::Units, "Region of units"),
        (Self::Arrow, "Draw an arrow"),
        (Self::Text, "Put a text"),
        (Self::Callout, "Put a callout"),
    ];

    /// Whether clicks on the map mean places to it.
    pub fn takes_clicks(self) -> bool {
        self != Self::Select
    }

    /// Whether it sets one point after another.
    pub fn sets_points(self) -> bool {
        matches!(self, Self::Line | Self::Area | Self::Trace | Self::Split | Self::Arrow | Self::Callout)
    }

    /// How many points are all that it needs; `None` for those that go on until they are ended.
    pub fn wanted_points(self) -> Option<usize> {
        match self {
            Self::Place | Self::Event | Self::Text => Some(1),
            Self::Callout => Some(2),
            _ => None,
        }
    }

    /// Whether it works on the region that is selected.
    pub fn needs_region(self) -> bool {
        matches!(self, Self::Split | Self::Join | Self::Subtract)
    }

    /// What it is called over the map.
    pub fn title(self) -> &'static str {
        match self {
            Self::Select => "Select",
            Self::Place => "Place",
            Self::Event => "Event",
            Self::Line => "Line",
            Self::Area => "Region",
            Self::Freehand => "Freehand",
            Self::Trace => "Trace",
            Self::Arrow => "Arrow",
            Self::Text => "Text",
            Self::Callout => "Callout",
            Self::Units => "Region of units",
            Self::Split => "Split",
            Self::Join => "Join",
            Self::Subtract => "Subtract",
        }
    }
}

/// The tools as they stand. Session only.
#[derive(Clone, Debug, PartialEq)]
pub struct Tools {
    /// Whether the shown document is edited: the strip is there.
    pub on: bool,
    /// The chosen tool.
    pub tool: Tool,
    /// Whether points keep to borders and to shapes of the document.
    pub snapping: bool,
    /// Whether lines between two points on borders follow the borders.
    pub tracing: bool,
    /// What is being drawn.
    pub sketch: Sketch,
    /// The point of the selected shape that was clicked last.
    pub vertex: Option<VertexIx>,
}

impl Default for Tools {
    fn default() -> Self {
        Self { on: false, tool: Tool::Select, snapping: true, tracing: false, sketch: Sketch::default(), vertex: None }
    }
}

/// What a person does with the tools.
#[derive(Clone, Debug, PartialEq)]
pub enum DrawStep {
    /// Brings the tools, or puts them away.
    Toggle,
    /// Takes a tool.
    Choose(Tool),
    /// Points keep to what is near, or no longer.
    ToggleSnapping,
    /// Lines follow borders, or no longer.
    ToggleTracing,
    /// Sets the next point.
    Add(SketchPoint),
    /// A stroke of the pen that is over.
    Stroke(Vec<LonLat>),
    /// Puts a unit in, or takes it out.
    Unit(UnitIx),
    /// Takes back the last point.
    TakeBack,
    /// Finishes what is drawn.
    End,
    /// Lets go of what is drawn.
    LetGo,
    /// Says which point of the selected shape the keyboard means.
    PickVertex(Option<VertexIx>),
}

impl Tools {
    /// Whether something is drawn, or a tool other than selecting is taken.
    pub fn is_drawing(&self) -> bool {
        self.on && self.tool.takes_clicks()
    }

    /// Whether lines follow borders now.
    pub fn follows_borders(&self) -> bool {
        self.tool == Tool::Trace || (self.tracing && matches!(self.tool, Tool::Line | Tool::Area | Tool::Split | Tool::Arrow))
    }

    /// Takes a tool; what was drawn with another one is let go.
    pub fn choose(&mut self, tool: Tool) {
        (self.on, self.tool, self.sketch, self.vertex) = (true, tool, Sketch::default(), None);
    }

    /// Lets go of what is drawn, then of the tool; false where there was nothing to let go.
    pub fn let_go(&mut self) -> bool {
        match () {
            () if !self.sketch.is_empty() => self.sketch = Sketch::default(),
            () if self.tool != Tool::Select => self.tool = Tool::Select,
            () if self.vertex.is_some() => self.vertex = None,
            () => return false,
        }
        true
    }

    /// Lets go of tool and drawing: clicks mean something else now.
    pub fn choose_nothing(&mut self) {
        (self.tool, self.sketch, self.vertex) = (Tool::Select, Sketch::default(), None);
    }

    /// Puts everything away, as for another document.
    pub fn put_away(&mut self) {
        *self = Self { snapping: self.snapping, tracing: self.tracing, ..Self::default() };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letting_go_goes_from_the_inside_out() {
        let mut tools = Tools::default();
        tools.choose(Tool::Line);
        tools.sketch.add(SketchPoint { at: LonLat::new(1.0, 2.0), on_arc: None, way: Vec::new() });
        assert!(tools.let_go() && tools.sketch.is_empty() && tools.tool == Tool::Line);
        assert!(tools.let_go() && tools.tool == Tool::Select);
        assert!(!tools.let_go() && tools.on);
    }
}
