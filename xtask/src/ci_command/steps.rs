//! Defines all CI steps. `cargo xtask ci`, `.ci/run` and the workflows run the steps that are defined here.

use super::needs::Need;

/// A workflow job and its steps.
pub(super) struct Job {
    pub(super) name: &'static str,
    pub(super) steps: &'static [Step],
}

/// A named series of commands, all of which must succeed.
pub(super) struct Step {
    pub(super) name: &'static str,
    /// The command lines, whose arguments are separated by spaces.
    commands: &'static [&'static str],
    /// The tools that the commands need.
    pub(super) needs: &'static [Need],
    /// True if the commands take more than ten seconds after an edit to the document, with dependencies compiled.
    pub(super) is_slow: bool,
    /// The target triple to compile for, if it is not the host's.
    target: Option<&'static str>,
}

/// The environment variables of each step. Warnings and changed snapshots fail the step. Debug information and
/// incremental compilation are off, because CI needs neither, and so is LTO across the codegen units of a crate, because
/// it takes as long as compiling the crate.
pub(super) const ENVIRONMENT: [(&str, &str); 5] = [
    ("CARGO_INCREMENTAL", "0"),
    ("CARGO_PROFILE_DEV_DEBUG", "0"),
    ("INSTA_UPDATE", "no"),
    ("RUSTFLAGS", "--deny warnings -C lto=off"),
    ("RUSTDOCFLAGS", "--deny warnings"),
];

/// All jobs, in the order in which `cargo xtask ci` runs them.
pub(super) const JOBS: [Job; 9] = [
    Job {
        name: "checks",
        steps: &[
            Step::new("format", &["cargo fmt --all --check"]),
            Step::new("lint", &["cargo xtask lint --deny warnings"]),
            Step::new("generated", &["cargo xtask codegen --check"]),
            Step::new("versions", &["cargo xtask release check"]),
            Step::new("clippy", &["cargo clippy --workspace --all-targets --all-features"]).slow(),
            Step::new(
                "no-features",
                &["cargo test --package partner-center-client --no-default-features"],
            )
            .slow(),
            Step::new(
                "no-provider",
                &["cargo test --package partner-center-client --no-default-features --features rustls-no-provider --lib http::"],
            )
            .slow(),
            // `--examples` enables the features that tests need too, or all dependencies would be checked again.
            Step::new("docs", &["cargo doc --workspace --all-features --no-deps --lib --examples"]).slow(),
            // Without verification, because the job `oldest-compiler` compiles the package.
            Step::new(
                "publish",
                &["cargo publish --dry-run --package partner-center-client --allow-dirty --no-verify --quiet"],
            ),
            // The last step, because `.ci/run` runs it separately.
            Step::new("test", &["cargo test --workspace --all-features"]).slow(),
        ],
    },
    Job {
        name: "oldest-compiler",
        steps: &[Step::new("package", &["cargo xtask release build"])
            .with(&[Need::OldestCompiler])
            .slow()],
    },
    Job {
        name: "features",
        steps: &[
            Step::new(
                "quickstart",
                &["cargo run --quiet --package partner-center-client --example quickstart --features mock"],
            )
            .slow(),
            // No features, each feature on its own, and each pair.
            Step::new(
                "pairs",
                &["cargo hack clippy --package partner-center-client --feature-powerset --depth 2 --quiet"],
            )
            .with(&[Need::Installed { name: "cargo-hack", version: "0.6.46" }])
            .slow(),
        ],
    },
    // An unreferenced snapshot tests nothing, and a pending snapshot has not been reviewed.
    Job {
        name: "snapshots",
        steps: &[Step::new(
            "unreferenced",
            &["cargo insta test --workspace --all-features --check --unreferenced=reject"],
        )
        .with(&[Need::Installed { name: "cargo-insta", version: "1.49.0" }])
        .slow()],
    },
    Job {
        name: "browser",
        steps: &[
            Step::new("reference", &["cargo xtask reference"]),
            Step::new("browser-tests", &["cargo test --package tests --test browser"])
                .with(&[Need::Browser])
                .slow(),
        ],
    },
    Job {
        name: "targets",
        steps: &[
            target("x86_64-unknown-linux-musl"),
            target("x86_64-pc-windows-gnu"),
            target("x86_64-pc-windows-msvc"),
            target("aarch64-apple-darwin"),
        ],
    },
    Job {
        name: "dependencies",
        steps: &[Step::new("deny", &["cargo deny check advisories bans licenses sources"])
            .with(&[Need::Program { name: "cargo-deny", source: "cargo install --locked cargo-deny" }])
            .slow()],
    },
    Job {
        name: "validators",
        steps: &[
            Step::new(
                "openapi-spec-validator",
                &["pipx run openapi-spec-validator==0.9.0 spec/partner-center.yaml"],
            )
            .with(&[Need::Program { name: "pipx", source: "https://pipx.pypa.io" }])
            .slow(),
            Step::new(
                "spectral",
                &["npx --yes -p @stoplight/spectral-cli@6.16.3 spectral lint -F warn --ruleset spec/.spectral.yaml spec/partner-center.yaml"],
            )
            .with(NPX)
            .slow(),
            Step::new(
                "redocly",
                &["npx --yes -p @redocly/cli@2.77.0 redocly lint --config spec/redocly.yaml spec/partner-center.yaml"],
            )
            .with(NPX)
            .slow(),
            Step::new(
                "openapi-examples-validator",
                &["npx --yes -p openapi-examples-validator@7.1.0 openapi-examples-validator spec/partner-center.yaml"],
            )
            .with(NPX)
            .slow(),
        ],
    },
    // In diff.yml, because only a pull request has a base.
    Job { name: "report", steps: &[Step::new("diff", &["cargo xtask diff"])] },
];

const NPX: &[Need] = &[Need::Program { name: "npx", source: "https://nodejs.org" }];

/// Returns the step that compiles the client for a target: without features, with one, and with most of them.
const fn target(name: &'static str) -> Step {
    const COMMANDS: &[&str] = &[
        "cargo check --package partner-center-client --no-default-features",
        "cargo check --package partner-center-client --no-default-features --features rustls-no-provider",
        "cargo check --package partner-center-client --features azure_core,chrono,jiff,mock,oauth2,recorder,rust_decimal,schemars,tracing,utoipa",
    ];
    Step { target: Some(name), ..Step::new(name, COMMANDS).slow() }
}

impl Step {
    const fn new(name: &'static str, commands: &'static [&'static str]) -> Self {
        Self { name, commands, needs: &[], is_slow: false, target: None }
    }

    const fn with(self, needs: &'static [Need]) -> Self {
        Self { needs, ..self }
    }

    const fn slow(self) -> Self {
        Self { is_slow: true, ..self }
    }

    /// Returns all tools that the commands need.
    pub(super) fn needs(&self) -> impl Iterator<Item = Need> {
        self.needs.iter().copied().chain(self.target.map(Need::Target))
    }

    /// Returns the command lines, including the target.
    pub(super) fn commands(&self) -> impl Iterator<Item = String> {
        let target = self.target.map(|target| format!(" --target {target}")).unwrap_or_default();
        self.commands.iter().map(move |command| format!("{command}{target}"))
    }
}
