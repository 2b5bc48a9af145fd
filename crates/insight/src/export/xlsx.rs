//! A workbook as Office Open XML (ECMA-376, transitional).

use super::edition::Edition;
use super::sheets::{Cell, Sheet, sheets};
use super::table::written;
use super::xml::{DECLARATION, escaped};
use super::zip::{Part, zip};
use crate::release::Release;

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// Style 0 is plain, 1 a heading, 2 a text that wraps.
const STYLES: &str = concat!(
    "<fonts count=\"2\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font>",
    "<font><b/><sz val=\"11\"/><name val=\"Calibri\"/></font></fonts>",
    "<fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill>",
    "<fill><patternFill patternType=\"gray125\"/></fill></fills>",
    "<borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>",
    "<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>",
    "<cellXfs count=\"3\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>",
    "<xf numFmtId=\"0\" fontId=\"1\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyFont=\"1\" applyAlignment=\"1\">",
    "<alignment vertical=\"top\" wrapText=\"1\"/></xf>",
    "<xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyAlignment=\"1\">",
    "<alignment vertical=\"top\" wrapText=\"1\"/></xf></cellXfs>",
    "<cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles>",
);

/// A workbook with a sheet on how to read it, one line per figure, and the middles. Texts are
/// texts: nothing in it is a formula.
pub fn xlsx(release: &Release, edition: &Edition<'_>) -> Vec<u8> {
    let sheets = sheets(release, edition);
    let mut parts: Vec<(String, String)> = vec![
        (
            "[Content_Types].xml".to_owned(),
            content_types(sheets.len()),
        ),
        (
            "_rels/.rels".to_owned(),
            relations(&[("officeDocument", "xl/workbook.xml".to_owned())]),
        ),
        ("xl/workbook.xml".to_owned(), workbook(&sheets)),
        (
            "xl/styles.xml".to_owned(),
            format!("{DECLARATION}<styleSheet xmlns=\"{MAIN}\">{STYLES}</styleSheet>"),
        ),
    ];
    let mut targets: Vec<(&str, String)> = Vec::new();
    for (ix, sheet) in sheets.iter().enumerate() {
        let name = format!("worksheets/sheet{}.xml", ix + 1);
        parts.push((format!("xl/{name}"), worksheet(sheet)));
        targets.push(("worksheet", name));
    }
    targets.push(("styles", "styles.xml".to_owned()));
    parts.push(("xl/_rels/workbook.xml.rels".to_owned(), relations(&targets)));
    let parts: Vec<Part<'_>> = parts
        .iter()
        .map(|(name, content)| Part {
            name,
            content: content.as_bytes(),
            stored: false,
        })
        .collect();
    zip(&parts)
}

fn content_types(n_sheets: usize) -> String {
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml";
    let mut out = format!(
        "{DECLARATION}<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>\
         <Override PartName=\"/xl/workbook.xml\" ContentType=\"{kind}.sheet.main+xml\"/>\
         <Override PartName=\"/xl/styles.xml\" ContentType=\"{kind}.styles+xml\"/>"
    );
    for ix in 1..=n_sheets {
        out.push_str(&format!(
            "<Override PartName=\"/xl/worksheets/sheet{ix}.xml\" ContentType=\"{kind}.worksheet+xml\"/>"
        ));
    }
    out + "</Types>"
}

fn relations(targets: &[(&str, String)]) -> String {
    let mut out = format!("{DECLARATION}<Relationships xmlns=\"{RELATIONS}\">");
    for (ix, (kind, target)) in targets.iter().enumerate() {
        out.push_str(&format!(
            "<Relationship Id=\"rId{}\" Type=\"{OFFICE}/{kind}\" Target=\"{target}\"/>",
            ix + 1
        ));
    }
    out + "</Relationships>"
}

fn workbook(sheets: &[Sheet]) -> String {
    let mut out = format!("{DECLARATION}<workbook xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\"><sheets>");
    for (ix, sheet) in sheets.iter().enumerate() {
        let number = ix + 1;
        out.push_str(&format!(
            "<sheet name=\"{}\" sheetId=\"{number}\" r:id=\"rId{number}\"/>",
            escaped(&sheet.name)
        ));
    }
    out + "</sheets></workbook>"
}

fn worksheet(sheet: &Sheet) -> String {
    let mut out = format!("{DECLARATION}<worksheet xmlns=\"{MAIN}\">");
    if sheet.is_table {
        // The heading stays when the rest is scrolled.
        out.push_str(
            "<sheetViews><sheetView workbookViewId=\"0\"><pane ySplit=\"1\" topLeftCell=\"A2\" \
             activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews>",
        );
    }
    out.push_str("<cols>");
    for (ix, width) in sheet.widths.iter().enumerate() {
        let number = ix + 1;
        out.push_str(&format!(
            "<col min=\"{number}\" max=\"{number}\" width=\"{width}\" customWidth=\"1\"/>"
        ));
    }
    out.push_str("</cols><sheetData>");
    for (row_ix, row) in sheet.rows.iter().enumerate() {
        out.push_str(&format!("<row r=\"{}\">", row_ix + 1));
        for (column_ix, cell) in row.iter().enumerate() {
            let at = format!("{}{}", column(column_ix), row_ix + 1);
            write_cell(&mut out, &at, cell, !sheet.is_table);
        }
        out.push_str("</row>");
    }
    out.push_str("</sheetData>");
    if sheet.is_table {
        let last = column(sheet.widths.len().saturating_sub(1));
        out.push_str(&format!(
            "<autoFilter ref=\"A1:{last}{}\"/>",
            sheet.rows.len()
        ));
    }
    out + "</worksheet>"
}

fn write_cell(out: &mut String, at: &str, cell: &Cell, wraps: bool) {
    let (text, style) = match cell {
        Cell::Empty => return,
        Cell::Number(number) => {
            out.push_str(&format!("<c r=\"{at}\"><v>{}</v></c>", written(*number)));
            return;
        }
        Cell::Text(text) => (text, if wraps { 2 } else { 0 }),
        Cell::Head(text) => (text, 1),
    };
    if !text.is_empty() {
        out.push_str(&format!(
            "<c r=\"{at}\" s=\"{style}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{}</t></is></c>",
            escaped(text)
        ));
    }
}

/// The letters of a column, counted from zero.
fn column(mut ix: usize) -> String {
    let mut letters = Vec::new();
    loop {
        let letter = u8::try_from(ix % 26).unwrap_or_default();
        letters.push(char::from(b'A' + letter));
        if ix < 26 {
            break;
        }
        ix = ix / 26 - 1;
    }
    letters.into_iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::column;

    #[test]
    fn columns_go_on_after_z() {
        assert_eq!(column(0), "A");
        assert_eq!(column(25), "Z");
        assert_eq!(column(26), "AA");
        assert_eq!(column(701), "ZZ");
        assert_eq!(column(702), "AAA");
    }
}
