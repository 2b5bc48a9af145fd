//! Names of the format: what is ignored, what functions there are, what was probably meant.

use json::Value;

/// Properties of the format that concern appearance or editing alone. Sorted.
const APPEARANCE: &[&str] = &[
    "$schema",
    "accentColor",
    "addPanelLocation",
    "addRowButtonLocation",
    "addRowLocation",
    "allowResize",
    "allowResizeComment",
    "allowRootStyle",
    "allowSwap",
    "alternateRows",
    "autoFocusFirstError",
    "autoFocusFirstQuestion",
    "autoGrow",
    "autoGrowComment",
    "backgroundImage",
    "backgroundOpacity",
    "calculatedTitleLocation",
    "cellErrorLocation",
    "cellHint",
    "closeOnSelect",
    "colCount",
    "colSpan",
    "columnColCount",
    "columnMinWidth",
    "commentAreaRows",
    "confirmDeleteText",
    "contentMode",
    "cookieName",
    "css",
    "cssClasses",
    "cssType",
    "currentPage",
    "customLabels",
    "denySearch",
    "descriptionLocation",
    "detailErrorLocation",
    "detailPanelShowOnAdding",
    "displayMode",
    "displayRateDescriptionsAsExtremeItems",
    "errorLocation",
    "fitToContainer",
    "focusFirstQuestionAutomatic",
    "focusOnFirstError",
    "gridLayoutColumns",
    "gridLayoutEnabled",
    "headerView",
    "height",
    "hideSelectedItems",
    "horizontalScroll",
    "icon",
    "id",
    "imageFit",
    "imageHeight",
    "imageWidth",
    "indent",
    "innerIndent",
    "inputSize",
    "isUnique",
    "itemErrorLocation",
    "itemSize",
    "itemTitleWidth",
    "labelCount",
    "labelFormat",
    "logo",
    "logoFit",
    "logoHeight",
    "logoPosition",
    "logoWidth",
    "lazyRendering",
    "lazyRenderEnabled",
    "lazyRenderFirstBatchSize",
    "maxHeight",
    "maxImageHeight",
    "maxImageWidth",
    "maxWidth",
    "minHeight",
    "minImageHeight",
    "minImageWidth",
    "minWidth",
    "mobileView",
    "multiSelect",
    "navigationButtonsLocation",
    "newPanelPosition",
    "paddingLeft",
    "paddingRight",
    "panelRemoveButtonLocation",
    "panelsState",
    "partialSend",
    "partialSendEnabled",
    "prevPanelText",
    "nextPanelText",
    "panelPrevText",
    "panelNextText",
    "progressBarInheritWidthFrom",
    "progressBarLocation",
    "progressBarShowPageNumbers",
    "progressBarShowPageTitles",
    "questionDescriptionLocation",
    "questionErrorLocation",
    "questionTitleLocation",
    "questionTitleWidth",
    "rateColorMode",
    "rateDescriptionLocation",
    "regionalFormat",
    "renderAs",
    "removePanelButtonLocation",
    "renderMode",
    "resizeStyle",
    "rightIndent",
    "rowTitleWidth",
    "rowsOrderInitial",
    "scaleColorMode",
    "searchEnabled",
    "searchMode",
    "selectToRankAreasLayout",
    "selectToRankEmptyRankedAreaText",
    "selectToRankEmptyUnrankedAreaText",
    "selectToRankSwapAreas",
    "sendResultOnPageNext",
    "showInvisibleElements",
    "showLabels",
    "showLabel",
    "showProgressBar",
    "showRangeInProgress",
    "showTOC",
    "showTimer",
    "singleInputTitleTemplate",
    "size",
    "sizeMode",
    "stretch",
    "tabAlign",
    "tabTitlePlaceholder",
    "templateErrorLocation",
    "templateQuestionTitleLocation",
    "templateQuestionTitleWidth",
    "templateTabTitle",
    "templateTitleLocation",
    "textUpdateMode",
    "themeVariables",
    "timerInfoMode",
    "timerLocation",
    "tocLocation",
    "tooltipVisibility",
    "totalAlignment",
    "useCurrentLocale",
    "verticalAlign",
    "wrapItemText",
    "width",
    "widthMode",
];

/// True for a property that is harmless to ignore.
pub(super) fn is_appearance(name: &str) -> bool {
    APPEARANCE.contains(&name)
}

/// True for values that ask for nothing.
pub(super) fn is_off(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Bool(it) => !it,
        Value::Number(_) => false,
        Value::Text(it) => it.is_empty() || it == "none" || it == "default",
        Value::List(it) => it.is_empty(),
        Value::Object(it) => it.is_empty(),
    }
}

/// The candidate that differs in few letters; `None` if none is near.
pub(crate) fn nearest<'a>(name: &str, candidates: impl Iterator<Item = &'a str>) -> Option<String> {
    let mut best: Option<(usize, &str)> = None;
    if name.len() > 60 {
        return None;
    }
    for candidate in candidates {
        let distance = distance(name.as_bytes(), candidate.as_bytes());
        if best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, candidate));
        }
    }
    let (distance, candidate) = best?;
    (distance <= 2.max(name.len() / 3)).then(|| candidate.to_owned())
}

/// Levenshtein's distance, without regard to ASCII case.
fn distance(a: &[u8], b: &[u8]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, left) in a.iter().enumerate() {
        let mut diagonal = i;
        let mut last = i + 1;
        for (right, slot) in b.iter().zip(row.iter_mut().skip(1)) {
            let substituted = diagonal + usize::from(!left.eq_ignore_ascii_case(right));
            diagonal = *slot;
            last = substituted.min(last + 1).min(*slot + 1);
            *slot = last;
        }
    }
    row.last().copied().unwrap_or_default()
}
