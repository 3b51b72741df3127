//! The list of what Postilla wrote: a header, then one path a line, sorted.

use std::fs::{self, File};
use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::Path;

use crate::base::{Error, OutputPath};

use super::refusal;

const HEADER: &str = "postilla manifest 1";

/// The paths in the list, sorted; `None` when there is no list, or none that this version can trust: what it
/// names may be removed, so a single line that is not an output path makes it nobody's.
pub(super) fn read(path: &Path) -> Result<Option<Vec<Box<str>>>, Error> {
    match fs::symlink_metadata(path) {
        // Reading a pipe would wait for ever.
        Ok(seen) if !seen.is_file() => return Err(refusal("read", path, "it is not a plain file; remove it and build again")),
        Ok(_) => {}
        Err(gone) if gone.kind() == ErrorKind::NotFound => return Ok(None),
        Err(refused) => return Err(Error::new("look at", path, refused)),
    }
    let bytes = fs::read(path).map_err(Error::at("read", path))?;
    Ok(String::from_utf8(bytes).ok().and_then(|text| parse(&text)))
}

fn parse(text: &str) -> Option<Vec<Box<str>>> {
    let mut lines = text.lines();
    (lines.next()? == HEADER).then_some(())?;
    let mut paths = lines.map(|line| OutputPath::new(line).map(|_| line.into())).collect::<Option<Vec<Box<str>>>>()?;
    paths.sort_unstable();
    paths.dedup();
    Some(paths)
}

/// Writes the list beside its place, at `draft`, and renames it there.
pub(super) fn write<'a>(place: &Path, draft: &Path, paths: impl Iterator<Item = &'a str>) -> Result<(), Error> {
    write_lines(draft, paths).map_err(Error::at("write", draft))?;
    fs::rename(draft, place).map_err(Error::at("replace", place))
}

fn write_lines<'a>(draft: &Path, paths: impl Iterator<Item = &'a str>) -> io::Result<()> {
    let mut out = BufWriter::new(File::create(draft)?);
    writeln!(out, "{HEADER}")?;
    for path in paths {
        writeln!(out, "{path}")?;
    }
    out.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_with_a_bad_line_is_not_trusted() {
        assert_eq!(parse("postilla manifest 1\na/index.html\n").as_deref(), Some(&["a/index.html".into()][..]));
        assert_eq!(parse("postilla manifest 1\n").as_deref(), Some(&[][..]));
        for bad in ["", "a/index.html\n", "postilla manifest 2\n", "postilla manifest 1\n../../etc/passwd\n", "postilla manifest 1\n/etc\n"]
        {
            assert_eq!(parse(bad), None, "{bad:?}");
        }
    }
}
