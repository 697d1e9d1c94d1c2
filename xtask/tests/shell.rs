//! Tests that the shell scripts complete the tasks, and that each task has a manual page.

#![allow(clippy::unwrap_used, reason = "a panic fails the test")]

use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

fn xtask(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_xtask")).args(arguments).output().unwrap()
}

#[test]
fn each_shell_has_a_script() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let output = xtask(&["completions", shell]);
        assert_eq!(output.status.code(), Some(0));
        assert!(String::from_utf8(output.stdout).unwrap().contains("codegen"), "{shell}");
    }
}

#[test]
fn each_task_has_a_manual_page() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("man");
    fs::remove_dir_all(&folder).ok();
    fs::create_dir_all(&folder).unwrap();
    assert_eq!(xtask(&["man", folder.to_str().unwrap()]).status.code(), Some(0));
    let help = String::from_utf8(xtask(&["--help"]).stdout).unwrap();
    let tasks = help.lines().filter_map(|line| line.strip_prefix("  ")?.split_once("  "));
    let tasks: Vec<&str> =
        tasks.map(|(task, _)| task).filter(|task| !task.starts_with(['-', ' '])).collect();
    assert!(tasks.contains(&"lint"), "{help}");
    for task in tasks.iter().filter(|task| **task != "help") {
        assert!(folder.join(format!("cargo-xtask-{task}.1")).exists(), "{task}");
    }
}

#[test]
fn manual_pages_need_a_folder() {
    assert_eq!(xtask(&["man", "no/such/folder"]).status.code(), Some(2));
}

/// Tests with bash, which every Unix development machine has.
#[cfg(unix)]
mod bash {
    use super::*;

    /// Returns the completions of bash for a line that ends at the cursor.
    fn completed(line: &[&str]) -> String {
        let [command, .., before, word] = line else { panic!("a line has three words") };
        let script = String::from_utf8(xtask(&["completions", "bash"]).stdout).unwrap();
        let script = format!(
            "_cargo() {{ COMPREPLY=(\"$2 of cargo\"); }}\n\
             complete -F _cargo cargo\n\
             {script}\n\
             {script}\n\
             COMP_WORDS=({})\n\
             COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1))\n\
             function=$(complete -p {command} | sed -n 's/.* -F \\([^ ]*\\) .*/\\1/p')\n\
             \"$function\" '{command}' '{word}' '{before}'\n\
             echo \"${{COMPREPLY[*]}}\"\n",
            line.iter().map(|word| format!("'{word}'")).collect::<Vec<_>>().join(" ")
        );
        let output = Command::new("bash").args(["--norc", "-c", &script]).output().unwrap();
        assert_eq!(String::from_utf8_lossy(&output.stderr), "");
        String::from_utf8(output.stdout).unwrap().trim_end().to_owned()
    }

    #[test]
    fn tasks_of_cargo_xtask() {
        assert_eq!(completed(&["cargo", "xtask", "co"]), "codegen conform completions");
    }

    #[test]
    fn options_of_a_task() {
        assert_eq!(completed(&["cargo", "xtask", "codegen", "--ch"]), "--check");
    }

    #[test]
    fn values_of_an_option() {
        assert_eq!(completed(&["cargo", "xtask", "lint", "--message-format", "gi"]), "github");
    }

    #[test]
    fn a_program_with_the_name_xtask() {
        assert_eq!(completed(&["xtask", "codegen", "--ch"]), "--check");
    }

    #[test]
    fn other_commands_of_cargo_are_completed_as_before() {
        assert_eq!(completed(&["cargo", "build", "--rel"]), "--rel of cargo");
        assert_eq!(completed(&["cargo", "+nightly", "xta"]), "xta of cargo");
    }
}
