using Ferry.Lab;
using Ferry.Remote.Agent;

namespace Ferry.Tests.Agent;

/// <summary>The agent and its counterpart, compiled once for this PC (static musl) by the lab's toolchain.</summary>
internal static class AgentLab
{
    public const string Target = "x86_64-unknown-linux-musl";

    private static readonly Lazy<ProgramFile> CompiledCounterpart = new(CompileCounterpart);

    public static string Rustc { get; } = Path.Combine(Repository.Cache, "toolchain", "bin", "rustc");

    public static string Agent(string target = Target) => AgentBuild.Make(Rustc, target, null, Scratch);

    public static ProgramFile Counterpart => CompiledCounterpart.Value;

    /// <summary>Beside the tests' own build output: what is compiled here is no more precious.</summary>
    public static string Scratch { get; } = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "agent-lab")).FullName;

    private static ProgramFile CompileCounterpart()
    {
        var made = Path.Combine(Scratch, "counterpart");
        var source = Repository.PathOf("tests", "Ferry.Tests", "Agent", "counterpart.rs");
        Run.Process(Rustc, ["--edition", "2021", "--target", Target, "-C", "strip=symbols", "-C", "linker=rust-lld", "-o", made, source]).ShouldExitWith(0);
        return ProgramFile.Read(made);
    }
}
