//! Which screen shows what: the audience's picture on one and the speaker's sheet on another, as far as there are two.

/// One screen, as the system tells of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Screen {
    /// What the system calls it: `HDMI-1`. Empty where it has no name.
    pub name: String,
    /// Width and height in pixels.
    pub size_px: [u32; 2],
    /// Whether the window of the program stands on it.
    pub has_window: bool,
}

impl Screen {
    /// What people read: `HDMI-1, 1920 × 1080`, for the screen at this position of the list.
    pub fn label(&self, position: usize) -> String {
        let [width, height] = self.size_px;
        let name = if self.name.is_empty() { format!("Screen {}", position + 1) } else { self.name.clone() };
        format!("{name}, {width} × {height}")
    }
}

/// Whether these are the same screens, wherever the window stands.
pub fn are_same(some: &[Screen], others: &[Screen]) -> bool {
    let face = |screen: &Screen| (screen.name.clone(), screen.size_px);
    some.iter().map(face).eq(others.iter().map(face))
}

/// Where the two windows of a lecture fill a screen: positions in the list of screens, which differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Desk {
    /// The window of the program.
    pub own: usize,
    /// The window that a lecture opens besides.
    pub second: usize,
}

impl Desk {
    /// The desk on which the audience sees the screen of this name, and whether that is in the second window. A name that no screen has, as the empty one,
    /// means a screen on which the program's window is not: there the projector is. `None` with fewer than two screens.
    pub fn new(screens: &[Screen], audience: &str) -> Option<(Self, bool)> {
        let own = screens.iter().position(|screen| screen.has_window).unwrap_or(0);
        let other = (0..screens.len()).find(|position| *position != own)?;
        let named = screens.iter().position(|screen| !audience.is_empty() && screen.name == audience);
        let audience = named.unwrap_or(other);
        let is_second = audience != own;
        Some((Self { own, second: if is_second { audience } else { other } }, is_second))
    }

    /// The same windows with the audience on the screen at this position, and whether that is in the second window.
    #[must_use]
    pub fn with_audience_on(self, audience: usize) -> (Self, bool) {
        if audience == self.own { (self, false) } else { (Self { second: audience, ..self }, true) }
    }

    /// The screen that the audience sees.
    pub fn audience(self, is_second: bool) -> usize {
        if is_second { self.second } else { self.own }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn screens(names: &[&str], own: usize) -> Vec<Screen> {
        let screen =
            |(position, name): (usize, &&str)| Screen { name: (*name).to_owned(), size_px: [1920, 1080], has_window: position == own };
        names.iter().enumerate().map(screen).collect()
    }

    #[test]
    fn the_audience_sees_the_chosen_screen_else_another_than_the_author() {
        let two = screens(&["eDP-1", "HDMI-1"], 0);
        assert_eq!(Desk::new(&two, ""), Some((Desk { own: 0, second: 1 }, true)));
        assert_eq!(Desk::new(&two, "eDP-1"), Some((Desk { own: 0, second: 1 }, false)));
        assert_eq!(Desk::new(&two, "gone"), Some((Desk { own: 0, second: 1 }, true)), "what is not there any more is not waited for");
        let three = screens(&["A", "B", "C"], 1);
        assert_eq!(Desk::new(&three, "C"), Some((Desk { own: 1, second: 2 }, true)));
        assert_eq!(Desk::new(&three, ""), Some((Desk { own: 1, second: 0 }, true)));
        assert_eq!((Desk::new(&two[..1], ""), Desk::new(&[], "")), (None, None));
        // Screens without names are told apart by their places.
        assert_eq!(Desk::new(&screens(&["", ""], 1), ""), Some((Desk { own: 1, second: 0 }, true)));
    }

    #[test]
    fn another_screen_for_the_audience_leaves_the_own_window_where_it_is() {
        let desk = Desk { own: 1, second: 0 };
        assert_eq!(desk.with_audience_on(2), (Desk { own: 1, second: 2 }, true));
        assert_eq!(desk.with_audience_on(1), (desk, false));
        assert_eq!((desk.audience(true), desk.audience(false)), (0, 1));
    }

    #[test]
    fn a_window_that_moves_makes_no_other_screens() {
        let two = screens(&["A", "B"], 0);
        assert!(are_same(&two, &screens(&["A", "B"], 1)));
        assert!(!are_same(&two, &two[..1]) && !are_same(&two, &screens(&["A", "C"], 0)));
    }

    #[test]
    fn screens_have_labels_to_choose_by() {
        let both = screens(&["HDMI-1", ""], 0);
        assert_eq!([both[0].label(0), both[1].label(1)], ["HDMI-1, 1920 × 1080", "Screen 2, 1920 × 1080"]);
    }
}
