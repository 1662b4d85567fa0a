//! Small manners of the window that egui leaves to the program: whose the arrow keys are, and what a click does that closes a menu.

use eframe::egui::{Context, Id, Popup, Response};

/// Leaves the arrow keys to a control that moves by them, while it has the keyboard.
pub fn keep_arrows(control: &Response) {
    if control.has_focus() {
        control.ctx.data_mut(|data| data.insert_temp(Id::unique("arrows are kept"), control.id));
    }
}

/// Whether the control that has the keyboard moves by the arrow keys.
pub fn arrows_are_kept(ctx: &Context) -> bool {
    let focused = ctx.memory(|memory| memory.focused());
    focused.is_some() && focused == ctx.data(|data| data.get_temp::<Id>(Id::unique("arrows are kept")))
}

/// Leaves Ctrl+Z and Ctrl+Y to the document while a field has the keyboard in which nothing was typed since: there is nothing of its own to take back.
pub fn leave_undo(field: &Response) {
    field.ctx.data_mut(|data| data.insert_temp(Id::unique("undo is left"), field.id));
}

/// The field has something of its own to take back.
pub fn keep_undo(field: &Response) {
    field.ctx.data_mut(|data| data.remove::<Id>(Id::unique("undo is left")));
}

/// Whether the field that has the keyboard leaves undo to the document.
pub fn undo_is_left(ctx: &Context) -> bool {
    let focused = ctx.memory(|memory| memory.focused());
    focused.is_some() && focused == ctx.data(|data| data.get_temp::<Id>(Id::unique("undo is left")))
}

/// At the start of each frame: remembers of a press whether a menu was open when it came.
pub fn hear_press(ctx: &Context) {
    if ctx.input(|input| input.pointer.any_pressed()) {
        let open = Popup::is_any_open(ctx);
        ctx.data_mut(|data| data.insert_temp(Id::unique("pressed beside a menu"), open));
    }
}

/// Whether the press that is or was last down closes a menu and means nothing else.
pub fn closes_menu(ctx: &Context) -> bool {
    ctx.data(|data| data.get_temp(Id::unique("pressed beside a menu"))).unwrap_or(false)
}

/// Leaves Escape to a text field while it has the keyboard: it leaves the field and does nothing else.
pub fn keep_escape(field: &Response) {
    if field.has_focus() {
        let pass = field.ctx.cumulative_pass_nr();
        field.ctx.data_mut(|data| data.insert_temp(Id::unique("escape is kept"), pass));
    }
}

/// Whether a field that keeps Escape had the keyboard in the frame before: egui takes the keyboard away before anybody is asked.
pub fn escape_is_kept(ctx: &Context) -> bool {
    let kept: Option<u64> = ctx.data(|data| data.get_temp(Id::unique("escape is kept")));
    kept.is_some_and(|pass| pass + 1 >= ctx.cumulative_pass_nr())
}
