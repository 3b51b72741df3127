//! The command line of Postilla: the only code that prints, reads the clock, or exits.

mod args;
mod commands;
mod console;
mod interrupt;
mod preview;
mod progress;
mod rounds;
mod timings;

use std::process::ExitCode;
use std::sync::Arc;

use args::{Args, Command, FactsVerb, ThemeVerb};
use console::Console;

// A build makes and drops many small values on every thread; the system's allocator costs it a fifth of its time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// How a run ends, as an exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Nothing is wrong.
    Fine = 0,
    /// The content has errors, or warnings where they are denied; or facts differ, and the caller wanted to know.
    Content = 1,
    /// The command line or the configuration is wrong.
    Usage = 2,
    /// The disk refused.
    Disk = 3,
    /// The user, or the system, ended it before its time: 128 and the number of the signal, as shells have it.
    Interrupted = 130,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

fn main() -> ExitCode {
    let args = match Args::read() {
        Ok(args) => args,
        Err(refused) => {
            let _ = refused.print();
            return if refused.use_stderr() { Exit::Usage } else { Exit::Fine }.into();
        }
    };
    let console = Arc::new(Console::new(&args.globals, args.denied()));
    if let Some(jobs) = args.globals.jobs {
        // The pool is made once, here, before anything asks for it.
        let _ = rayon::ThreadPoolBuilder::new().num_threads(jobs.get()).build_global();
    }
    let exit = match &args.command {
        Command::Init { dir } => commands::init::run(dir, &console),
        Command::Build { building, timings, watch: false, .. } => commands::build::run(&args.globals, building, *timings, &console),
        Command::Build { building, watching, .. } | Command::Watch { building, watching } => {
            commands::watch::run(&args.globals, building, watching, &console)
        }
        Command::Serve { serving, watching } => commands::serve::run(&args.globals, serving, watching, &console),
        Command::Check { strictness, rules, asking } => commands::check::run(&args.globals, strictness.deny, rules, asking, &console),
        Command::List { what, json } => commands::list::run(&args.globals, *what, *json, &console),
        Command::Explain { what, json } => commands::explain::run(&args.globals, what, *json, &console),
        Command::Reanchor(asked) => commands::reanchor::run(&args.globals, asked, &console),
        Command::Export(asked) => commands::export::run(&args.globals, asked, &console),
        Command::Import(asked) => commands::import::run(&args.globals, asked, &console),
        Command::Facts { verb: FactsVerb::Diff(compared) } => commands::facts::diff(&args.globals, compared, &console),
        Command::Theme { verb: ThemeVerb::Eject(ejected) } => commands::theme::eject(&args.globals, ejected, &console),
        Command::Schema { of } => commands::schema::run(*of, &console),
        Command::Completions { shell } => commands::shell::completions(*shell, &console),
        Command::Man => commands::shell::man(&console),
    };
    console.end(exit).into()
}
