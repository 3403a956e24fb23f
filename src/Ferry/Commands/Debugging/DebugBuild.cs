using System.Text.Json;
using Ferry.Elf;
using Ferry.Linking;
using Ferry.Processes;

namespace Ferry.Commands.Debugging;

/// <summary>What cargo has built to be debugged: one program.</summary>
/// <param name="File">The program.</param>
/// <param name="Package">Its package's folder.</param>
/// <param name="Function">Where to stop first: the path of its main, or of the test.</param>
/// <param name="Built">What else cargo said.</param>
internal sealed record DebugBuild(string File, string Package, string Function, BuildMessages Built)
{
    /// <summary>Lets cargo build; null when it could not, with its exit code.</summary>
    public static DebugBuild? Make(CargoPlan plan, string? test, IReadOnlyDictionary<string, string?> variables, out int code)
    {
        using var cargo = SessionProcess.Start(new ChildLine(plan.Rust.Cargo, [.. plan.BuildWords(), "--message-format=json-render-diagnostics"])
        {
            Input = ChildStream.Inherit,
            Output = ChildStream.Pipe,
            OwnSession = false,
            Variables = variables,
        });
        var messages = new StreamReader(cargo.Output).ReadToEnd();
        code = cargo.Wait().Code;
        return code != 0 ? null : test is null ? Program(messages) : Test(messages, test);
    }

    private static DebugBuild Program(string messages)
    {
        var programs = Artifacts(messages).Where(artifact => !artifact.IsTest).ToList();
        return programs switch
        {
            [var only] => new(only.File, only.Package, only.Crate + "::main", BuildMessages.Read(messages)),
            [] => throw new FerryException("cargo has built no program to debug", help: "name one: --bin NAME or --example NAME", exit: ExitCode.WrongUsage),
            _ => throw new FerryException("cargo has built several programs", string.Join(", ", programs.Select(program => program.Name)), $"name one: --bin {programs[0].Name}", ExitCode.WrongUsage),
        };
    }

    /// <summary>The tests of a program have their functions' names, which its symbols tell: nothing is run to find one.</summary>
    private static DebugBuild Test(string messages, string test)
    {
        var found = Artifacts(messages).Where(artifact => artifact.IsTest)
            .SelectMany(artifact => FunctionsOf(artifact).Where(function => function == $"{artifact.Crate}::{test}" || function.EndsWith("::" + test, StringComparison.Ordinal)).Select(function => (artifact, function)))
            .ToList();
        var exact = found.Where(one => one.function == $"{one.artifact.Crate}::{test}").ToList();
        return (exact.Count > 0 ? exact : found) switch
        {
            [var (artifact, function)] => new(artifact.File, artifact.Package, function, BuildMessages.Read(messages)),
            [] => throw new FerryException($"no test is called '{test}'", help: "see their names: ferry test -- --list", exit: ExitCode.WrongUsage),
            var several => throw new FerryException($"several tests are called '{test}'", string.Join(", ", several.Select(one => NameOf(one.function))), $"name one: --test {NameOf(several[0].function)}", ExitCode.WrongUsage),
        };
    }

    /// <summary>A test's name as the test harness has it: without the crate.</summary>
    public static string NameOf(string function) => function[(function.IndexOf("::", StringComparison.Ordinal) + 2)..];

    private static IEnumerable<string> FunctionsOf(Artifact artifact) =>
        ElfFile.Read(System.IO.File.ReadAllBytes(artifact.File)).Symbols.Where(symbol => symbol.IsDefined).Select(symbol => RustSymbol.Readable(symbol.Name))
            .Where(name => name.StartsWith(artifact.Crate + "::", StringComparison.Ordinal)).Distinct();

    private static List<Artifact> Artifacts(string messages)
    {
        var artifacts = new List<Artifact>();
        foreach (var line in messages.Split('\n').Where(line => line.StartsWith('{')))
        {
            using var message = JsonDocument.Parse(line);
            var artifact = message.RootElement;
            if (artifact.TryGetProperty("executable", out var executable) && executable.GetString() is { } file)
            {
                var name = artifact.GetProperty("target").GetProperty("name").GetString()!;
                artifacts.Add(new(file, Path.GetDirectoryName(artifact.GetProperty("manifest_path").GetString())!, name, artifact.GetProperty("profile").GetProperty("test").GetBoolean()));
            }
        }

        return artifacts;
    }

    private sealed record Artifact(string File, string Package, string Name, bool IsTest)
    {
        /// <summary>As rustc calls it.</summary>
        public string Crate => Name.Replace('-', '_');
    }
}
