namespace Ferry.Toolchain.Compilers;

/// <summary>What decides about a compiler's options.</summary>
internal enum CompilerKind
{
    Clang,
    Zig,
    Gcc,
}
