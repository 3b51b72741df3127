//! The archive on disk. Knows which files there are, by place and by name, reads them, and
//! replaces one when an editor asked for it; it knows nothing of what they say.

mod create;
mod foreign;
mod git;
mod home;
mod kept;
mod rescan;
mod revision;
mod role;
mod save;
mod scan;
mod snapshot;
mod stray;

pub use create::{Created, create};
pub use foreign::{Stranger, read_foreign};
pub use git::Refused;
pub use kept::{keep, recall};
pub use rescan::rescan;
pub use revision::{Listed, Revision};
pub use role::{GROUND, Role, is_passing};
pub use save::{Saved, save};
pub use scan::{find_root, scan};
pub use snapshot::{File, Snapshot, Stamp, read_config};
