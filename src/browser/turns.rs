//! A long page is drawn in turns: what is seen first at once, and the rest once that is shown.

use std::cell::{Cell, RefCell};
use std::time::Duration;

use super::clock;

/// How long a turn lasts, in milliseconds.
const TURN: f64 = 30.0;

/// How many elements fill a screen: about four questions. The first turn draws no more, however
/// quick the device: what stands below the screen would only be waited for.
const SCREEN: u32 = 90;

/// How long what is seen first stands before the second turn, so that it can be answered at once.
const REST: Duration = Duration::from_millis(200);

/// A piece of a page that waits for its turn.
type Piece = Box<dyn FnOnce()>;

thread_local! {
    /// When the turn ends; `None` while everything is drawn at once.
    static END: Cell<Option<f64>> = const { Cell::new(None) };
    /// How many elements the first turn may still make.
    static ROOM: Cell<u32> = const { Cell::new(0) };
    static WAITING: RefCell<Vec<Piece>> = const { RefCell::new(Vec::new()) };
}

/// Begins to draw in turns, until everything that is asked for by then is drawn.
pub fn begin() {
    ROOM.set(SCREEN);
    END.set(Some(clock::now_millis() + TURN));
    go_on(REST);
}

/// Draws a piece now, or in a later turn if this one is over.
pub fn draw(piece: impl FnOnce() + 'static) {
    if is_over() {
        WAITING.with_borrow_mut(|waiting| waiting.push(Box::new(piece)));
    } else {
        piece();
    }
}

/// Draws at once whatever `change` asks for: it follows what a person did.
pub fn at_once(change: impl FnOnce()) {
    let end = END.take();
    change();
    END.set(end);
}

/// Notes that an element has been made.
pub fn count() {
    ROOM.set(ROOM.get().saturating_sub(1));
}

fn is_over() -> bool {
    END.get()
        .is_some_and(|end| ROOM.get() == 0 || clock::now_millis() > end)
}

fn go_on(wait: Duration) {
    clock::after_drawing(move || clock::after(wait, turn));
}

fn turn() {
    ROOM.set(u32::MAX);
    END.set(Some(clock::now_millis() + TURN));
    while !is_over() {
        let next = WAITING.with_borrow_mut(|waiting| {
            let is_empty = waiting.is_empty();
            (!is_empty).then(|| waiting.remove(0))
        });
        let Some(piece) = next else {
            END.set(None);
            return;
        };
        piece();
    }
    go_on(Duration::ZERO);
}
