//! Writes the list of data files that the program carries: every text file of `maps/` but the prose.

use std::{env, error::Error, fmt::Write as _, fs, path::Path};

fn main() -> Result<(), Box<dyn Error>> {
    let root = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("maps");
    let mut paths = Vec::new();
    for folder in ["", "tenure", "alliances", "sources", "cases"] {
        println!("cargo::rerun-if-changed={}", root.join(folder).display());
        for entry in fs::read_dir(root.join(folder))? {
            let path = entry?.path();
            if path.is_file() && path.extension().is_some_and(|ending| ending != "md") {
                paths.push(path);
            }
        }
    }
    paths.sort();
    let mut list = String::from("static EMBEDDED: &[(&str, &str)] = &[\n");
    for path in paths {
        let name = path.strip_prefix(&root)?.to_string_lossy().replace('\\', "/");
        writeln!(list, "    ({name:?}, include_str!({:?})),", path.display().to_string())?;
    }
    list.push_str("];\n");
    fs::write(Path::new(&env::var("OUT_DIR")?).join("embedded.rs"), list)?;
    Ok(())
}
