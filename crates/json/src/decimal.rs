//! Decimal digits to doubles and back, exactly, with whole-number arithmetic instead of tables.
//!
//! The standard library does the same faster, with ten kilobytes of powers that no compression
//! makes smaller; a respondent would download them to read a handful of numbers. What people
//! write takes the short way here too: at most 15 digits and a power of ten up to 22 are exact in
//! one multiplication or division.

use alloc::format;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;
use core::cmp::Ordering;

/// More digits than any double's neighbours need to be told apart (767); what follows only says
/// that there is more.
const MOST_DIGITS: usize = 800;

/// A decimal number without sign: `0.d₁d₂d₃… × 10^point`, the first digit not zero unless there is
/// none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decimal {
    /// The digits, each 0 to 9.
    pub digits: Vec<u8>,
    /// Where the decimal point stands, counted from before the first digit.
    pub point: i32,
}

/// The double nearest to a decimal number: an optional sign, digits with at most one point, an
/// optional exponent. Infinite beyond the range; `None` if the text is not such a number.
pub fn read(text: &str) -> Option<f64> {
    let (negative, unsigned) = match text.as_bytes() {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        all => (false, all),
    };
    let mut decimal = Decimal {
        digits: Vec::new(),
        point: 0,
    };
    let mut places = 0;
    let mut rest = unsigned;
    let mut after_point = false;
    while let [byte, tail @ ..] = rest {
        match byte {
            b'.' if !after_point => after_point = true,
            b'0'..=b'9' => {
                places += 1;
                decimal.push(byte - b'0', after_point);
            }
            _ => break,
        }
        rest = tail;
    }
    if places == 0 {
        return None;
    }
    if let [b'e' | b'E', exponent @ ..] = rest {
        decimal.point = decimal.point.saturating_add(whole(exponent)?);
    } else if !rest.is_empty() {
        return None;
    }
    let size = decimal.to_double();
    Some(if negative { -size } else { size })
}

/// Writes a finite number as `Number::toString` of ECMA-262 (6.1.6.1.20) does: the shortest digits
/// that read back as the same number, with an exponent from 10^21 on and below 10^-6.
pub fn write(number: f64, out: &mut String) {
    if number == 0.0 {
        out.push('0');
        return;
    }
    if number < 0.0 {
        out.push('-');
    }
    let Decimal { digits, point } = if cfg!(feature = "quick-numbers") {
        quick(number.abs())
    } else {
        Decimal::shortest(number.abs())
    };
    let n = i32::try_from(digits.len()).unwrap_or_default();
    let push = |digits: &[u8], out: &mut String| {
        out.extend(digits.iter().map(|it| char::from(b'0' + it)));
    };
    let zeros = |n: i32| vec![0; usize::try_from(n).unwrap_or_default()];
    match usize::try_from(point) {
        Ok(whole) if (1..=21).contains(&whole) => {
            let (whole, fraction) = digits.split_at(whole.min(digits.len()));
            push(whole, out);
            push(&zeros(point - n), out);
            if !fraction.is_empty() {
                out.push('.');
                push(fraction, out);
            }
        }
        _ if (-5..=0).contains(&point) => {
            out.push_str("0.");
            push(&zeros(-point), out);
            push(&digits, out);
        }
        _ => {
            push(&digits[..1], out);
            if n > 1 {
                out.push('.');
                push(&digits[1..], out);
            }
            let exponent = point - 1;
            out.push_str(if exponent < 0 { "e-" } else { "e+" });
            let mut places = Vec::new();
            let mut rest = exponent.unsigned_abs();
            while rest > 0 {
                places.insert(0, u8::try_from(rest % 10).unwrap_or_default());
                rest /= 10;
            }
            push(&places, out);
        }
    }
}

/// What [`Decimal::shortest`] gives, from the standard library.
fn quick(size: f64) -> Decimal {
    let written = format!("{size:e}");
    let (digits, exponent) = written.split_once('e').unwrap_or((&written, "0"));
    let digits = digits.bytes().filter(u8::is_ascii_digit);
    Decimal {
        digits: digits.map(|it| it - b'0').collect(),
        point: exponent.parse::<i32>().unwrap_or_default() + 1,
    }
}

/// A signed whole number, held within a million on either side.
fn whole(text: &[u8]) -> Option<i32> {
    let (negative, digits) = match text {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        all => (false, all),
    };
    if digits.is_empty() {
        return None;
    }
    let mut size = 0i32;
    for byte in digits {
        if !byte.is_ascii_digit() {
            return None;
        }
        size = (size * 10 + i32::from(byte - b'0')).min(1_000_000);
    }
    Some(if negative { -size } else { size })
}

impl Decimal {
    /// The shortest digits that read back as `size`, which is positive and finite.
    pub fn shortest(size: f64) -> Self {
        let exact = Exact::of(size, 20);
        (1..=17)
            .map(|n| exact.rounded(n))
            .find(|it| it.to_double().to_bits() == size.to_bits())
            .unwrap_or(exact.decimal)
    }

    /// `size`, positive and finite, with `n` decimals; halves are rounded up.
    pub fn fixed(size: f64, n: u16) -> Self {
        let point = Exact::of(size, 1).decimal.point;
        let wanted = usize::try_from(point + i32::from(n));
        match wanted {
            Ok(wanted) => Exact::of(size, wanted + 1).rounded(wanted),
            Err(_) => Self {
                digits: Vec::new(),
                point: 0,
            },
        }
    }

    /// The nearest double; infinite beyond the range.
    pub fn to_double(&self) -> f64 {
        let n = self.digits.len();
        if n == 0 || self.point < -400 {
            return 0.0;
        }
        if self.point > 400 {
            return f64::INFINITY;
        }
        let exponent = self.point - i32::try_from(n).unwrap_or(i32::MAX);
        if n <= 15 && exponent.unsigned_abs() <= 22 {
            let digits = self.digits.iter();
            let size = digits.fold(0.0, |size, digit| size * 10.0 + f64::from(*digit));
            let power = (0..exponent.unsigned_abs()).fold(1.0, |power, _| power * 10.0);
            return if exponent < 0 {
                size / power
            } else {
                size * power
            };
        }
        let mut above = Whole::from(0);
        for digit in &self.digits {
            above.times_plus(10, u32::from(*digit));
        }
        let mut below = Whole::from(1);
        let scaled = if exponent < 0 { &mut below } else { &mut above };
        for _ in 0..exponent.unsigned_abs() {
            scaled.times_plus(10, 0);
        }
        quotient(above, below)
    }

    fn push(&mut self, digit: u8, after_point: bool) {
        if digit == 0 && self.digits.is_empty() {
            self.point -= i32::from(after_point);
            return;
        }
        self.point += i32::from(!after_point);
        match self.digits.len().cmp(&MOST_DIGITS) {
            Ordering::Less => self.digits.push(digit),
            // A one in the last place stands for whatever follows.
            Ordering::Equal if digit != 0 => self.digits.push(1),
            _ => {}
        }
    }
}

/// The first digits of a double's exact decimal value.
struct Exact {
    decimal: Decimal,
}

impl Exact {
    /// The first `n` digits of `size`, which is positive and finite, cut and not rounded.
    fn of(size: f64, n: usize) -> Self {
        let bits = size.to_bits();
        let fraction = bits & ((1 << 52) - 1);
        let biased = i32::try_from(bits >> 52).unwrap_or_default();
        let (mantissa, exponent) = if biased == 0 {
            (fraction, -1074)
        } else {
            (fraction | 1 << 52, biased - 1075)
        };
        let mut above = Whole::from(mantissa);
        let mut below = Whole::from(1);
        let scaled = if exponent < 0 { &mut below } else { &mut above };
        scaled.double(exponent.unsigned_abs());
        let mut point = 0;
        while above.cmp(&below) != Ordering::Less {
            below.times_plus(10, 0);
            point += 1;
        }
        loop {
            above.times_plus(10, 0);
            if above.cmp(&below) != Ordering::Less {
                break;
            }
            point -= 1;
        }
        let mut digits = vec![0; n];
        for digit in &mut digits {
            while above.cmp(&below) != Ordering::Less {
                above.take(&below);
                *digit += 1;
            }
            above.times_plus(10, 0);
        }
        Self {
            decimal: Decimal { digits, point },
        }
    }

    /// Rounded to `n` digits, fewer than there are; halves up, no zeros at the end.
    fn rounded(&self, n: usize) -> Decimal {
        let Decimal { digits, mut point } = self.decimal.clone();
        let up = digits.get(n).is_some_and(|next| *next >= 5);
        let mut digits = digits;
        digits.truncate(n);
        if up {
            while digits.last() == Some(&9) {
                digits.pop();
            }
            if let Some(last) = digits.last_mut() {
                *last += 1;
            } else {
                digits.push(1);
                point += 1;
            }
        }
        while digits.last() == Some(&0) {
            digits.pop();
        }
        Decimal { digits, point }
    }
}

/// The double nearest to `above / below`, ties to the even one.
fn quotient(mut above: Whole, mut below: Whole) -> f64 {
    // Doubled so often that the quotient has 65 or 66 binary digits.
    let doubled = 65 + below.length() - above.length();
    let scaled = if doubled < 0 { &mut below } else { &mut above };
    scaled.double(doubled.unsigned_abs());
    below.double(66);
    let mut quotient = 0u128;
    for _ in 0..=66 {
        quotient <<= 1;
        if above.cmp(&below) != Ordering::Less {
            above.take(&below);
            quotient |= 1;
        }
        above.double(1);
    }
    quotient |= u128::from(!above.is_zero());
    let length = i32::try_from(128 - quotient.leading_zeros()).unwrap_or_default();
    let precision = 53 + (length - doubled + 1021).min(0);
    if precision < 0 {
        return 0.0;
    }
    let dropped = length - precision;
    let half = 1u128 << (dropped - 1);
    let mut mantissa = quotient >> dropped;
    let rest = quotient & ((half << 1) - 1);
    if rest > half || rest == half && mantissa & 1 == 1 {
        mantissa += 1;
    }
    #[expect(clippy::cast_precision_loss, reason = "at most 2^53")]
    let mantissa = mantissa as f64;
    mantissa * power_of_two(dropped - doubled)
}

/// 2 to the power of `n`, from the smallest double to the largest power.
fn power_of_two(n: i32) -> f64 {
    let bits = if n < -1022 {
        1u64 << (n + 1074).max(0)
    } else {
        u64::from((n + 1023).min(2047).unsigned_abs()) << 52
    };
    f64::from_bits(bits)
}

/// A whole number of any size, in pieces of 32 bits, the smallest first and none at the end zero.
struct Whole(Vec<u32>);

impl From<u64> for Whole {
    fn from(number: u64) -> Self {
        #[expect(clippy::cast_possible_truncation, reason = "halves of 64 bits")]
        let mut whole = Self(vec![number as u32, (number >> 32) as u32]);
        whole.trim();
        whole
    }
}

impl Whole {
    fn trim(&mut self) {
        while self.0.last() == Some(&0) {
            self.0.pop();
        }
    }

    fn is_zero(&self) -> bool {
        self.0.is_empty()
    }

    /// The number of binary digits.
    fn length(&self) -> i32 {
        let last = self.0.last().map_or(0, |it| 32 - it.leading_zeros());
        let pieces = self.0.len().saturating_sub(1);
        i32::try_from(pieces * 32 + last as usize).unwrap_or(i32::MAX)
    }

    fn times_plus(&mut self, factor: u32, mut carry: u32) {
        for piece in &mut self.0 {
            let product = u64::from(*piece) * u64::from(factor) + u64::from(carry);
            #[expect(clippy::cast_possible_truncation, reason = "halves of 64 bits")]
            {
                *piece = product as u32;
                carry = (product >> 32) as u32;
            }
        }
        if carry != 0 {
            self.0.push(carry);
        }
    }

    /// Doubles it `times` times.
    fn double(&mut self, times: u32) {
        for _ in 0..times % 32 {
            self.times_plus(2, 0);
        }
        if !self.is_zero() {
            let zeros = core::iter::repeat_n(0, (times / 32) as usize);
            self.0.splice(0..0, zeros);
        }
    }

    fn cmp(&self, other: &Self) -> Ordering {
        self.0
            .len()
            .cmp(&other.0.len())
            .then_with(|| self.0.iter().rev().cmp(other.0.iter().rev()))
    }

    /// Takes `other` away, which is not larger.
    fn take(&mut self, other: &Self) {
        let mut borrowed = false;
        for (ix, piece) in self.0.iter_mut().enumerate() {
            let taken = other.0.get(ix).copied().unwrap_or(0);
            let (once, under) = piece.overflowing_sub(taken);
            let (twice, again) = once.overflowing_sub(u32::from(borrowed));
            *piece = twice;
            borrowed = under || again;
        }
        self.trim();
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_quick_way_gives_the_same_digits(bits in any::<u64>(), whole in 1_u32..) {
            for size in [f64::from_bits(bits).abs(), f64::from(whole), f64::from(whole) / 1e7] {
                if size.is_finite() && size > 0.0 {
                    prop_assert_eq!(quick(size), Decimal::shortest(size));
                }
            }
        }
    }
}
