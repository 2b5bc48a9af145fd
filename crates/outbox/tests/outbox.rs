//! What the queue promises, by example and over random histories.

use std::collections::BTreeSet;

use outbox::{ANSWER_WITHIN_MS, Command, Event, Failure, LONGEST_PAUSE_MS, Name, Outbox, State};
use proptest::prelude::*;

const HALF: f64 = 0.5;

fn name() -> Name {
    "a".into()
}

fn queued() -> Outbox {
    let mut outbox = Outbox::new();
    outbox.apply(Event::Queued(name()), 0, HALF);
    outbox
}

#[test]
fn a_queued_response_is_kept_shown_and_sent() {
    let commands = Outbox::new().apply(Event::Queued(name()), 1_000, HALF);
    assert_eq!(
        commands,
        [
            Command::Keep(name()),
            Command::Show(name(), State::Sending { attempt: 1 }),
            Command::Send(name()),
            Command::WakeAt(1_000 + ANSWER_WITHIN_MS),
        ]
    );
}

#[test]
fn an_acknowledged_response_is_forgotten_and_sent_for_good() {
    let mut outbox = queued();
    let commands = outbox.apply(Event::Acknowledged(name()), 10, HALF);
    assert_eq!(
        commands,
        [Command::Forget(name()), Command::Show(name(), State::Sent)]
    );
    for event in [
        Event::Acknowledged(name()),
        Event::Failed(name(), Failure::Unreachable),
        Event::Queued(name()),
        Event::Retry(name()),
        Event::Online,
        Event::Tick,
    ] {
        assert_eq!(outbox.apply(event, 1_000_000, HALF), []);
    }
    assert_eq!(outbox.state("a"), Some(&State::Sent));
}

#[test]
fn a_failed_attempt_says_when_the_next_one_will_be() {
    let mut outbox = queued();
    let because = Failure::Unreachable;
    let commands = outbox.apply(Event::Failed(name(), because.clone()), 100, HALF);
    let waiting = State::Waiting {
        attempts: 1,
        until: 1_600,
        because,
    };
    assert_eq!(
        commands,
        [Command::Show(name(), waiting), Command::WakeAt(1_600)]
    );
    assert_eq!(
        outbox.apply(Event::Tick, 1_599, HALF),
        [Command::WakeAt(1_600)]
    );
    let commands = outbox.apply(Event::Tick, 1_600, HALF);
    assert!(commands.contains(&Command::Send(name())));
    assert_eq!(outbox.state("a"), Some(&State::Sending { attempt: 2 }));
}

#[test]
fn an_endpoint_that_asks_for_patience_gets_it() {
    let mut outbox = queued();
    let failure = Failure::Unavailable {
        retry_after_ms: Some(3_600_000),
    };
    outbox.apply(Event::Failed(name(), failure), 0, HALF);
    assert_eq!(
        outbox.apply(Event::Online, 10, HALF),
        [Command::WakeAt(3_600_000)]
    );
}

#[test]
fn coming_online_does_not_wait_for_the_timer() {
    let mut outbox = queued();
    outbox.apply(Event::Failed(name(), Failure::Unreachable), 0, HALF);
    assert!(
        outbox
            .apply(Event::Online, 1, HALF)
            .contains(&Command::Send(name()))
    );
}

#[test]
fn a_refused_response_is_kept_until_its_owner_decides() {
    let mut outbox = queued();
    let code = "survey/closed".to_owned();
    let refused = Event::Failed(name(), Failure::Refused { code: code.clone() });
    let commands = outbox.apply(refused, 0, HALF);
    assert_eq!(commands, [Command::Show(name(), State::Refused { code })]);
    assert_eq!(outbox.apply(Event::Tick, u64::MAX, HALF), []);
    assert!(
        outbox
            .apply(Event::Retry(name()), 5, HALF)
            .contains(&Command::Send(name()))
    );
    let commands = outbox.apply(Event::Discard(name()), 6, HALF);
    assert_eq!(commands, [Command::Forget(name())]);
    assert_eq!(outbox.state("a"), None);
}

#[test]
fn an_attempt_without_an_answer_counts_as_failed_and_a_late_receipt_still_counts() {
    let mut outbox = queued();
    outbox.apply(Event::Tick, ANSWER_WITHIN_MS, HALF);
    assert!(matches!(
        outbox.state("a"),
        Some(State::Waiting {
            because: Failure::TimedOut,
            ..
        })
    ));
    outbox.apply(Event::Acknowledged(name()), ANSWER_WITHIN_MS + 1, HALF);
    assert_eq!(outbox.state("a"), Some(&State::Sent));
}

#[derive(Debug, Clone)]
enum Step {
    Queue(u8),
    Acknowledge(u8),
    Fail(u8, Failure),
    Tick,
    Online,
    Retry(u8),
}

fn failure() -> impl Strategy<Value = Failure> {
    prop_oneof![
        Just(Failure::Unreachable),
        Just(Failure::TimedOut),
        Just(Failure::NoReceipt),
        prop::option::of(0_u64..100_000)
            .prop_map(|retry_after_ms| Failure::Unavailable { retry_after_ms }),
        Just(Failure::Refused {
            code: "answers/shape".to_owned()
        }),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        (0_u8..4).prop_map(Step::Queue),
        (0_u8..4).prop_map(Step::Acknowledge),
        (0_u8..4, failure()).prop_map(|(name, failure)| Step::Fail(name, failure)),
        Just(Step::Tick),
        Just(Step::Online),
        (0_u8..4).prop_map(Step::Retry),
    ]
}

fn named(number: u8) -> Name {
    number.to_string().into()
}

fn event(step: Step) -> Event {
    match step {
        Step::Queue(number) => Event::Queued(named(number)),
        Step::Acknowledge(number) => Event::Acknowledged(named(number)),
        Step::Fail(number, failure) => Event::Failed(named(number), failure),
        Step::Tick => Event::Tick,
        Step::Online => Event::Online,
        Step::Retry(number) => Event::Retry(named(number)),
    }
}

proptest! {
    #[test]
    fn nothing_is_lost_and_nothing_stands_still(
        steps in prop::collection::vec((step(), 0_u64..90_000, 0.0..1.0), 0..60),
    ) {
        let mut outbox = Outbox::new();
        let (mut now, mut queued, mut acknowledged) = (0, BTreeSet::new(), BTreeSet::new());
        for (step, passed, jitter) in steps {
            now += passed;
            let event = event(step);
            if let Event::Queued(name) = &event {
                queued.insert(name.clone());
            }
            if let Event::Acknowledged(name) = &event && queued.contains(name) {
                acknowledged.insert(name.clone());
            }
            let commands = outbox.apply(event, now, jitter);
            for command in &commands {
                if let Command::Forget(name) = command {
                    prop_assert!(acknowledged.contains(name), "forgot {name} unacknowledged");
                }
            }
            let names: BTreeSet<Name> = outbox.states().map(|(name, _)| name.clone()).collect();
            prop_assert_eq!(&names, &queued);
            let unsettled = outbox
                .states()
                .any(|(_, state)| matches!(state, State::Sending { .. } | State::Waiting { .. }));
            let wakes = commands.iter().any(|it| matches!(it, Command::WakeAt(_)));
            prop_assert_eq!(unsettled, wakes);
        }
        for name in &acknowledged {
            prop_assert_eq!(outbox.state(name), Some(&State::Sent));
        }
    }

    #[test]
    fn after_an_outage_everything_arrives(
        outage in 0_u64..10_000_000,
        jitters in prop::collection::vec(0.0..1.0, 8),
        count in 1_u8..4,
    ) {
        let mut outbox = Outbox::new();
        let mut jitter = jitters.into_iter().cycle();
        let mut draw = move || jitter.next().unwrap_or(0.5);
        let mut todo: Vec<Command> = (0..count)
            .flat_map(|number| outbox.apply(Event::Queued(named(number)), 0, draw()))
            .collect();
        let (mut now, mut wake) = (0, 0);
        for _ in 0..10_000 {
            let mut next = Vec::new();
            for command in todo.drain(..) {
                match command {
                    Command::Send(name) if now < outage => {
                        next.push(Event::Failed(name, Failure::Unreachable));
                    }
                    Command::Send(name) => next.push(Event::Acknowledged(name)),
                    Command::WakeAt(at) => wake = at,
                    _ => {}
                }
            }
            if next.is_empty() {
                if outbox.states().all(|(_, state)| *state == State::Sent) {
                    break;
                }
                now = wake;
                next.push(Event::Tick);
            }
            for event in next {
                todo.extend(outbox.apply(event, now, draw()));
            }
        }
        prop_assert!(outbox.states().all(|(_, state)| *state == State::Sent));
        prop_assert!(now <= outage + LONGEST_PAUSE_MS, "{now}");
    }
}
