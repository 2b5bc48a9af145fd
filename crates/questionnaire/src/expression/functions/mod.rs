//! The functions a formula may call.

mod aggregate;
mod dates;
mod items;
mod texts;

use super::Scope;
use super::datum::Datum;
use super::evaluate::evaluate;
use super::syntax::Node;

macro_rules! functions {
    ($($variant:ident $name:literal)*) => {
        /// A function by name.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum Function {
            $($variant,)*
        }

        impl Function {
            /// The function called `name`, in exactly this case.
            pub(super) fn named(name: &str) -> Option<Self> {
                match name {
                    $($name => Some(Self::$variant),)*
                    _ => None,
                }
            }
        }

        /// The names of all functions, in the order of the format's reference.
        pub const FUNCTIONS: &[&str] = &[$($name,)*];
    };
}

functions! {
    Sum "sum"
    Min "min"
    Max "max"
    Count "count"
    Avg "avg"
    Round "round"
    Trunc "trunc"
    SumInArray "sumInArray"
    MinInArray "minInArray"
    MaxInArray "maxInArray"
    CountInArray "countInArray"
    AvgInArray "avgInArray"
    Iif "iif"
    GetDate "getDate"
    Age "age"
    DateDiff "dateDiff"
    DateAdd "dateAdd"
    IsContainerReady "isContainerReady"
    IsDisplayMode "isDisplayMode"
    CurrentDate "currentDate"
    Today "today"
    GetYear "getYear"
    CurrentYear "currentYear"
    DiffDays "diffDays"
    Year "year"
    Month "month"
    Day "day"
    Weekday "weekday"
    DisplayValue "displayValue"
    PropertyValue "propertyValue"
    Substring "substring"
    GetComment "getComment"
}

/// Calls `function` with `arguments`.
pub(super) fn call<'a>(function: Function, arguments: &'a [Node], scope: &dyn Scope) -> Datum<'a> {
    let given: Vec<Datum<'a>> = match function {
        Function::Iif => return iif(arguments, scope),
        _ => arguments.iter().map(|it| evaluate(it, scope)).collect(),
    };
    match function {
        Function::Iif => Datum::Null,
        Function::Sum => aggregate::sum(given),
        Function::Min => aggregate::extreme(given, core::cmp::Ordering::Less),
        Function::Max => aggregate::extreme(given, core::cmp::Ordering::Greater),
        Function::Count => aggregate::count(given),
        Function::Avg => aggregate::average(given),
        Function::Round => aggregate::round(given),
        Function::Trunc => aggregate::trunc(given),
        Function::SumInArray => items::sum(&given, arguments, scope),
        Function::AvgInArray => items::average(&given, arguments, scope),
        Function::CountInArray => items::count(&given, arguments, scope),
        Function::MinInArray => items::extreme(&given, arguments, scope, core::cmp::Ordering::Less),
        Function::MaxInArray => {
            items::extreme(&given, arguments, scope, core::cmp::Ordering::Greater)
        }
        Function::IsContainerReady => Datum::Bool(texts::is_ready(&given, scope)),
        Function::IsDisplayMode => Datum::Undefined,
        Function::DisplayValue => texts::display_value(&given, scope),
        Function::PropertyValue => texts::property(&given, scope),
        Function::Substring => texts::substring(&given),
        Function::GetComment => texts::comment(&given, scope),
        _ => dates::call(function, &given, scope),
    }
}

/// `iif(condition, then, else)`: only the branch that is taken is evaluated.
fn iif<'a>(arguments: &'a [Node], scope: &dyn Scope) -> Datum<'a> {
    let [condition, then, rest @ ..] = arguments else {
        return Datum::Null;
    };
    if evaluate(condition, scope).is_truthy() {
        evaluate(then, scope)
    } else {
        rest.first()
            .map_or(Datum::Undefined, |otherwise| evaluate(otherwise, scope))
    }
}
