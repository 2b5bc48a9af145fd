//! Sums and the like over one field of a list's items, or of an object's members.

use core::cmp::Ordering;

use json::{Object, Value};

use super::super::arithmetic::add;
use super::super::compare::compared;
use super::super::datum::Datum;
use super::super::evaluate::evaluate;
use super::super::lookup::lookup;
use super::super::syntax::{Literal, Node};
use super::super::{Expression, Scope};

use super::aggregate::number_of;

/// Which items count.
enum Filter<'a> {
    All,
    None,
    Node(&'a Node),
    Text(Expression),
}

impl Filter<'_> {
    fn accepts(&self, item: &Object, outer: &dyn Scope) -> bool {
        let scope = ItemScope { item, outer };
        match self {
            Self::All => true,
            Self::None => false,
            Self::Node(node) => evaluate(node, &scope).is_true(),
            Self::Text(expression) => evaluate(&expression.root, &scope).is_true(),
        }
    }
}

/// A filter sees the item's own fields and nothing else.
struct ItemScope<'a> {
    item: &'a Object,
    outer: &'a dyn Scope,
}

impl Scope for ItemScope<'_> {
    fn variable(&self, name: &str) -> Option<Value> {
        lookup(self.item, name)
    }

    fn today(&self) -> (i32, u8, u8) {
        self.outer.today()
    }
}

/// The items that count and their values of the field.
struct Selection {
    rows: Vec<(Object, Value)>,
}

fn select(given: &[Datum], arguments: &[Node], scope: &dyn Scope) -> Selection {
    let mut rows = Vec::new();
    if let [data, Datum::Text(field), ..] = given {
        let filter = filter(given, arguments);
        let mut add = |item: Object| {
            let value = item.get(field).cloned().unwrap_or_default();
            if !super::super::datum::is_empty(&value) && filter.accepts(&item, scope) {
                rows.push((item, value));
            }
        };
        match data {
            Datum::List(items) => {
                for item in items {
                    if let Datum::Object(item) = item {
                        add(item.clone());
                    }
                }
            }
            Datum::Object(members) => {
                for (_, member) in members.iter() {
                    if let Value::Object(item) = member {
                        add(item.clone());
                    }
                }
            }
            _ => {}
        }
    }
    Selection { rows }
}

fn filter<'a>(given: &[Datum], arguments: &'a [Node]) -> Filter<'a> {
    let has_return = returned_field(given, arguments).is_some();
    let at = if has_return { 3 } else { 2 };
    match (given.get(at), arguments.get(at)) {
        (Some(Datum::Text(text)), _) => Expression::parse(text).map_or(Filter::None, Filter::Text),
        (Some(_), Some(node)) => Filter::Node(node),
        _ => Filter::All,
    }
}

/// The third argument if it names a field rather than being a condition.
fn returned_field<'d>(given: &'d [Datum], arguments: &[Node]) -> Option<&'d str> {
    match (given.get(2), arguments.get(2)) {
        (Some(Datum::Text(name)), Some(Node::Literal(Literal::Text(_)))) if !name.contains('{') => {
            Some(name)
        }
        _ => None,
    }
}

fn as_count(value: &Value) -> Option<Datum<'static>> {
    match Datum::plain(value.clone()) {
        Datum::Text(text) => super::super::number::read(&text).map(Datum::Number),
        other => Some(other),
    }
}

#[inline(never)]
pub(super) fn sum<'a>(given: &[Datum], arguments: &[Node], scope: &dyn Scope) -> Datum<'a> {
    let selection = select(given, arguments, scope);
    let values = selection
        .rows
        .iter()
        .filter_map(|(_, value)| as_count(value));
    values.fold(Datum::Number(0.0), add)
}

#[inline(never)]
pub(super) fn count<'a>(given: &[Datum], arguments: &[Node], scope: &dyn Scope) -> Datum<'a> {
    number_of(select(given, arguments, scope).rows.len())
}

#[inline(never)]
pub(super) fn average<'a>(given: &[Datum], arguments: &[Node], scope: &dyn Scope) -> Datum<'a> {
    let count = count(given, arguments, scope).forced_number();
    if count == 0.0 {
        return Datum::Number(0.0);
    }
    Datum::Number(sum(given, arguments, scope).forced_number() / count)
}

/// The least or greatest value of the field, or the returned field of the item that has it.
#[inline(never)]
pub(super) fn extreme<'a>(
    given: &[Datum],
    arguments: &[Node],
    scope: &dyn Scope,
    wanted: Ordering,
) -> Datum<'a> {
    let returned = returned_field(given, arguments);
    let rows = select(given, arguments, scope).rows;
    let values = rows
        .iter()
        .filter_map(|(item, value)| Some((item, as_count(value)?)));
    let best = values.reduce(|best, next| {
        if compared(&next.1, &best.1) == Some(wanted) {
            next
        } else {
            best
        }
    });
    match (best, returned) {
        (None, _) => Datum::Undefined,
        (Some((_, value)), None) => value,
        (Some((item, _)), Some(field)) => item
            .get(field)
            .map_or(Datum::Undefined, |value| Datum::plain(value.clone())),
    }
}
