//! One component for each question type.
