//! Hidden widths of a network as written on the command line: `64,64`.

use super::PlanError;

const WIDEST: usize = 4_096;
const DEEPEST: usize = 8;

/// Reads hidden widths; `usual` where nothing was written.
pub(super) fn parse(flag: &'static str, text: Option<&str>, usual: &[usize]) -> Result<Vec<usize>, PlanError> {
    let Some(text) = text else { return Ok(usual.to_vec()) };
    let cure = format!("write widths from 1 to {WIDEST}, such as {flag} 64,64");
    let width = |part: &str| match part.trim().parse::<usize>() {
        Ok(width @ 1..=WIDEST) => Ok(width),
        Ok(0) => Err(PlanError::new(flag, text, "a layer of width 0 passes nothing on", cure.clone())),
        Ok(width) => Err(PlanError::new(flag, text, format!("a layer of width {width} is too wide"), cure.clone())),
        Err(_) => Err(PlanError::new(flag, text, format!("{:?} is not a width", part.trim()), cure.clone())),
    };
    let widths = text.split(',').map(width).collect::<Result<Vec<_>, _>>()?;
    if widths.len() > DEEPEST {
        let problem = format!("{} hidden layers are too many", widths.len());
        return Err(PlanError::new(flag, text, problem, format!("name at most {DEEPEST} widths")));
    }
    Ok(widths)
}
