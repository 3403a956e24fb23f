macros::make_answer!();

fn main() {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    println!("arguments {arguments:?}");
    println!("architecture {} built on {}", std::env::consts::ARCH, env!("BUILT_ON"));
    println!("answer {}", answer());
    println!("constructors {}", app::constructed());
    println!("size {}", std::fs::metadata("/proc/self/exe").unwrap().len() > 1000);
    println!("thread {}", std::thread::spawn(|| 6 * 7).join().unwrap());
    if cfg!(panic = "unwind") {
        std::panic::set_hook(Box::new(|_| {}));
        println!("caught {}", std::panic::catch_unwind(|| panic!()).is_err());
    }
    std::process::exit(7);
}
