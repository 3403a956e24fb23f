namespace Ferry.Settings;

/// <summary>
/// The crates, or files of libraries, whose code for newer processors may go into a program for ARMv6, since the program asks the processor before it runs
/// that code: <c>allow-newer-code</c> of Cargo.toml. On its way through cargo to the linker and the runner it is a variable.
/// </summary>
internal static class NewerCode
{
    public const string Variable = "FERRY_ALLOW_NEWER_CODE";

    public static IReadOnlyList<string> Allowed =>
        (Environment.GetEnvironmentVariable(Variable) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
