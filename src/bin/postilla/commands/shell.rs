//! `postilla completions` and `postilla man`

use clap::CommandFactory;
use clap_complete::Shell;

use crate::Exit;
use crate::args::Args;
use crate::console::Console;

/// Prints a shell's completions.
pub fn completions(shell: Shell, console: &Console) -> Exit {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Args::command(), "postilla", &mut script);
    console.data(&String::from_utf8_lossy(&script));
    Exit::Fine
}

/// Prints the manual: a page for the program and one for each verb, one after the other.
pub fn man(console: &Console) -> Exit {
    let mut command = Args::command().disable_help_subcommand(true);
    command.build();
    let mut pages = Vec::new();
    add_pages(&command, &mut pages);
    let mut roff = Vec::new();
    for page in pages {
        if page.render(&mut roff).is_err() {
            return console.refuse("the manual page cannot be made", Exit::Disk);
        }
    }
    console.data(&String::from_utf8_lossy(&roff));
    Exit::Fine
}

/// A verb's page, and those of its own verbs behind it.
fn add_pages(command: &clap::Command, pages: &mut Vec<clap_mangen::Man>) {
    pages.push(clap_mangen::Man::new(command.clone()));
    command.get_subcommands().for_each(|verb| add_pages(verb, pages));
}
