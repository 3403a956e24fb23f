//! What a C toolchain would add to a Rust program for Linux, so that none is needed: the parts of crt1.o, crti.o,
//! crtn.o, crtbegin.o and libc_nonshared.a that are still of use. Ferry compiles this file with the user's own rustc,
//! once for each part (`--cfg PART`), into small objects that it adds to the line of lld:
//!
//! | part             | what it is                             | linked into                                    |
//! |------------------|----------------------------------------|------------------------------------------------|
//! | `program`        | `_start` (crt1.o)                      | programs, first                                |
//! | `shared`         | what runs at dlclose (crtbeginS.o)     | shared objects, first                          |
//! | `nonshared`      | libc_nonshared.a                       | both, behind the libraries, where undefined    |
//! | `nonshared_stat` | libc_nonshared.a of glibc before 2.33  | both, behind the libraries, where undefined    |
//! | `builtins`       | a part of libgcc.a                     | everything, behind the libraries, where undefined |
//! | `static_program` | `_init`, `_fini` (crti.o)              | `+crt-static` programs                         |
//! | `static_fixed`   | static-reloc.o                         | those of them that have a fixed address        |
//!
//! Rust 1.70 and newer; glibc 2.17 and newer, and musl, whose `__libc_start_main` takes the same first arguments.

#![no_std]
#![allow(unknown_lints, unexpected_cfgs)]

/// The processor enters here, with the stack as the psABI ("Process Initialization") has it: argc, argv…, NULL,
/// envp…, NULL, auxv. In a register comes what the loader wants to be called at exit (`rtld_fini`); the frame
/// pointer is cleared, since the unwinder stops there. As glibc's sysdeps/*/start.S.
///
/// `__libc_start_main(main, argc, argv, init, fini, rtld_fini, stack_end)` never returns. Everything before it is relative
/// to the program counter: a static program that relocates itself has not done so yet, and its GOT is of no use.
///
/// `init`: glibc from 2.34 on runs the constructors of `.init_array` itself if it is NULL, and before that only
/// through it. Given, it is called *instead* in every version (csu/libc-start.c: `if (init != NULL) init (…); else
/// call_init (…);`), so that they run once. `fini` was empty in dynamic programs: `.fini_array` is the loader's work.
#[cfg(program)]
mod program {
    use core::arch::global_asm;
    use core::ffi::{c_char, c_int};

    #[cfg(target_arch = "x86_64")]
    global_asm!(
        ".globl _start",
        ".type _start, @function",
        "_start:",
        ".cfi_startproc",
        ".cfi_undefined rip", // the outermost frame
        "endbr64",
        "xor ebp, ebp",
        "mov r9, rdx", // rtld_fini
        "pop rsi",     // argc
        "mov rdx, rsp", // argv
        "and rsp, -16",
        "push rax", // keeps the alignment
        "push rsp", // stack_end
        "xor r8d, r8d", // fini
        "lea rcx, [rip + {init}]",
        "lea rdi, [rip + main]",
        "call __libc_start_main@PLT",
        "hlt",
        ".cfi_endproc",
        ".size _start, . - _start",
        init = sym init,
    );

    #[cfg(target_arch = "aarch64")]
    global_asm!(
        ".globl _start",
        ".type _start, %function",
        "_start:",
        ".cfi_startproc",
        ".cfi_undefined x30", // the outermost frame
        "hint #34",           // bti c
        "mov x29, #0",
        "mov x30, #0",
        "mov x5, x0",      // rtld_fini
        "ldr x1, [sp]",    // argc
        "add x2, sp, #8",  // argv
        "mov x6, sp",      // stack_end
        "mov x4, #0",      // fini
        "adrp x3, {init}",
        "add x3, x3, :lo12:{init}",
        "adrp x0, main",
        "add x0, x0, :lo12:main",
        "bl __libc_start_main",
        "brk #1000",
        ".cfi_endproc",
        ".size _start, . - _start",
        init = sym init,
    );

    // Four arguments go in registers, the rest on the stack, which stays aligned to 8.
    #[cfg(target_arch = "arm")]
    global_asm!(
        ".globl _start",
        ".type _start, %function",
        ".p2align 2",
        ".arm",
        "_start:",
        ".fnstart",
        "mov r11, #0",
        "mov lr, #0",
        "pop {{r1}}",   // argc
        "mov r2, sp",   // argv
        "push {{r2}}",  // stack_end
        "push {{r0}}",  // rtld_fini
        "mov r12, #0",
        "push {{r12}}", // fini
        "ldr r3, 3f",
        "1: add r3, pc, r3", // pc reads as the address of this instruction and 8
        "ldr r0, 4f",
        "2: add r0, pc, r0",
        "bl __libc_start_main",
        "udf #0",
        "3: .long {init} - (1b + 8)",
        "4: .long main - (2b + 8)",
        ".cantunwind", // the outermost frame
        ".fnend",
        ".size _start, . - _start",
        init = sym init,
    );

    // All arguments go on the stack. The GOT's address is in ebx, where calls through the PLT want it.
    #[cfg(target_arch = "x86")]
    global_asm!(
        ".globl _start",
        ".type _start, @function",
        "_start:",
        ".cfi_startproc",
        ".cfi_undefined eip", // the outermost frame
        "xorl %ebp, %ebp",
        "popl %esi",        // argc
        "movl %esp, %ecx",  // argv
        "andl $-16, %esp",
        "pushl %eax", // keeps the alignment
        "pushl %esp", // stack_end
        "pushl %edx", // rtld_fini
        "calll 1f",
        "1: popl %ebx",
        "addl $_GLOBAL_OFFSET_TABLE_+(.-1b), %ebx",
        "pushl $0", // fini
        "leal {init}@GOTOFF(%ebx), %eax",
        "pushl %eax",
        "pushl %ecx",
        "pushl %esi",
        "leal main@GOTOFF(%ebx), %eax",
        "pushl %eax",
        "calll __libc_start_main@PLT",
        "hlt",
        ".cfi_endproc",
        ".size _start, . - _start",
        init = sym init,
        options(att_syntax),
    );

    // glibc's csu/init.c: a program without it is taken for one of before 2.1, whose streams were smaller (libio/oldstdfiles.c).
    #[cfg(target_arch = "x86")]
    #[no_mangle]
    #[used]
    static _IO_stdin_used: u32 = 0x20001;

    // gp is where the linker has put it: code that it made shorter finds its data from there.
    #[cfg(target_arch = "riscv64")]
    global_asm!(
        ".globl _start",
        ".type _start, @function",
        "_start:",
        ".cfi_startproc",
        ".cfi_undefined ra", // the outermost frame
        ".option push",
        ".option norelax",
        "lla gp, __global_pointer$",
        ".option pop",
        "mv a5, a0",       // rtld_fini
        "ld a1, 0(sp)",    // argc
        "addi a2, sp, 8",  // argv
        "andi sp, sp, -16",
        "mv a6, sp",       // stack_end
        "li a4, 0",        // fini
        "lla a3, {init}",
        "lla a0, main",
        "call __libc_start_main",
        "ebreak",
        ".cfi_endproc",
        ".size _start, . - _start",
        init = sym init,
    );

    type Constructor = extern "C" fn(c_int, *const *const c_char, *const *const c_char);

    extern "C" {
        // The linker's own symbols: where the table begins, and where it ends.
        static __init_array_start: [Constructor; 0];
        static __init_array_end: [Constructor; 0];
    }

    // As __libc_csu_init of glibc's csu/elf-init.c. Rust's std::env::args hangs on these arguments. The loader has
    // run .preinit_array, and nothing of ours has an .init section.
    extern "C" fn init(argc: c_int, argv: *const *const c_char, envp: *const *const c_char) {
        unsafe {
            let mut next = __init_array_start.as_ptr();
            let end = __init_array_end.as_ptr();
            while next != end {
                (*next)(argc, argv, envp);
                next = next.add(1);
            }
        }
    }

    /// glibc's csu/abi-note.c: 0 is Linux, then the oldest kernel. Without it lldb takes the program for one without
    /// an operating system, and its breakpoints miss.
    #[repr(C)]
    struct AbiTag {
        name_size: u32,
        descriptor_size: u32,
        kind: u32,
        name: [u8; 4],
        descriptor: [u32; 4],
    }

    #[used]
    #[link_section = ".note.ABI-tag"]
    static ABI_TAG: AbiTag =
        AbiTag { name_size: 4, descriptor_size: 16, kind: 1, name: *b"GNU\0", descriptor: [0, 3, 2, 0] };
}

/// gcc's crtstuff.c: when a library is unloaded, the handlers that its code has registered (`atexit`, destructors of
/// thread-locals) run, and are forgotten; else exit() would call code that is no longer there. The linker defines
/// `__dso_handle`, whose address is the library's name towards libc. First in `.fini_array` is called last.
#[cfg(shared)]
mod shared {
    use core::ffi::c_void;

    extern "C" {
        static __dso_handle: [u8; 0];
        fn __cxa_finalize(library: *const c_void);
    }

    extern "C" fn finalize() {
        unsafe { __cxa_finalize(__dso_handle.as_ptr().cast()) }
    }

    #[used]
    #[link_section = ".fini_array"]
    static FINALIZE: extern "C" fn() = finalize;
}

/// What glibc has only in libc_nonshared.a, since the code must know which program or library it is part of. Hidden:
/// it is nobody else's. glibc: stdlib/atexit.c, stdlib/at_quick_exit.c, nptl/pthread_atfork.c,
/// debug/stack_chk_fail_local.c.
#[cfg(nonshared)]
mod nonshared {
    use core::arch::global_asm;
    use core::ffi::{c_int, c_void};

    extern "C" {
        static __dso_handle: [u8; 0];
        fn __cxa_atexit(handler: *const c_void, argument: *const c_void, library: *const c_void) -> c_int;
        fn __cxa_at_quick_exit(handler: *const c_void, library: *const c_void) -> c_int;
        fn __register_atfork(
            prepare: *const c_void,
            parent: *const c_void,
            child: *const c_void,
            library: *const c_void,
        ) -> c_int;
        fn __stack_chk_fail() -> !;
    }

    global_asm!(".hidden atexit", ".hidden at_quick_exit", ".hidden pthread_atfork", ".hidden __stack_chk_fail_local");

    #[no_mangle]
    extern "C" fn atexit(handler: *const c_void) -> c_int {
        unsafe { __cxa_atexit(handler, core::ptr::null(), __dso_handle.as_ptr().cast()) }
    }

    #[no_mangle]
    extern "C" fn at_quick_exit(handler: *const c_void) -> c_int {
        unsafe { __cxa_at_quick_exit(handler, __dso_handle.as_ptr().cast()) }
    }

    #[no_mangle]
    extern "C" fn pthread_atfork(prepare: *const c_void, parent: *const c_void, child: *const c_void) -> c_int {
        unsafe { __register_atfork(prepare, parent, child, __dso_handle.as_ptr().cast()) }
    }

    #[no_mangle]
    extern "C" fn __stack_chk_fail_local() -> ! {
        unsafe { __stack_chk_fail() }
    }

    // "Run-time ABI for the Arm Architecture", 5.3.5: the thread pointer in r0, no other register changed. glibc's
    // sysdeps/arm/aeabi_read_tp.S. Every processor with hardware floating point that runs Linux has the register
    // (TPIDRURO, ARMv6K); the kernel's own helper at 0xffff0fe0 serves the others (Rust's targets for ARMv5 are those of ARM
    // without 64-bit atomics), and may be configured away elsewhere.
    #[cfg(all(target_arch = "arm", target_has_atomic = "64"))]
    macro_rules! read_tp {
        () => {
            "mrc p15, 0, r0, c13, c0, 3\nbx lr"
        };
    }
    #[cfg(all(target_arch = "arm", not(target_has_atomic = "64")))]
    macro_rules! read_tp {
        () => {
            "mvn r0, #0xf000\nsub pc, r0, #31"
        };
    }
    #[cfg(target_arch = "arm")]
    global_asm!(
        ".globl __aeabi_read_tp",
        ".hidden __aeabi_read_tp",
        ".type __aeabi_read_tp, %function",
        ".p2align 2",
        ".arm",
        "__aeabi_read_tp:",
        ".fnstart",
        read_tp!(),
        ".cantunwind",
        ".fnend",
        ".size __aeabi_read_tp, . - __aeabi_read_tp",
    );
}

/// Before 2.33 glibc's `stat` and its kin were functions of libc_nonshared.a that told libc.so.6 which layout of the
/// struct they were compiled for. Newer ones have them in libc.so.6, which then comes first on the line.
/// glibc 2.32: io/stat.c …, and bits/stat.h of each architecture for `_STAT_VER` and `_MKNOD_VER`.
#[cfg(nonshared_stat)]
mod nonshared_stat {
    use core::arch::global_asm;
    use core::ffi::{c_char, c_int, c_void};

    #[cfg(target_arch = "x86_64")]
    const STAT: c_int = 1;
    #[cfg(any(target_arch = "aarch64", target_arch = "riscv64"))]
    const STAT: c_int = 0;
    #[cfg(any(target_arch = "arm", target_arch = "x86"))]
    const STAT: c_int = 3;

    #[cfg(not(any(target_arch = "arm", target_arch = "x86")))]
    const MKNOD: c_int = 0;
    #[cfg(any(target_arch = "arm", target_arch = "x86"))]
    const MKNOD: c_int = 1;

    macro_rules! forward {
        ($($name:ident to $versioned:ident ($version:expr $(, $argument:ident: $type:ty)*);)*) => {
            extern "C" { $(fn $versioned(version: c_int $(, $argument: $type)*) -> c_int;)* }
            $(
                global_asm!(concat!(".hidden ", stringify!($name)));

                #[no_mangle]
                extern "C" fn $name($($argument: $type),*) -> c_int {
                    unsafe { $versioned($version $(, $argument)*) }
                }
            )*
        };
    }

    forward! {
        stat to __xstat(STAT, path: *const c_char, into: *mut c_void);
        stat64 to __xstat64(STAT, path: *const c_char, into: *mut c_void);
        lstat to __lxstat(STAT, path: *const c_char, into: *mut c_void);
        lstat64 to __lxstat64(STAT, path: *const c_char, into: *mut c_void);
        fstat to __fxstat(STAT, file: c_int, into: *mut c_void);
        fstat64 to __fxstat64(STAT, file: c_int, into: *mut c_void);
        fstatat to __fxstatat(STAT, folder: c_int, path: *const c_char, into: *mut c_void, flags: c_int);
        fstatat64 to __fxstatat64(STAT, folder: c_int, path: *const c_char, into: *mut c_void, flags: c_int);
    }

    // dev_t has 64 bits and goes by reference.
    extern "C" {
        fn __xmknod(version: c_int, path: *const c_char, mode: u32, device: *const u64) -> c_int;
        fn __xmknodat(version: c_int, folder: c_int, path: *const c_char, mode: u32, device: *const u64) -> c_int;
    }

    global_asm!(".hidden mknod", ".hidden mknodat");

    #[no_mangle]
    extern "C" fn mknod(path: *const c_char, mode: u32, device: u64) -> c_int {
        unsafe { __xmknod(MKNOD, path, mode, &device) }
    }

    #[no_mangle]
    extern "C" fn mknodat(folder: c_int, path: *const c_char, mode: u32, device: u64) -> c_int {
        unsafe { __xmknodat(MKNOD, folder, path, mode, &device) }
    }
}

/// libc.a calls these two of crti.o where it was built with them. Constructors are in `.init_array`, so that there is
/// nothing left for them to do.
#[cfg(static_program)]
mod static_program {
    core::arch::global_asm!(".hidden _init", ".hidden _fini");

    #[no_mangle]
    extern "C" fn _init() {}

    #[no_mangle]
    extern "C" fn _fini() {}
}

/// A static program with a fixed address has nothing to relocate; this keeps libc.a's own function out, which is for
/// those that do. glibc's csu/static-reloc.c.
#[cfg(static_fixed)]
mod static_fixed {
    core::arch::global_asm!(".hidden _dl_relocate_static_pie");

    #[no_mangle]
    extern "C" fn _dl_relocate_static_pie() {}
}

/// What C compilers call and take for granted, since it is in their libgcc, and Rust's compiler_builtins may lack: a program that has
/// written machine code (a regular expression's JIT, say) makes the processor see it. As gcc's lib1funcs.S and cacheflush of the kernel's
/// arch/arm/kernel/traps.c (__ARM_NR_cacheflush); for A64 the loop of the Arm ARM's "Synchronization and coherency issues".
#[cfg(builtins)]
mod builtins {
    use core::arch::global_asm;

    #[cfg(target_arch = "arm")]
    global_asm!(
        ".globl __clear_cache",
        ".hidden __clear_cache",
        ".type __clear_cache, %function",
        ".p2align 2",
        ".arm",
        "__clear_cache:",
        ".fnstart",
        "push {{r7}}",
        "mov r2, #0",
        "mov r7, #0xf0000",
        "add r7, r7, #2",
        "svc #0",
        "pop {{r7}}",
        "bx lr",
        ".cantunwind",
        ".fnend",
        ".size __clear_cache, . - __clear_cache",
    );

    // The smallest cache line of the data (ctr_el0 16..20) and of the instructions (0..4), as logarithms of words.
    #[cfg(target_arch = "aarch64")]
    global_asm!(
        ".globl __clear_cache",
        ".hidden __clear_cache",
        ".type __clear_cache, %function",
        ".p2align 2",
        "__clear_cache:",
        ".cfi_startproc",
        "mrs x2, ctr_el0",
        "ubfx x3, x2, #16, #4",
        "mov x4, #4",
        "lsl x3, x4, x3",
        "sub x5, x3, #1",
        "bic x5, x0, x5",
        "1: cmp x5, x1",
        "b.hs 2f",
        "dc cvau, x5",
        "add x5, x5, x3",
        "b 1b",
        "2: dsb ish",
        "and x3, x2, #15",
        "lsl x3, x4, x3",
        "sub x5, x3, #1",
        "bic x5, x0, x5",
        "3: cmp x5, x1",
        "b.hs 4f",
        "ic ivau, x5",
        "add x5, x5, x3",
        "b 3b",
        "4: dsb ish",
        "isb",
        "ret",
        ".cfi_endproc",
        ".size __clear_cache, . - __clear_cache",
    );

    // riscv_flush_icache(start, end, 0): for every core that the process may come to.
    #[cfg(target_arch = "riscv64")]
    global_asm!(
        ".globl __clear_cache",
        ".hidden __clear_cache",
        ".type __clear_cache, @function",
        "__clear_cache:",
        "li a2, 0",
        "li a7, 259",
        "ecall",
        "ret",
        ".size __clear_cache, . - __clear_cache",
    );

    // The others keep their caches coherent by themselves.
    #[cfg(not(any(target_arch = "arm", target_arch = "aarch64", target_arch = "riscv64")))]
    global_asm!(".globl __clear_cache", ".hidden __clear_cache", "__clear_cache:", "ret");
}
