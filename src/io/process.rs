//! What the operating system says of this process, for `perf`: where it does not tell, the answer is `None`. And another process of this program.

use std::{
    env,
    ffi::OsStr,
    fs, io,
    process::{Command, Stdio},
};

/// The most memory that the process ever had resident, in bytes. Source: `VmHWM` of proc(5).
pub fn peak_memory_bytes() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: u64 = line.trim().trim_end_matches("kB").trim().parse().ok()?;
    Some(kilobytes * 1024)
}

/// How long the calling thread has run on a processor, in seconds; `None` where the system does not tell.
#[cfg(unix)]
pub fn thread_cpu_secs() -> Option<f64> {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    Some(time.tv_sec as f64 + time.tv_nsec as f64 / 1e9)
}

/// How long the calling thread has run on a processor, in seconds; `None` where the system does not tell.
#[cfg(not(unix))]
pub fn thread_cpu_secs() -> Option<f64> {
    None
}

/// From now on large pieces of memory that are freed go back to the system at once. By itself glibc keeps pieces of up to 32 MiB after the first that large
/// was freed (mallopt(3), `M_MMAP_THRESHOLD`): after levels of detail were built that is a fifteenth of all that the window holds. Does nothing elsewhere.
pub fn give_back_freed_memory() {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    {
        const LARGE_BYTES: libc::c_int = 1 << 20;
        // SAFETY: mallopt takes two numbers and may be called at any time; it says 0 where it did not take them, and then all is as before.
        unsafe {
            libc::mallopt(libc::M_MMAP_THRESHOLD, LARGE_BYTES);
            libc::mallopt(libc::M_TRIM_THRESHOLD, LARGE_BYTES);
        }
    }
}

/// Starts this program once more, in a process of its own: what happens to the one does nothing to the other.
///
/// # Errors
/// What the system says.
pub fn start_again(arguments: &[&OsStr]) -> io::Result<()> {
    let mut child = Command::new(env::current_exe()?).args(arguments).stdin(Stdio::null()).spawn()?;
    // Somebody must hear of its end, or it stays in the system's list as long as we live.
    std::thread::Builder::new().name("other window".to_owned()).spawn(move || child.wait())?;
    Ok(())
}
