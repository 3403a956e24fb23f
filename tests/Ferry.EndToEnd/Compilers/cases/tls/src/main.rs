use std::ffi::CStr;

fn main() {
    let (mut digest, mut length) = ([0; 64], 0);
    unsafe {
        println!("{}", CStr::from_ptr(openssl_sys::OpenSSL_version(openssl_sys::OPENSSL_VERSION)).to_str().unwrap().split(' ').next().unwrap());
        let context = openssl_sys::EVP_MD_CTX_new();
        openssl_sys::EVP_DigestInit_ex(context, openssl_sys::EVP_sha256(), std::ptr::null_mut());
        openssl_sys::EVP_DigestUpdate(context, b"abc".as_ptr().cast(), 3);
        openssl_sys::EVP_DigestFinal_ex(context, digest.as_mut_ptr(), &mut length);
        println!("{}", digest[..length as usize].iter().map(|byte| format!("{byte:02x}")).collect::<String>());
        println!("tls context {}", !openssl_sys::SSL_CTX_new(openssl_sys::TLS_method()).is_null());
    }
}
