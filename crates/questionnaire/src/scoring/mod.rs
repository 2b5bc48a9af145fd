//! Scores of instruments, as data: items, coding, reversal, missing rule, cut-offs. No wording.
