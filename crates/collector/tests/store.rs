//! What every store promises, asked of each.

use std::path::PathBuf;

use collector::{MemoryStore, Put, Quota, SqliteStore, Store};
use wire::{Body, BodyKind, ResponseId, SurveyId};

fn survey(id: &str) -> SurveyId {
    id.parse().expect("well-formed")
}

fn id(byte: u8) -> ResponseId {
    ResponseId::from_random([byte; 16])
}

fn body(text: &str) -> Body {
    Body {
        kind: BodyKind::Plain,
        bytes: text.as_bytes().to_vec(),
    }
}

fn promises(store: &dyn Store) {
    an_id_is_taken_once(store);
    rows_come_in_the_order_of_their_ids(store);
    pages_follow_each_other(store);
    surveys_do_not_see_each_other(store);
    a_quota_counts_new_responses_of_its_day(store);
    the_kind_of_a_body_is_kept(store);
    many_are_loaded_at_once_and_taken_ids_passed_over(store);
    the_last_publication_holds_until_it_is_taken_back(store);
}

fn the_last_publication_holds_until_it_is_taken_back(store: &dyn Store) {
    let (one, other) = (survey("public"), survey("private"));
    let published = |it| store.published(it).expect("works");
    assert_eq!(published(&one), None);
    for results in ["first", "second"] {
        store.publish(&one, Some(results)).expect("works");
        assert_eq!(published(&one).as_deref(), Some(results));
    }
    assert_eq!(published(&other), None);
    store.publish(&one, None).expect("works");
    assert_eq!(published(&one), None);
}

fn an_id_is_taken_once(store: &dyn Store) {
    let once = survey("once");
    assert_eq!(
        store.look_up(&once, id(1), &body("a")).expect("works"),
        None
    );
    let put = |text| store.put(&once, id(1), &body(text), None).expect("works");
    assert_eq!(put("a"), Put::New);
    assert_eq!(put("a"), Put::Same);
    assert_eq!(put("b"), Put::Different);
    let look_up = |text| store.look_up(&once, id(1), &body(text)).expect("works");
    assert_eq!(look_up("a"), Some(Put::Same));
    assert_eq!(look_up("b"), Some(Put::Different));
    assert_eq!(
        store.page(&once, None, 9).expect("works"),
        [(id(1), body("a"))]
    );
}

fn rows_come_in_the_order_of_their_ids(store: &dyn Store) {
    let order = survey("order");
    for byte in [9, 3, 255, 0, 7] {
        store
            .put(&order, id(byte), &body("x"), None)
            .expect("works");
    }
    let rows = store.page(&order, None, 100).expect("works");
    let ids: Vec<ResponseId> = rows.into_iter().map(|(id, _)| id).collect();
    assert_eq!(ids, [id(0), id(3), id(7), id(9), id(255)]);
}

fn pages_follow_each_other(store: &dyn Store) {
    let order = survey("order");
    let mut after = None;
    let mut seen = Vec::new();
    loop {
        let rows = store.page(&order, after, 2).expect("works");
        let Some((last, _)) = rows.last() else { break };
        assert!(rows.len() <= 2);
        after = Some(*last);
        seen.extend(rows.into_iter().map(|(id, _)| id));
    }
    assert_eq!(seen, [id(0), id(3), id(7), id(9), id(255)]);
}

fn surveys_do_not_see_each_other(store: &dyn Store) {
    let (one, two) = (survey("one"), survey("two"));
    assert_eq!(
        store.put(&one, id(1), &body("1"), None).expect("works"),
        Put::New
    );
    assert_eq!(
        store.put(&two, id(1), &body("2"), None).expect("works"),
        Put::New
    );
    assert_eq!(
        store.page(&one, None, 9).expect("works"),
        [(id(1), body("1"))]
    );
    assert_eq!(
        store.page(&two, None, 9).expect("works"),
        [(id(1), body("2"))]
    );
}

fn a_quota_counts_new_responses_of_its_day(store: &dyn Store) {
    let full = survey("full");
    let put = |byte, day: &str, text| {
        let quota = Quota {
            day: day.parse().expect("a day"),
            limit: 2,
        };
        store
            .put(&full, id(byte), &body(text), Some(quota))
            .expect("works")
    };
    assert_eq!(put(1, "2026-11-22", "a"), Put::New);
    assert_eq!(put(1, "2026-11-22", "a"), Put::Same);
    assert_eq!(put(2, "2026-11-22", "a"), Put::New);
    assert_eq!(put(3, "2026-11-22", "a"), Put::Full);
    assert_eq!(put(2, "2026-11-22", "a"), Put::Same);
    assert_eq!(
        store.look_up(&full, id(3), &body("a")).expect("works"),
        None
    );
    assert_eq!(put(3, "2026-11-23", "a"), Put::New);
    assert_eq!(put(4, "2026-11-23", "a"), Put::New);
    assert_eq!(put(5, "2026-11-23", "a"), Put::Full);
}

fn many_are_loaded_at_once_and_taken_ids_passed_over(store: &dyn Store) {
    let many = survey("many");
    assert_eq!(
        store.put(&many, id(2), &body("old"), None).expect("works"),
        Put::New
    );
    let rows = [(id(3), body("c")), (id(2), body("new")), (id(1), body("a"))];
    assert_eq!(store.load(&many, &rows).expect("works"), 2);
    assert_eq!(store.load(&many, &rows).expect("works"), 0);
    let stored = store.page(&many, None, 9).expect("works");
    assert_eq!(
        stored,
        [(id(1), body("a")), (id(2), body("old")), (id(3), body("c"))]
    );
}

fn the_kind_of_a_body_is_kept(store: &dyn Store) {
    let kinds = survey("kinds");
    let sealed = Body {
        kind: BodyKind::Sealed,
        bytes: vec![0, 0xff, b'\n'],
    };
    assert_eq!(
        store.put(&kinds, id(1), &sealed, None).expect("works"),
        Put::New
    );
    let plain = Body {
        kind: BodyKind::Plain,
        ..sealed.clone()
    };
    assert_eq!(
        store.put(&kinds, id(1), &plain, None).expect("works"),
        Put::Different
    );
    assert_eq!(
        store.page(&kinds, None, 9).expect("works"),
        [(id(1), sealed)]
    );
}

/// A folder of its own below the build's scratch folder.
fn folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("a scratch folder");
    folder
}

#[test]
fn memory_keeps_the_promises() {
    promises(&MemoryStore::new());
}

#[test]
fn sqlite_keeps_the_promises() {
    let path = folder("promises").join("responses.sqlite");
    promises(&SqliteStore::open(&path).expect("opens"));
}

#[test]
fn sqlite_still_has_everything_after_it_was_closed() {
    let path = folder("again").join("responses.sqlite");
    let again = survey("again");
    {
        let store = SqliteStore::open(&path).expect("opens");
        store.put(&again, id(2), &body("b"), None).expect("works");
        store.put(&again, id(1), &body("a"), None).expect("works");
    }
    let store = SqliteStore::open(&path).expect("opens again");
    let rows = store.page(&again, None, 9).expect("works");
    assert_eq!(rows, [(id(1), body("a")), (id(2), body("b"))]);
}

#[test]
fn sqlite_refuses_a_file_that_is_not_its_own() {
    let folder = folder("foreign");
    let text = folder.join("text.sqlite");
    std::fs::write(&text, "not a database ".repeat(100)).expect("written");
    assert!(SqliteStore::open(&text).is_err());
    let foreign = folder.join("foreign.sqlite");
    let connection = rusqlite::Connection::open(&foreign).expect("opens");
    connection
        .pragma_update(None, "user_version", 7)
        .expect("works");
    drop(connection);
    assert!(SqliteStore::open(&foreign).is_err());
}

/// Someone who holds the file cannot tell who answered first: the same responses give the same
/// file in whatever order they arrived.
#[test]
fn a_closed_sqlite_file_does_not_depend_on_the_order_of_arrival() {
    let folder = folder("arrival");
    let file = |name: &str, order: &[u8]| {
        let path = folder.join(name);
        let store = SqliteStore::open(&path).expect("opens");
        for byte in order {
            let text = format!("answers of {byte} ").repeat(30);
            store
                .put(&survey("s"), id(*byte), &body(&text), None)
                .expect("works");
        }
        drop(store);
        let mut bytes = std::fs::read(&path).expect("reads");
        // The change counters of the header (offsets 24, 92) count transactions, whatever their order.
        bytes.drain(..100);
        bytes
    };
    let upwards: Vec<u8> = (0..40).collect();
    let downwards: Vec<u8> = (0..40).rev().collect();
    assert!(file("up.sqlite", &upwards) == file("down.sqlite", &downwards));
}
