using Ferry.Processes;
using Ferry.Toolchain;

namespace Ferry.Remote.Agent;

/// <summary>Compiles the agent for a target with the user's own rustc, once: <c>CACHE/agents/BUILD/agent</c>.</summary>
internal static class AgentBuild
{
    /// <summary>The oldest Rust that device/agent keeps to.</summary>
    public const string OldestRust = "1.70";

    /// <summary>The agent for a target when it was compiled before; else null. Starts no process.</summary>
    public static string? Find(string target, string cache) => PathOf(target, cache) is var agent && File.Exists(agent) ? agent : null;

    /// <summary>
    /// The path of the compiled agent. A <paramref name="linker"/> of null is for musl targets, which bring all that rust-lld needs.
    /// Throws <see cref="FerryException"/> with rustc's words when it does not compile.
    /// </summary>
    public static string Make(string rustc, string target, string? linker, string cache)
    {
        var agent = PathOf(target, cache);
        var folder = Path.GetDirectoryName(agent)!;
        if (!ElfOnDisk.IsWhole(agent))
        {
            Directory.CreateDirectory(folder);
            Compile(rustc, target, linker, folder, agent);
        }

        return agent;
    }

    private static string PathOf(string target, string cache) => Path.Combine(cache, "agents", AgentSource.Build(target), "agent");

    private static void Compile(string rustc, string target, string? linker, string folder, string agent)
    {
        // Two Ferrys may compile at once: each in a folder of its own, and the last rename wins with the same agent.
        var scratch = Path.Combine(folder, $"{Environment.ProcessId}-{Environment.CurrentManagedThreadId}.tmp");
        Directory.CreateDirectory(scratch);
        try
        {
            var source = Path.Combine(scratch, AgentSource.Root);
            var made = Path.Combine(scratch, "agent");
            foreach (var (name, text) in AgentSource.Files)
            {
                File.WriteAllText(Path.Combine(scratch, name), text);
            }

            // No LTO: it takes 6 s instead of 1 and saves a fifth.
            string[] line =
            [
                "--edition", "2021", "--crate-name", "agent", "--crate-type", "bin", "--target", target, "-C", "opt-level=2", "-C", "panic=abort",
                "-C", "strip=symbols", "-C", "linker=" + (linker ?? "rust-lld"), "-o", made, source,
            ];
            // RUSTFLAGS is cargo's; but a wrapper or a toolchain override of the user's is theirs to keep.
            var result = Tool.Run(rustc, line, scratch, new Dictionary<string, string?> { ["FERRY_AGENT_BUILD"] = AgentSource.Build(target) });
            if (!result.Succeeded)
            {
                throw new FerryException($"cannot compile Ferry's agent for {target}", result.Errors.Trim(), $"rustc {OldestRust} or later and std for the target are needed: rustup target add {target}");
            }

            File.Move(made, agent, overwrite: true);
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }
}
