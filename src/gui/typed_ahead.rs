//! What is typed right after a key that opens a field, before that field has the keyboard. On a slow machine several keys come within one frame: Ctrl+F and
//! the first letters of a name must not become keys of the map.

use eframe::egui::{Context, Event, Modifiers};

use super::{actions, session::Session};

/// How many frames a field may take until it has the keyboard: it is asked for after one, and asks for the keyboard in the next.
const FRAMES: u8 = 4;

/// Keys and letters that wait for a field.
#[derive(Default)]
pub struct TypedAhead {
    events: Vec<Event>,
    /// How many frames they wait still; 0 while nothing is waited for.
    frames: u8,
}

impl TypedAhead {
    /// At the start of each frame, before any key is acted on: keeps back what was typed for a field that is about to open, and hands it on as soon as one has the
    /// keyboard. Where none comes, the keys are keys again.
    pub fn hear(&mut self, ctx: &Context, session: &Session) {
        let has_field = ctx.text_edit_focused();
        if self.frames > 0 {
            self.frames -= 1;
            let is_over = has_field || self.frames == 0;
            ctx.input_mut(|input| {
                self.events.extend(input.events.extract_if(.., |event| is_typed(event)));
                if is_over {
                    self.frames = 0;
                    input.events.append(&mut self.events);
                }
            });
        } else if !has_field {
            ctx.input_mut(|input| self.keep_back(&mut input.events, session));
        }
        if self.frames > 0 {
            ctx.request_repaint();
        }
    }

    fn keep_back(&mut self, events: &mut Vec<Event>, session: &Session) {
        let Some(opening) = events.iter().position(|event| actions::opens_field(event, session)) else { return };
        let mut after = opening + 1;
        // A key without Ctrl comes with its letter, which belongs to it.
        let is_plain = matches!(events[opening], Event::Key { modifiers: Modifiers { command: false, ctrl: false, .. }, .. });
        if is_plain && matches!(events.get(after), Some(Event::Text(_))) {
            after += 1;
        }
        self.events = events.extract_if(after.., |event| is_typed(event)).collect();
        self.frames = FRAMES;
    }
}

fn is_typed(event: &Event) -> bool {
    matches!(event, Event::Key { .. } | Event::Text(_) | Event::Paste(_) | Event::Ime(_))
}
