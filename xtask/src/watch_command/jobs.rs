//! Starts the stages of a session, and stores the reports on their tasks.

use std::{sync::mpsc::Sender, thread};

use super::{
    Event, check, generate,
    task::{Report, Task, Watch},
};

/// A stage of a session. Each run of a stage has its own thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    /// Generates the client for a save.
    Generate,
    /// Compiles the client.
    Check,
}

/// The tasks of a session, by stage.
pub(super) struct Jobs {
    watch: Watch,
    sender: Sender<Event>,
    generate: StageJobs,
    check: StageJobs,
}

struct StageJobs {
    stage: Stage,
    jobs: Vec<Job>,
    is_running: bool,
    /// True if the files changed while the stage was running, so that it has to run again.
    is_outdated: bool,
}

/// A task and its state.
pub(super) struct Job {
    pub(super) task: Task,
    pub(super) state: State,
}

/// The state of a task.
pub(super) enum State {
    /// Waiting for another stage.
    Waiting,
    /// Running.
    Running,
    /// Waiting for another cargo process to release this lock.
    Blocked(String),
    /// Ended with this report.
    Ended(Report),
}

impl Jobs {
    /// Creates the tasks. A client in another folder may not be part of a package, so it is neither compared nor
    /// compiled.
    pub(super) fn new(watch: Watch, sender: Sender<Event>) -> Self {
        let (generate, check): (&[Task], &[Task]) = match watch.is_compared() {
            true => (&[Task::Lint, Task::Codegen, Task::Diff], &[Task::Check]),
            false => (&[Task::Lint, Task::Codegen], &[]),
        };
        let generate = StageJobs::new(Stage::Generate, generate);
        Self { generate, check: StageJobs::new(Stage::Check, check), watch, sender }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Job> {
        self.generate.jobs.iter().chain(&self.check.jobs)
    }

    /// Returns true if each stage has ended or will not run for this save.
    pub(super) fn are_done(&self) -> bool {
        !self.generate.is_running && !self.check.is_running
    }

    /// Returns true if cargo is waiting for a lock, which can take a long time.
    pub(super) fn are_blocked(&self) -> bool {
        self.iter().any(|job| matches!(job.state, State::Blocked(_)))
    }

    /// Starts over with the current files. Does not kill a running compiler, because that would leave its child
    /// processes behind.
    pub(super) fn start(&mut self) {
        self.generate.start(&self.watch, &self.sender);
        if !self.check.is_running {
            self.check.set(|| State::Waiting);
        }
    }

    /// Stores a report, unless the files changed in the meantime.
    pub(super) fn report(&mut self, report: Report) {
        for StageJobs { jobs, is_outdated, .. } in [&mut self.generate, &mut self.check] {
            if let Some(job) = jobs.iter_mut().find(|job| job.task == report.task && !*is_outdated)
            {
                job.state = State::Ended(report);
                return;
            }
        }
    }

    /// Records that cargo is waiting for a lock, or no longer is.
    pub(super) fn block(&mut self, lock: Option<String>) {
        self.check.set(|| lock.clone().map_or(State::Running, State::Blocked));
    }

    /// Starts what was waiting for a stage to end: the next run of the same stage, or the compiler.
    pub(super) fn end(&mut self, stage: Stage) {
        let Self { watch, sender, generate, check } = self;
        let ended = match stage {
            Stage::Generate => &mut *generate,
            Stage::Check => &mut *check,
        };
        ended.is_running = false;
        if ended.is_outdated {
            ended.start(watch, sender);
        } else if stage == Stage::Generate && generate.has_client() {
            check.start(watch, sender);
        }
    }
}

impl StageJobs {
    fn new(stage: Stage, tasks: &[Task]) -> Self {
        let jobs = tasks.iter().map(|task| Job { task: *task, state: State::Waiting }).collect();
        Self { stage, jobs, is_running: false, is_outdated: false }
    }

    fn set(&mut self, state: impl Fn() -> State) {
        self.jobs.iter_mut().for_each(|job| job.state = state());
    }

    fn has_client(&self) -> bool {
        let is_client = |job: &Job| match &job.state {
            State::Ended(report) => job.task == Task::Codegen && report.succeeded,
            _ => false,
        };
        self.jobs.iter().any(is_client)
    }

    /// Starts the stage now or, if it is running, as soon as it ends. A stage without tasks is never started.
    fn start(&mut self, watch: &Watch, sender: &Sender<Event>) {
        self.is_outdated = self.is_running;
        self.set(|| State::Running);
        if self.is_running || self.jobs.is_empty() {
            return;
        }
        self.is_running = true;
        let (stage, watch, sender) = (self.stage, watch.clone(), sender.clone());
        thread::spawn(move || {
            match stage {
                Stage::Generate => generate::run(&watch, &sender),
                Stage::Check => check::run(&watch, &sender),
            }
            // The receiver no longer exists when the program ends.
            sender.send(Event::Ended(stage)).ok();
        });
    }
}
