//! Runs the commands that a save starts, each in a separate process.

use std::sync::mpsc::Sender;

use super::{
    Event,
    commands::{self, Report, Task, Watch},
};

/// A command that ended.
pub(super) struct Finished {
    task: Task,
    report: Report,
}

/// The commands of a session, in the order in which their results are shown.
pub(super) struct Jobs {
    watch: Watch,
    jobs: Vec<Job>,
    sender: Sender<Event>,
}

/// A command, and its last result.
pub(super) struct Job {
    pub(super) task: Task,
    state: State,
}

enum State {
    /// It waits for the result of another command.
    Waiting,
    /// It runs. If a file was saved meanwhile, its result is out of date, and it runs again.
    Running { is_outdated: bool },
    /// It ended.
    Ended(Report),
}

impl Jobs {
    pub(super) fn new(watch: Watch, sender: Sender<Event>) -> Self {
        let jobs = watch.tasks().into_iter().map(|task| Job { task, state: State::Waiting });
        Self { jobs: jobs.collect(), watch, sender }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Job> {
        self.jobs.iter()
    }

    /// Returns whether each command has ended, or will not run for this save.
    pub(super) fn are_done(&self) -> bool {
        self.jobs.iter().all(|job| !matches!(job.state, State::Running { .. }))
    }

    /// Starts over with the current files. Commands that read the generated client wait for it.
    pub(super) fn start(&mut self) {
        let Self { jobs, watch, sender } = self;
        for job in jobs {
            match job.task.needs_client() {
                true => job.wait(),
                false => job.start(watch, sender),
            }
        }
    }

    /// Keeps the result of a command, and starts those that waited for it.
    pub(super) fn finish(&mut self, Finished { task, report }: Finished) {
        let has_client = task == Task::Codegen && report.succeeded();
        let Self { jobs, watch, sender } = self;
        for job in jobs {
            if job.task == task {
                if let State::Running { is_outdated: true } = job.state {
                    // The commands that wait depend on the next result.
                    job.state = State::Waiting;
                    return job.start(watch, sender);
                }
                job.state = State::Ended(report);
                break;
            }
        }
        if has_client {
            let waiting = self.jobs.iter_mut().filter(|job| job.task.needs_client());
            waiting.for_each(|job| job.start(&self.watch, &self.sender));
        }
    }
}

impl Job {
    /// Returns the result; `None` while the command runs or waits.
    pub(super) fn report(&self) -> Option<&Report> {
        match &self.state {
            State::Ended(report) => Some(report),
            _ => None,
        }
    }

    pub(super) fn is_running(&self) -> bool {
        matches!(self.state, State::Running { .. })
    }

    /// Drops a result that is out of date. A command that runs is not disturbed, because a compiler that is killed
    /// leaves processes behind.
    fn wait(&mut self) {
        if let State::Ended(_) = self.state {
            self.state = State::Waiting;
        }
    }

    fn start(&mut self, watch: &Watch, sender: &Sender<Event>) {
        if let State::Running { is_outdated } = &mut self.state {
            *is_outdated = true;
            return;
        }
        self.state = State::Running { is_outdated: false };
        let (task, sender, command) = (self.task, sender.clone(), watch.command(self.task));
        std::thread::spawn(move || {
            let report = commands::run(command);
            // The receiver is gone when the program ends.
            sender.send(Event::Finished(Finished { task, report })).ok();
        });
    }
}
