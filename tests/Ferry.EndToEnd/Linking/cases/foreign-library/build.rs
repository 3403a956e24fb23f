/// Names a folder and a library, as build scripts do that found them by themselves.
fn main() {
    for name in ["FOLDER", "LIBRARY"] {
        println!("cargo:rerun-if-env-changed={name}");
    }
    println!("cargo:rustc-link-search=native={}", std::env::var("FOLDER").unwrap());
    println!("cargo:rustc-link-lib={}", std::env::var("LIBRARY").unwrap());
}
