//! Tests what `cargo xtask ci` runs and prints.

#![allow(clippy::unwrap_used, reason = "a panic fails the test")]

use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

fn xtask() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.arg("ci");
    command
}

fn list(arguments: &[&str]) -> String {
    let output = xtask().arg("--list").args(arguments).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    String::from_utf8(output.stdout).unwrap()
}

fn read(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(name)).unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn fast_skips_slow_steps() {
    let all = list(&[]);
    let fast = list(&["--fast"]);
    assert!(all.contains("(slow)") && all.contains("  format\n"));
    assert!(!fast.contains("(slow)") && fast.contains("  format\n"));
}

#[test]
fn a_job_name_selects_its_steps() {
    let listed = list(&["validators"]);
    assert!(listed.contains("  spectral") && !listed.contains("  format"));
}

#[test]
fn steps_run_in_the_listed_order() {
    let listed = list(&["lint", "format"]);
    assert!(listed.find("  format").unwrap() < listed.find("  lint").unwrap());
}

#[test]
fn a_step_that_does_not_exist_is_a_usage_error() {
    let output = xtask().arg("fromat").output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("'format'"), "{}", stderr(&output));
}

/// The script spells out one step for its readers, and runs the others from the list.
#[test]
fn the_script_runs_the_checks_and_the_readme_command() {
    let script = read(".ci/run");
    let checks = "xtask\" ci checks --verbose --except test";
    assert!(script.lines().any(|line| line.ends_with(checks)), "{script}");
    let test = "cargo test --workspace --all-features";
    assert!(script.lines().any(|line| line == test), "{script}");
    let listed = list(&["test"]);
    assert!(listed.contains(&format!("    {test}\n")));
    let environment = listed.lines().next().unwrap();
    let exports = script.lines().filter_map(|line| line.strip_prefix("export "));
    for variable in exports.filter(|variable| *variable != "CARGO_TERM_COLOR=always") {
        assert!(environment.contains(variable), "{environment}\n{variable}");
    }
}

/// `cargo xtask ci` could not rerun a workflow job that ran anything else.
#[test]
fn the_workflow_runs_only_listed_steps() {
    let workflow = read(".github/workflows/ci.yml");
    let commands = workflow
        .lines()
        .filter_map(|line| line.trim().trim_start_matches("- ").strip_prefix("run: "));
    for command in commands {
        let is_preparation = ["rustup ", "sudo apt-get ", "cargo install "];
        let is_listed = command == ".ci/run" || command.starts_with("cargo xtask ci ");
        assert!(is_listed || is_preparation.iter().any(|it| command.starts_with(it)), "{command}");
    }
}

#[test]
fn each_listed_job_is_in_the_workflow() {
    let workflow = [".github/workflows/ci.yml", ".github/workflows/diff.yml"].map(read).concat();
    let listed = list(&[]);
    for job in
        listed.lines().skip(1).filter(|line| line.starts_with(|it: char| it.is_ascii_lowercase()))
    {
        assert!(workflow.contains(&format!("\n  {job}:\n")), "{job}");
    }
}

/// Tests with a fake cargo.
#[cfg(unix)]
mod run {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    /// Runs `cargo xtask ci` with a shell script instead of cargo.
    fn run(name: &str, script: &str, arguments: &[&str]) -> Output {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("ci").join(name);
        fs::remove_dir_all(&folder).ok();
        fs::create_dir_all(&folder).unwrap();
        let cargo = folder.join("cargo");
        fs::write(&cargo, format!("#!/bin/sh\n{script}\n")).unwrap();
        fs::set_permissions(&cargo, fs::Permissions::from_mode(0o755)).unwrap();
        let path = format!("{}:{}", folder.display(), std::env::var("PATH").unwrap());
        xtask().args(arguments).env("PATH", path).output().unwrap()
    }

    fn stdout(output: &Output) -> String {
        String::from_utf8(output.stdout.clone()).unwrap()
    }

    #[test]
    fn a_line_per_step_shows_its_time() {
        let output = run("lines", "echo noise; echo noise >&2", &["format", "clippy"]);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        let printed = stdout(&output);
        let lines: Vec<&str> = printed.lines().collect();
        let [format, clippy, summary] = lines.as_slice() else { panic!("{printed}") };
        assert!(format.starts_with("format  ") && format.ends_with(" s"));
        assert!(clippy.starts_with("clippy  ") && clippy.ends_with(" s"));
        assert!(summary.starts_with("2 steps passed in "));
        assert_eq!(stderr(&output), "");
    }

    #[test]
    fn the_first_failure_ends_the_run_with_its_output_and_the_command_to_rerun_it() {
        let script = r#"echo "$1 out"; echo "$1 err" >&2; test "$1" != clippy"#;
        let output = run("failure", script, &["format", "clippy", "docs"]);
        assert_eq!(output.status.code(), Some(1));
        let errors = stderr(&output);
        assert!(errors.contains("$ cargo clippy --workspace"), "{errors}");
        assert!(
            errors.contains("clippy out\nclippy err\n") && !errors.contains("fmt out"),
            "{errors}"
        );
        assert!(errors.contains("rerun it with `cargo xtask ci clippy`"), "{errors}");
        assert!(!stdout(&output).contains("docs") && !stdout(&output).contains("passed"));
    }

    #[test]
    fn verbose_shows_the_output_of_steps_that_pass() {
        let output = run("verbose", "echo noise", &["--verbose", "format"]);
        let printed = stdout(&output);
        assert!(printed.contains("== format: cargo fmt --all --check\nnoise\n"), "{printed}");
    }

    #[test]
    fn a_warning_fails_each_step() {
        let script =
            r#"test "$RUSTFLAGS" = "--deny warnings -C lto=off" && test "$INSTA_UPDATE" = no"#;
        assert_eq!(run("environment", script, &["format"]).status.code(), Some(0));
    }

    #[test]
    fn steps_do_not_inherit_the_package_variables_of_xtask() {
        let output = run("package", r#"test -z "$CARGO_MANIFEST_DIR""#, &["format"]);
        assert_eq!(output.status.code(), Some(0));
    }

    #[test]
    fn a_missing_cargo_subcommand_is_installed_first() {
        let script = r#"test "$1" != hack || test -e "$0.hack" || exit 1; test "$1" != install || touch "$0.hack""#;
        let output = run("install", script, &["pairs"]);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        assert!(stdout(&output).starts_with("install  "), "{}", stdout(&output));
    }

    #[test]
    fn a_named_step_fails_without_its_tools() {
        let output = run("named", "exit 1", &["deny"]);
        assert_eq!(output.status.code(), Some(2));
        assert!(
            stderr(&output).contains("the step `deny` needs cargo-deny"),
            "{}",
            stderr(&output)
        );
    }
}
