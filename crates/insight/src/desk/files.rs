//! Files for others. To write a workbook of many groups takes long, so it is done here.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Desk, failed};
use crate::archive::Backgrounds;
use crate::codebook::Codebook;
use crate::compare::Comparison;
use crate::export::{Beside, Edition, Format, archive};
use crate::protocol::{Against, FiguresFile, Order, Reply, Wanted, Wording};
use crate::published::Published;
use crate::query::Query;
use crate::rounds::OverTime;

impl Desk {
    pub(super) fn file(&self, order: Order) -> Reply {
        let Order { id, wanted, words } = order;
        let file = match wanted {
            Wanted::Figures(it) => self.figures_file(*it, &words),
            Wanted::Results {
                format,
                results,
                by,
            } => results_file(format, &results, by.as_deref(), &words),
            Wanted::Archive => self.archive_file(&words),
        };
        match file {
            Ok(file) => Reply::File { id, file },
            Err(reason) => failed(reason),
        }
    }

    fn figures_file(&self, asked: FiguresFile, words: &Wording) -> Result<Vec<u8>, &'static str> {
        let FiguresFile {
            format,
            query,
            against,
            name,
            earlier,
        } = asked;
        let release = Arc::new(self.tabulate(0, &query)?);
        let codebook = self.round(0)?.dataset.codebook();
        let names: BTreeMap<u32, &String> = earlier.iter().map(|it| (it.0, &it.1)).collect();
        let of_rounds = |it: &Against| match it {
            Against::Rounds { earlier, .. } => Some((name.as_str(), names.get(earlier)?.as_str())),
            Against::Groups { .. } => None,
        };
        let names = against.as_ref().and_then(of_rounds);
        let comparison = against.map(|it| self.compare(query.clone(), &it));
        let comparison = comparison.transpose()?;
        let beside = |it| Beside {
            comparison: it,
            names,
        };
        let over_time = self.over_time(&earlier, (&name, codebook, &release), query)?;
        Ok(words.edition(codebook, |it| {
            let edition = Edition {
                compared: comparison.as_ref().map(|it: &Comparison| beside(it)),
                over_time: over_time.as_ref(),
                ..it
            };
            format.write(&release, &edition)
        }))
    }

    /// The earlier rounds, which come in order of time, and the present one after them.
    fn over_time(
        &self,
        earlier: &[(u32, String)],
        (name, codebook, release): (&str, &Codebook, &Arc<crate::Release>),
        query: Query,
    ) -> Result<Option<OverTime>, &'static str> {
        if earlier.is_empty() {
            return Ok(None);
        }
        let then = query.of_earlier_round();
        let mut rounds = Vec::new();
        for (place, name) in earlier {
            let release = Arc::new(self.tabulate(*place, &then)?);
            let codebook = self.round(*place)?.dataset.codebook();
            rounds.push((name.clone(), codebook, release));
        }
        rounds.push((name.to_owned(), codebook, Arc::clone(release)));
        Ok(Some(OverTime::new(rounds)))
    }

    fn archive_file(&self, words: &Wording) -> Result<Vec<u8>, &'static str> {
        let round = self.round(0)?;
        let kept = round
            .dataset
            .archive(&round.protection, Backgrounds::LeftOut);
        let release = self.tabulate(0, &Query::default())?;
        Ok(words.edition(round.dataset.codebook(), |it| archive(&kept, &release, &it)))
    }
}

fn results_file(
    format: Format,
    results: &str,
    by: Option<&str>,
    words: &Wording,
) -> Result<Vec<u8>, &'static str> {
    let read = wire::Results::parse(results).ok();
    let published = read.and_then(|it| Published::open(&it));
    let published = published.ok_or("the published results cannot be read")?;
    Ok(words.edition(&published.codebook, |it| {
        format.write(published.release(by), &it)
    }))
}

impl Wording {
    fn edition<T>(&self, codebook: &Codebook, write: impl FnOnce(Edition<'_>) -> T) -> T {
        write(Edition {
            codebook,
            language: &self.language,
            publisher: &self.publisher,
            day: self.day,
            sample: self.sample,
            say: &|key| self.texts.get(key).cloned().unwrap_or_default(),
            compared: None,
            over_time: None,
        })
    }
}
