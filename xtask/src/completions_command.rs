//! `cargo xtask completions` prints a shell completion script for the tasks and their options.

use std::process::ExitCode;

use clap_complete::Shell;

use crate::print;

/// The command name that the script completes.
const NAME: &str = "xtask";

/// Completes `cargo xtask`, and delegates other cargo commands to the function that completes them without this script.
/// The script loads that function first, because bash-completion loads it lazily.
const BASH: &str = r#"
{ _comp_load cargo || _completion_loader cargo; } &>/dev/null
_cargo_or_xtask() {
    if [[ ${COMP_WORDS[1]} == xtask && $COMP_CWORD -gt 1 ]]; then
        COMP_WORDS=("${COMP_WORDS[@]:1}")
        COMP_CWORD=$((COMP_CWORD - 1))
        _xtask xtask "$2" "$3"
    elif [[ -n $_cargo_before_xtask ]]; then
        "$_cargo_before_xtask" "$@"
    fi
}
_cargo_is_completed_by=$(complete -p cargo 2>/dev/null | sed -n 's/.* -F \([^ ]*\) .*/\1/p')
if [[ $_cargo_is_completed_by != _cargo_or_xtask ]]; then
    _cargo_before_xtask=$_cargo_is_completed_by
    complete -F _cargo_or_xtask -o bashdefault -o default cargo
fi
"#;

/// Defines the function that zsh's cargo completion calls for `cargo xtask`.
const ZSH: &str = r#"
_cargo-xtask() { _xtask "$@" }
"#;

/// Completes the words after `cargo` as a separate command line, in addition to fish's own cargo completions.
const FISH: &str = r#"
complete -c cargo -n "__fish_seen_subcommand_from xtask" -f -a "(complete -C (string replace -r '^\s*cargo\s+' '' -- (commandline -cp)))"
"#;

#[derive(clap::Args)]
#[command(after_help = "Exit status: 0 success, 2 usage or I/O error")]
pub(crate) struct Arguments {
    /// The shell to print the script for
    #[arg(value_name = "SHELL")]
    shell: Shell,
}

/// Prints the completion script for a shell.
pub(crate) fn run(arguments: &Arguments, command: clap::Command) -> anyhow::Result<ExitCode> {
    let mut command = command.name(NAME).bin_name(NAME);
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut command, NAME, &mut script);
    let addition = match arguments.shell {
        Shell::Bash => BASH,
        Shell::Zsh => ZSH,
        Shell::Fish => FISH,
        _ => "",
    };
    print::out(&format!("{}{addition}", String::from_utf8_lossy(&script)))?;
    Ok(ExitCode::SUCCESS)
}
