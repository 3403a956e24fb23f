fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rustc-env=BUILT_ON={}", std::env::consts::ARCH);
}
