//! Keeps the screen lit while a lecture is given, where the system can be asked for it: over the session bus on Linux and the BSDs, with `caffeinate` on macOS.
//! On Windows there is no way without code of the system's own; there people set it.

use std::any::Any;

/// As long as this lives, the screen stays lit. What it is belongs to the system.
pub type Awake = Box<dyn Any>;

/// Asks the system to keep the screen lit until the answer is dropped. Never waits, and is silent where nobody can be asked.
pub fn stay_awake() -> Awake {
    system::stay_awake()
}

#[cfg(all(unix, not(target_os = "macos")))]
mod system {
    use std::{
        collections::HashMap,
        sync::mpsc::{Receiver, Sender, channel},
        thread,
    };

    use zbus::{Connection, zvariant::Value};

    use super::Awake;

    const PROGRAM: &str = "Border Atlas";
    const REASON: &str = "A lecture is given";
    /// Of the portal: the session is not idle.
    const IDLE: u32 = 8;

    pub fn stay_awake() -> Awake {
        let (release, released): (Sender<()>, Receiver<()>) = channel();
        let ask = move || {
            let Ok(bus) = pollster::block_on(inhibited()) else { return };
            // Ends when the other side is dropped. The services let go of whoever leaves the bus, so that there is nothing to do if that fails.
            let _ = released.recv();
            let _ = pollster::block_on(bus.close());
        };
        // Without a thread the screen does what it always does.
        let _ = thread::Builder::new().name("awake".to_owned()).spawn(ask);
        Box::new(release)
    }

    /// The connection that holds the screen lit: the old interface, which most desktops have, else the portal.
    async fn inhibited() -> zbus::Result<Connection> {
        let bus = Connection::session().await?;
        let saver = "org.freedesktop.ScreenSaver";
        let asked = bus.call_method(Some(saver), "/org/freedesktop/ScreenSaver", Some(saver), "Inhibit", &(PROGRAM, REASON)).await;
        if asked.is_err() {
            let options = HashMap::from([("reason", Value::from(REASON))]);
            let (portal, interface) = ("org.freedesktop.portal.Desktop", "org.freedesktop.portal.Inhibit");
            bus.call_method(Some(portal), "/org/freedesktop/portal/desktop", Some(interface), "Inhibit", &("", IDLE, options)).await?;
        }
        Ok(bus)
    }
}

#[cfg(target_os = "macos")]
mod system {
    use std::process::{Child, Command};

    use super::Awake;

    /// The program that keeps the screen lit, ended with this.
    struct Caffeine(Child);

    impl Drop for Caffeine {
        fn drop(&mut self) {
            // It may have ended by itself.
            let _ = self.0.kill();
            let _ = self.0.wait();
        }
    }

    pub fn stay_awake() -> Awake {
        // With -w it ends with us whatever happens.
        let ours = std::process::id().to_string();
        Box::new(Command::new("/usr/bin/caffeinate").args(["-d", "-i", "-w", &ours]).spawn().ok().map(Caffeine))
    }
}

#[cfg(not(unix))]
mod system {
    pub fn stay_awake() -> super::Awake {
        Box::new(())
    }
}
