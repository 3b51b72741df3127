//! Disks that do not tell: what another machine, or the host of this one, writes there makes no event here.

use std::fs;
use std::path::{Path, PathBuf};

/// Kinds of file systems on which others write unseen.
const DEAF: [&str; 31] = [
    "9p",
    "acfs",
    "afpfs",
    "afs",
    "beegfs",
    "ceph",
    "cifs",
    "coda",
    "davfs",
    "drvfs",
    "fuse.davfs2",
    "fuse.gcsfuse",
    "fuse.glusterfs",
    "fuse.grpcfuse",
    "fuse.gvfsd-fuse",
    "fuse.osxfs",
    "fuse.rclone",
    "fuse.s3fs",
    "fuse.sshfs",
    "glusterfs",
    "gpfs",
    "lustre",
    "ncpfs",
    "nfs",
    "nfs4",
    "osxfs",
    "prl_fs",
    "smb3",
    "smbfs",
    "vboxsf",
    "virtiofs",
];

/// The mounts of this machine, as far as the system lists them.
pub(super) struct Mounts(Vec<Mount>);

#[derive(Debug, PartialEq, Eq)]
struct Mount {
    at: PathBuf,
    kind: String,
}

impl Mounts {
    /// Those of Linux; elsewhere none is known.
    pub(super) fn read() -> Self {
        let listed = fs::read("/proc/self/mountinfo").unwrap_or_default();
        Self::parse(&String::from_utf8_lossy(&listed))
    }

    /// Reads the lines of a `mountinfo`, as proc(5) describes them.
    fn parse(mountinfo: &str) -> Self {
        Self(mountinfo.lines().filter_map(mount).collect())
    }

    /// The kind of the file system at the real path `path`, if it does not tell of changes.
    pub(super) fn deaf_at(&self, path: &Path) -> Option<&str> {
        let covers = self.0.iter().filter(|mount| path.starts_with(&mount.at));
        // Of two mounts at one place, the later lies on top, and `max_by_key` gives the last of equals.
        let mount = covers.max_by_key(|mount| mount.at.components().count())?;
        DEAF.contains(&mount.kind.as_str()).then_some(mount.kind.as_str())
    }
}

/// `36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw,errors=continue`: the fifth field is the
/// place, the first after the lone `-` is the kind.
fn mount(line: &str) -> Option<Mount> {
    let (place, rest) = line.split_once(" - ")?;
    let at = plain(place.split(' ').nth(4)?).into();
    let kind = plain(rest.split(' ').next()?);
    Some(Mount { at, kind })
}

/// Undoes `\040` and its like, in which blanks and backslashes are written.
fn plain(field: &str) -> String {
    let mut parts = field.split('\\');
    let mut plain = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        if let Some(byte) = part.get(..3).and_then(|octal| u8::from_str_radix(octal, 8).ok()) {
            plain.push(byte);
            plain.extend(&part.as_bytes()[3..]);
        } else {
            plain.push(b'\\');
            plain.extend(part.as_bytes());
        }
    }
    String::from_utf8_lossy(&plain).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const LISTED: &str = "\
21 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
36 21 0:31 / /mnt/wide\\040disk rw,noatime master:1 propagate_from:2 - nfs4 server:/export rw
37 36 0:32 / /mnt/wide\\040disk/local rw - ext4 /dev/vdb rw
40 21 0:40 / /media/host rw - vboxsf share rw
41 40 0:41 / /media/host rw - tmpfs tmpfs rw
42 21 0:42 / /back\\134slash rw - fuse.sshfs me@there:/ rw
a line of no use
";

    fn check(path: &str, expected: Option<&str>) {
        assert_eq!(Mounts::parse(LISTED).deaf_at(Path::new(path)), expected, "{path}");
    }

    #[test]
    fn the_longest_place_wins_and_then_the_latest() {
        check("/home/me", None);
        check("/mnt/wide disk", Some("nfs4"));
        check("/mnt/wide disk/archive/content", Some("nfs4"));
        check("/mnt/wide disk/local/content", None);
        check("/mnt/wide diskette", None);
        check("/media/host/x", None);
    }

    #[test]
    fn escapes_are_undone() {
        check("/back\\slash/content", Some("fuse.sshfs"));
        assert_eq!(plain("a\\011b\\12"), "a\tb\\12");
        assert_eq!(plain("\\040\\"), " \\");
    }

    #[test]
    fn without_a_list_nothing_is_deaf() {
        assert_eq!(Mounts::parse("").deaf_at(Path::new("/")), None);
    }
}
