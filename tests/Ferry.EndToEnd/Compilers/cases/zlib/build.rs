fn main() {
    // As versions of the cmake crate from 0.1.46 on find it.
    let toolchain = std::env::var(format!("CMAKE_TOOLCHAIN_FILE_{}", std::env::var("TARGET").unwrap().replace('-', "_"))).unwrap();
    let built = cmake::Config::new(std::env::var("ZLIB_SOURCE").unwrap())
        .define("CMAKE_TOOLCHAIN_FILE", toolchain)
        .build_target("zlibstatic")
        .build();
    println!("cargo:rustc-link-search=native={}/build", built.display());
    println!("cargo:rustc-link-lib=static=z");
}
