//! Turns panics of progenitor and its dependencies into errors.

use std::{
    cell::Cell,
    panic::{self, AssertUnwindSafe},
    sync::Once,
};

/// Runs code that may panic, and returns the panic's message as an error instead of printing it.
pub(crate) fn catch<T>(run: impl FnOnce() -> T) -> Result<T, String> {
    silence_panics_on_demand();
    SILENT.set(true);
    let result = panic::catch_unwind(AssertUnwindSafe(run));
    SILENT.set(false);
    result.map_err(|payload| {
        let text = payload.downcast_ref::<&str>().map(|text| (*text).to_owned());
        text.or_else(|| payload.downcast_ref::<String>().cloned()).unwrap_or_default()
    })
}

thread_local! {
    static SILENT: Cell<bool> = const { Cell::new(false) };
}

fn silence_panics_on_demand() {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let print = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if !SILENT.get() {
                print(info);
            }
        }));
    });
}
