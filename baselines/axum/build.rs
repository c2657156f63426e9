//! Finds the workloads, so that nothing lists them: each workloads/NAME.rs beside this file has a
//! function `routes(Router) -> Router`, and they are called in the order of their names.
//! And tells the program which compiler made it.
use std::{env, fs, io, path::Path, process::Command};

fn main() -> io::Result<()> {
    println!("cargo:rerun-if-changed=workloads");
    let folder = Path::new(&env::var("CARGO_MANIFEST_DIR").unwrap()).join("workloads");
    let mut files: Vec<_> = fs::read_dir(&folder)?.collect::<io::Result<_>>()?;
    files.sort_by_key(|file| file.file_name());
    let mut modules = String::new();
    let mut calls = String::from("router");
    for file in files.iter().map(|file| file.path()) {
        let name = file.file_stem().unwrap().to_str().unwrap().replace('-', "_");
        modules += &format!("#[path = {file:?}]\nmod {name};\n");
        calls = format!("{name}::routes({calls})");
    }
    let compiler = Command::new(env::var("RUSTC").unwrap()).arg("--version").output()?.stdout;
    println!("cargo:rustc-env=ASSAY_RUSTC={}", String::from_utf8_lossy(&compiler).trim());
    let text = format!("{modules}pub fn routes(router: Router) -> Router {{ {calls} }}\n");
    fs::write(Path::new(&env::var("OUT_DIR").unwrap()).join("workloads.rs"), text)
}
