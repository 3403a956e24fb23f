fn main() {
    cc::Build::new()
        .file("src/parts.c")
        .flag("-fexceptions")
        .warnings_into_errors(true)
        .compile("parts");
    if std::env::var_os("CARGO_FEATURE_CXX").is_some() {
        cc::Build::new().cpp(true).file("src/words.cpp").compile("words");
    }
}
