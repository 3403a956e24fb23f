use std::fs::{self, File, OpenOptions};
use std::io::{Read, Seek, SeekFrom, Write};

use crate::{ensure, told, Outcome};

pub fn files() -> Outcome {
    let folder = std::env::temp_dir().join(format!("matrix-{}", std::process::id()));
    told(fs::create_dir(&folder), "making a folder")?;
    let outcome = inside(&folder);
    told(fs::remove_dir_all(&folder), "removing the folder")?;
    outcome
}

fn inside(folder: &std::path::Path) -> Outcome {
    let (first, second) = (folder.join("äöü"), folder.join("second"));
    told(fs::write(&first, b"abc"), "writing")?;
    told(fs::rename(&first, &second), "renaming")?;
    let mut file = told(OpenOptions::new().read(true).write(true).open(&second), "opening")?;
    // Behind 4 GiB: offsets have 64 bits; all but the ends is a hole.
    let far = 5 << 30;
    if file.seek(SeekFrom::Start(far)).and_then(|_| file.write_all(b"end")).is_ok() {
        ensure(told(file.metadata(), "asking its size")?.len() == far + 3, "the size is wrong")?;
    }
    let mut begin = [0; 3];
    told(file.seek(SeekFrom::Start(0)).and_then(|_| file.read_exact(&mut begin)), "reading")?;
    ensure(&begin == b"abc", "other bytes came back")?;
    let names: Vec<_> = told(fs::read_dir(folder), "listing")?.map(|entry| entry.unwrap().file_name()).collect();
    ensure(names == ["second"], &format!("the folder holds {names:?}"))?;
    ensure(File::open(&first).is_err_and(|e| e.kind() == std::io::ErrorKind::NotFound), "what was renamed is still there")?;
    Ok(String::new())
}
