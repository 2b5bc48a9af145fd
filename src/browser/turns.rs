//! A long page is drawn in turns: what is seen first at once, and the rest once that is shown.

use std::cell::{Cell, RefCell};
use std::time::Duration;

use super::clock;

/// How long a turn lasts, in milliseconds.
const TURN: f64 = 30.0;

/// How long what is seen first stands before the second turn, so that it can be answered at once.
const REST: Duration = Duration::from_millis(200);

/// A piece of a page that waits for its turn.
type Piece = Box<dyn FnOnce()>;

thread_local! {
    /// When the turn ends; `None` while everything is drawn at once.
    static END: Cell<Option<f64>> = const { Cell::new(None) };
    static WAITING: RefCell<Vec<Piece>> = const { RefCell::new(Vec::new()) };
}

/// Begins to draw in turns, until everything that is asked for by then is drawn.
pub fn begin() {
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

fn is_over() -> bool {
    END.get().is_some_and(|end| clock::now_millis() > end)
}

fn go_on(wait: Duration) {
    clock::after_drawing(move || clock::after(wait, turn));
}

fn turn() {
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
