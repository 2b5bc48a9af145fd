//! A workbook as `OpenDocument` (ISO/IEC 26300, version 1.3).

use super::edition::Edition;
use super::sheets::{Cell, Sheet, sheets};
use super::table::written;
use super::xml::{DECLARATION, escaped};
use super::zip::{Part, zip};
use crate::release::Release;

const MEDIA_TYPE: &str = "application/vnd.oasis.opendocument.spreadsheet";

const NAMES: &str = concat!(
    "xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" ",
    "xmlns:style=\"urn:oasis:names:tc:opendocument:xmlns:style:1.0\" ",
    "xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" ",
    "xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" ",
    "xmlns:fo=\"urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0\" ",
    "office:version=\"1.3\"",
);

/// The same workbook as [`super::xlsx`].
pub fn ods(release: &Release, edition: &Edition<'_>) -> Vec<u8> {
    let content = content(&sheets(release, edition));
    let manifest = format!(
        "{DECLARATION}<manifest:manifest \
         xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\" \
         manifest:version=\"1.3\">\
         <manifest:file-entry manifest:full-path=\"/\" manifest:version=\"1.3\" \
         manifest:media-type=\"{MEDIA_TYPE}\"/>\
         <manifest:file-entry manifest:full-path=\"content.xml\" manifest:media-type=\"text/xml\"/>\
         </manifest:manifest>"
    );
    let part = |name, content, stored| Part {
        name,
        content,
        stored,
    };
    // The media type comes first and as it is, so that the file tells what it is.
    zip(&[
        part("mimetype", MEDIA_TYPE.as_bytes(), true),
        part("content.xml", content.as_bytes(), false),
        part("META-INF/manifest.xml", manifest.as_bytes(), false),
    ])
}

fn content(sheets: &[Sheet]) -> String {
    let mut widths: Vec<u32> = sheets
        .iter()
        .flat_map(|it| it.widths.iter().copied())
        .collect();
    widths.sort_unstable();
    widths.dedup();
    let mut out = format!(
        "{DECLARATION}<office:document-content {NAMES}><office:automatic-styles>\
         <style:style style:name=\"head\" style:family=\"table-cell\">\
         <style:table-cell-properties fo:wrap-option=\"wrap\" style:vertical-align=\"top\"/>\
         <style:text-properties fo:font-weight=\"bold\"/></style:style>\
         <style:style style:name=\"note\" style:family=\"table-cell\">\
         <style:table-cell-properties fo:wrap-option=\"wrap\" style:vertical-align=\"top\"/>\
         </style:style>"
    );
    for width in widths {
        // A character is about two millimetres wide.
        out.push_str(&format!(
            "<style:style style:name=\"w{width}\" style:family=\"table-column\">\
             <style:table-column-properties style:column-width=\"{}mm\"/></style:style>",
            width * 2
        ));
    }
    out.push_str("</office:automatic-styles><office:body><office:spreadsheet>");
    for sheet in sheets {
        table(&mut out, sheet);
    }
    let tables = sheets.iter().enumerate().filter(|(_, it)| it.is_table);
    out.push_str("<table:database-ranges>");
    for (ix, sheet) in tables {
        let name = sheet.name.replace('\'', "''");
        let last = char::from(b'A' + u8::try_from(sheet.widths.len() - 1).unwrap_or(25).min(25));
        let area = format!("'{name}'.A1:'{name}'.{last}{}", sheet.rows.len());
        out.push_str(&format!(
            "<table:database-range table:name=\"table{ix}\" \
             table:target-range-address=\"{}\" table:display-filter-buttons=\"true\"/>",
            escaped(&area)
        ));
    }
    out + "</table:database-ranges></office:spreadsheet></office:body></office:document-content>"
}

fn table(out: &mut String, sheet: &Sheet) {
    out.push_str(&format!(
        "<table:table table:name=\"{}\">",
        escaped(&sheet.name)
    ));
    for width in &sheet.widths {
        out.push_str(&format!(
            "<table:table-column table:style-name=\"w{width}\"/>"
        ));
    }
    for row in &sheet.rows {
        out.push_str("<table:table-row>");
        for cell in row {
            write_cell(out, cell, !sheet.is_table);
        }
        out.push_str("</table:table-row>");
    }
    out.push_str("</table:table>");
}

fn write_cell(out: &mut String, cell: &Cell, wraps: bool) {
    let (text, style) = match cell {
        Cell::Empty => return out.push_str("<table:table-cell/>"),
        Cell::Number(number) => {
            let number = written(*number);
            return out.push_str(&format!(
                "<table:table-cell office:value-type=\"float\" office:value=\"{number}\">\
                 <text:p>{number}</text:p></table:table-cell>"
            ));
        }
        Cell::Text(text) if wraps => (text, " table:style-name=\"note\""),
        Cell::Text(text) => (text, ""),
        Cell::Head(text) => (text, " table:style-name=\"head\""),
    };
    out.push_str(&format!(
        "<table:table-cell{style} office:value-type=\"string\">"
    ));
    for paragraph in text.lines() {
        out.push_str(&format!("<text:p>{}</text:p>", escaped(paragraph)));
    }
    out.push_str("</table:table-cell>");
}
