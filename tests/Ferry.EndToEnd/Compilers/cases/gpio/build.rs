fn main() {
    let library = pkg_config::probe_library("libgpiod").unwrap();
    println!("cargo:warning=libgpiod {}", library.version);
    bindgen::Builder::default()
        .header_contents("all.h", "#include <gpiod.h>\n#include <stdint.h>\nstatic const unsigned word = sizeof(long);\nstruct when { long long a; void *b; };")
        .allowlist_function("gpiod_version_string|gpiod_chip_open")
        .allowlist_var("word")
        .allowlist_type("when")
        .generate()
        .unwrap()
        .write_to_file(std::path::Path::new(&std::env::var("OUT_DIR").unwrap()).join("gpiod.rs"))
        .unwrap();
}
