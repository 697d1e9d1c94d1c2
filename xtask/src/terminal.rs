//! The terminal on which a command prints.

use std::io;

use clap::ValueEnum;
use xtask::render::Colour;

/// Whether to colour what is printed.
#[derive(clap::Args)]
pub(crate) struct Style {
    /// When to colour text
    #[arg(long, value_name = "WHEN", value_enum, default_value_t)]
    color: When,
}

#[derive(Clone, Copy, Default, ValueEnum)]
enum When {
    /// On a terminal, unless NO_COLOR is set
    #[default]
    Auto,
    Always,
    Never,
}

impl Style {
    pub(crate) fn colour(&self, stream: &impl io::IsTerminal) -> Colour {
        let no_color = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        match self.color {
            When::Always => Colour::Ansi,
            When::Auto if stream.is_terminal() && !no_color => Colour::Ansi,
            When::Auto | When::Never => Colour::Plain,
        }
    }
}
