//! The archive on disk. Knows which files there are, by place and by name, and reads them;
//! it knows nothing of what they say.

mod home;
mod rescan;
mod role;
mod scan;
mod snapshot;
mod stray;

pub use rescan::rescan;
pub use role::{GROUND, Role, is_passing};
pub use scan::{find_root, scan};
pub use snapshot::{File, Snapshot, Stamp, read_config};
