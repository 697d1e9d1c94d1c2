//! Command-line options for printing to a terminal.

use std::io;

use clap::ValueEnum;
use xtask::render::Color;

/// The color options.
#[derive(Clone, clap::Args)]
pub(crate) struct Style {
    /// When to use color
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
    pub(crate) fn color(&self, stream: &impl io::IsTerminal) -> Color {
        let no_color = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        match self.color {
            When::Always => Color::Ansi,
            When::Auto if stream.is_terminal() && !no_color => Color::Ansi,
            When::Auto | When::Never => Color::Plain,
        }
    }
}
