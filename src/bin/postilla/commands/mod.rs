//! The verbs, one a file.

pub mod build;
pub mod check;
pub mod explain;
pub mod export;
pub mod facts;
pub mod import;
pub mod init;
pub mod list;
pub mod reanchor;
pub mod schema;
pub mod serve;
pub mod shell;
pub mod theme;
pub mod watch;

use std::path::PathBuf;
use std::time::SystemTime;

use jiff::Timestamp;
use postilla::archive::Showing;
use postilla::base::Diagnostic;
use postilla::base::diagnostic::any_error;
use postilla::project::{self, Request};
use postilla::publish::Overwrite;

use crate::Exit;
use crate::args::Globals;
use crate::console::Console;

/// The request that the command line makes. The clock is read here and nowhere else.
fn request(globals: &Globals, force: bool, console: &Console) -> Result<Request, Exit> {
    let root = match &globals.root {
        // Events name whole paths.
        Some(root) => std::path::absolute(root).unwrap_or_else(|_| root.clone()),
        None => find_root(globals, console)?,
    };
    let at = clock();
    let config = globals.config.clone();
    let expected = config.clone().unwrap_or_else(|| root.join("postilla.toml"));
    if !expected.is_file() {
        let message = format!("there is no configuration at `{}`; `postilla init` lays out a new archive", expected.display());
        return Err(console.refuse(message, Exit::Usage));
    }
    Ok(Request {
        root,
        config,
        output: globals.output_dir.clone(),
        base_url: globals.base_url.clone(),
        unsafe_html: globals.unsafe_html,
        overwrite: if force { Overwrite::Force } else { Overwrite::OwnOnly },
        showing: Showing { now: now(globals, at), drafts: globals.drafts },
        at,
    })
}

/// The one place where the clock is read.
#[expect(clippy::disallowed_methods, reason = "the one place where the clock is read")]
pub fn clock() -> SystemTime {
    SystemTime::now()
}

/// The moment on which embargoes depend: that of the command line, or that of the look.
pub fn now(globals: &Globals, at: SystemTime) -> Timestamp {
    globals.now.map_or_else(|| Timestamp::try_from(at).unwrap_or(Timestamp::MAX), postilla::parse::dates::Moment::timestamp)
}

/// The nearest archive at or above the present folder; with `--config`, that file's folder.
fn find_root(globals: &Globals, console: &Console) -> Result<PathBuf, Exit> {
    if let Some(folder) = globals.config.as_deref().and_then(|config| config.parent()) {
        return Ok(if folder.as_os_str().is_empty() { PathBuf::from(".") } else { folder.to_owned() });
    }
    project::find_root(&PathBuf::from(".")).ok_or_else(|| {
        let message = "there is no `postilla.toml` here or in a folder above; `postilla init` lays out a new archive, `--root` names one";
        console.refuse(message, Exit::Usage)
    })
}

/// Says that warnings were enough to end a run as errors do, when there was nothing else.
fn say_denied(found: &[Diagnostic], console: &Console) {
    if !found.is_empty() && !any_error(found) {
        console.note("no errors, but warnings are denied");
    }
}

/// `1 article`, `2 articles`.
fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}
