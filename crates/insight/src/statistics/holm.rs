//! Correction for testing many questions at once.

/// Holm's step-down correction: probabilities that hold over all the tests together, in the order
/// given.
pub(crate) fn holm(probabilities: &[f64]) -> Vec<f64> {
    let mut order: Vec<(usize, f64)> = probabilities.iter().copied().enumerate().collect();
    order.sort_by(|left, right| left.1.total_cmp(&right.1));
    let mut corrected = vec![0.0; probabilities.len()];
    let mut least = 0.0_f64;
    for ((ix, p), left) in order.iter().zip((1..=probabilities.len()).rev()) {
        #[expect(clippy::cast_precision_loss, reason = "there are not that many tests")]
        let times = left as f64;
        least = least.max((p * times).min(1.0));
        if let Some(slot) = corrected.get_mut(*ix) {
            *slot = least;
        }
    }
    corrected
}
