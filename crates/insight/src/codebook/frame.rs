//! A frame that is given beside the survey.

use json::Value;
use questionnaire::definition::FrameUnit;
use questionnaire::localized::Localized;

use super::Codebook;

impl Codebook {
    /// Takes a list of those who were asked in place of the survey's own: a JSON list of
    /// `{"code", "name" or a text per language, "subRegion" or "subregion"}`, such as a list of
    /// municipalities.
    ///
    /// # Errors
    ///
    /// Where and what is wrong, in English; the frame is then as it was.
    pub fn take_frame(&mut self, text: &str) -> Result<(), String> {
        let value = Value::parse(text).map_err(|error| format!("not JSON: {error}"))?;
        let units = value.as_list().ok_or("expected a list of units")?;
        let mut frame: Vec<FrameUnit> = Vec::new();
        for (ix, unit) in units.iter().enumerate() {
            let text = |name: &str| unit.get(name).and_then(Value::as_str);
            let code = text("code").filter(|it| !it.is_empty());
            let code = code.ok_or_else(|| format!("/{ix}/code: expected a text"))?;
            if frame.iter().any(|it| it.code == code) {
                return Err(format!("/{ix}/code: {code} is there twice"));
            }
            let sub_region = text("subRegion").or(text("subregion"));
            frame.push(FrameUnit {
                code: code.to_owned(),
                name: name(unit),
                sub_region: sub_region.filter(|it| !it.is_empty()).map(str::to_owned),
            });
        }
        if frame.is_empty() {
            return Err("expected at least one unit".to_owned());
        }
        self.frame = frame;
        Ok(())
    }
}

fn name(unit: &Value) -> Localized {
    match unit.get("name") {
        Some(Value::Text(name)) => Localized::plain(name.as_str()),
        Some(names) => per_language(names),
        None => per_language(unit),
    }
}

fn per_language(names: &Value) -> Localized {
    let mut name = Localized::default();
    for language in ["fi", "sv", "en"] {
        if let Some(text) = names.get(language).and_then(Value::as_str) {
            name.insert(language, text);
        }
    }
    name
}
