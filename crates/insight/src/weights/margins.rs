//! The margins that weights should meet.

use json::Value;

/// How the population is spread over the codes of some background variables.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Margins {
    /// Where they are from.
    pub source: Option<String>,
    /// Per variable, each code with a number of people or a share.
    pub margins: Vec<(String, Vec<(String, f64)>)>,
}

impl Margins {
    /// Reads `{"format":"kuuluu-margins/1","source":…,"margins":{variable:{code:number}}}`.
    ///
    /// # Errors
    ///
    /// Where and what is wrong, in English.
    pub fn parse(text: &str) -> Result<Self, String> {
        let value = Value::parse(text).map_err(|error| format!("not JSON: {error}"))?;
        if value.get("format").and_then(Value::as_str) != Some("kuuluu-margins/1") {
            return Err("/format: expected \"kuuluu-margins/1\"".to_owned());
        }
        let Some(Value::Object(all)) = value.get("margins") else {
            return Err("/margins: expected an object of variables".to_owned());
        };
        let mut margins = Vec::new();
        for (variable, parts) in all.iter() {
            let Value::Object(parts) = parts else {
                return Err(format!("/margins/{variable}: expected an object of codes"));
            };
            let mut read = Vec::new();
            for (code, number) in parts.iter() {
                let number = number.as_f64().filter(|it| it.is_finite() && *it >= 0.0);
                let number = number.ok_or_else(|| {
                    format!("/margins/{variable}/{code}: expected a number from 0")
                })?;
                read.push((code.to_string(), number));
            }
            if read.iter().all(|it| it.1 == 0.0) {
                return Err(format!("/margins/{variable}: nobody is in it"));
            }
            margins.push((variable.to_string(), read));
        }
        if margins.is_empty() {
            return Err("/margins: expected at least one variable".to_owned());
        }
        Ok(Self {
            source: value
                .get("source")
                .and_then(Value::as_str)
                .map(str::to_owned),
            margins,
        })
    }
}
