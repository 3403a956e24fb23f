//! Tests of every kind that cargo knows.

/// ```
/// assert_eq!(trial::double(2), 4);
/// ```
pub fn double(number: i32) -> i32 {
    number * 2
}

pub fn seven() -> i32 {
    trial_macros::seven!()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn doubles() {
        println!("seen with --nocapture only");
        assert_eq!(double(21), 42);
    }

    #[test]
    fn a_macro_counts() {
        assert_eq!(seven(), 7);
    }

    #[test]
    #[should_panic(expected = "on purpose")]
    fn panics() {
        panic!("on purpose");
    }

    #[test]
    #[ignore = "takes long"]
    fn takes_long() {}

    #[test]
    fn threads_run_beside_each_other() {
        let threads: Vec<_> = (0..4).map(|number| std::thread::spawn(move || double(number))).collect();
        assert_eq!(threads.into_iter().map(|thread| thread.join().unwrap()).sum::<i32>(), 12);
    }

    #[test]
    fn a_result_is_a_test_too() -> Result<(), std::num::ParseIntError> {
        "7".parse::<i32>().map(|_| ())
    }
}
