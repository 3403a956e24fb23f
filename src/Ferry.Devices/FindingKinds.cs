namespace Ferry.Devices;

/// <summary>All kinds of findings, in the order of docs/reference/findings.md.</summary>
public static class FindingKinds
{
    private const string Build = "build it for the device: `ferry build --on DEVICE`";

    // The file itself.
    internal static readonly FindingKind Truncated = Error("truncated", "The file ends before what its headers promise.", "copy or build it again; compare its size with the original's");
    internal static readonly FindingKind NotAProgram = Error("not-a-program", "It is an object, a core file, an archive, a shared library or no ELF file.", "name the program itself");
    internal static readonly FindingKind ScriptLineEnds = Error("script-line-ends", "It is a script whose first line ends with a carriage return (Windows' line ends): the kernel looks for an interpreter of that name.", "`sed -i 's/\\r$//' FILE`; `git config core.autocrlf input`");
    internal static readonly FindingKind NoStart = Error("no-start", "Nothing calls `main`: the program was linked without the C library's start-up code (a bare `ld` as cargo's linker), or its entry point is in no code. It dies, or ends and prints nothing.", "leave the linker to Ferry: `ferry build --on DEVICE`, or take the `linker = \"…-ld\"` out of .cargo/config.toml");
    internal static readonly FindingKind WriteExecute = Note("write-execute", "A segment is writable and executable: kernels with SELinux and services with `MemoryDenyWriteExecute` refuse it.", "link without `-z execstack`, `-N` and `--omagic`");
    internal static readonly FindingKind NotExecutable = Note("not-executable", "The file is not marked as executable. Ferry marks what it sends; a copy by scp stays as it is.", "`chmod +x FILE`");

    // Processor and kernel.
    internal static readonly FindingKind Machine = Error("machine", "It is for another kind of processor.", Build);
    internal static readonly FindingKind Width = Error("width", "It is for the same kind of processor, but of another width, which device or kernel do not run.", Build);
    internal static readonly FindingKind WideUserland = Error("wide-userland", "It is a 64-bit program that needs 64-bit libraries; the kernel is a 64-bit one, the userland has 32 bits.", Build + ", or as a static program: `ferry build --on DEVICE --static`");
    internal static readonly FindingKind NarrowProgram = Error("narrow-program", "It is a 32-bit program for a 64-bit device, whose kernel or libraries do not run it.", Build);
    internal static readonly FindingKind ByteOrder = Error("byte-order", "It is for the same processor in the other byte order.", Build);
    internal static readonly FindingKind FloatAbi = Error("float-abi", "It passes floating-point numbers in other registers than the device's libraries (hard float, soft float).", Build);
    internal static readonly FindingKind FloatUnit = Error("float-unit", "It is a hard-float program, and the processor has no floating-point unit.", Build);
    internal static readonly FindingKind Processor = Error("processor", "Its build attributes ask for a later ARM architecture than the processor's.", Build);
    internal static readonly FindingKind Instruction = Error("instruction", "Its code holds instructions that the processor does not have, and nothing asks the processor before they are run.", "leave `-C target-cpu` and `-C target-feature` out of RUSTFLAGS and .cargo/config.toml, or name the device's processor there; C code: `-march`. Code that is chosen at run time: `allow-newer-code`, see [ARMv6](../guide/armv6.md)");
    internal static readonly FindingKind OptionalInstruction = Note("optional-instruction", "Its code holds instructions that the processor does not have, in functions that are called after a look at the processor, as far as can be seen.", "nothing, unless it dies of SIGILL (exit code 132)");
    internal static readonly FindingKind PageSize = Error("page-size", "Its segments are aligned for smaller memory pages than the kernel's (16 KiB on a Raspberry Pi 5).", "link it with `-z max-page-size=65536`, which Ferry does on AArch64");
    internal static readonly FindingKind SharedPage = Warning("shared-page", "Two of its segments, of which one is code and the other is written to, lie in the same page of the device's kernel.", "link it with `-z max-page-size=65536`");
    internal static readonly FindingKind AllocatorPages = Error("allocator-pages", "It holds jemalloc, built for smaller memory pages than the kernel's: it stops at the first allocation (\"Unsupported system page size\").", "`JEMALLOC_SYS_WITH_LG_PAGE=16 ferry build --on DEVICE`");
    internal static readonly FindingKind Kernel = Warning("kernel", "It is marked for a later Linux than the device's.", "update the device's kernel, or build with an older C library: `--glibc VERSION`");

    // The device's libraries.
    internal static readonly FindingKind Loader = Error("loader", "The loader that it names is not on the device: a glibc program on musl or uClibc, on a router without loader, in a scratch image.", Build + "; where only static programs run: `ferry build --on DEVICE --static`");
    internal static readonly FindingKind NotStatic = Error("not-static", "It was built for a static target, and needs a loader or libraries all the same.", "leave `-C target-feature=-crt-static` out of RUSTFLAGS and of .cargo/config.toml");
    internal static readonly FindingKind Library = Error("library", "A library that it needs is not on the device.", "install its package on the device, then `ferry device add …`");
    internal static readonly FindingKind SymbolVersion = Error("symbol-version", "It needs a newer version of a library than the device's.", "link against the device's own libraries: `ferry build --on DEVICE`, or for an older glibc: `--glibc VERSION`");
    internal static readonly FindingKind Time64 = Note("time64", "It passes times of 32 bits, and a library of the device that it needs passes times of 64 bits, as the whole system does (Debian 13 and later on armhf).", "look whether times cross between them; build it against the device's headers");

    // The place where it is to run.
    internal static readonly FindingKind NoExec = Error("noexec", "The folder where programs are kept is on a file system that is mounted noexec.", "on the device: `mount -o remount,exec FOLDER`, or give it another of the folders that Ferry tries; then `ferry device add …`");
    internal static readonly FindingKind NoSpace = Warning("no-space", "The program is larger than what was free in the folder when Ferry last looked. When it is sent, the agent looks again, and refuses it before the first byte.", "make room (`ferry clean`), or name another folder");

    /// <summary>Every row.</summary>
    public static IReadOnlyList<FindingKind> All { get; } =
    [
        Truncated, NotAProgram, ScriptLineEnds, NoStart, WriteExecute, NotExecutable,
        Machine, Width, WideUserland, NarrowProgram, ByteOrder, FloatAbi, FloatUnit, Processor, Instruction, OptionalInstruction, PageSize, SharedPage, AllocatorPages, Kernel,
        Loader, NotStatic, Library, SymbolVersion, Time64, NoExec, NoSpace,
    ];

    private static FindingKind Error(string id, string what, string remedy) => new(id, Severity.Error, what, remedy);

    private static FindingKind Warning(string id, string what, string remedy) => new(id, Severity.Warning, what, remedy);

    private static FindingKind Note(string id, string what, string remedy) => new(id, Severity.Note, what, remedy);
}
