using System.Text;
using System.Text.Json;
using Ferry.Debugging;
using Ferry.Elf;
using Ferry.Processes;

namespace Ferry.Commands.Debugging;

/// <summary>What cargo has built to be debugged: one program.</summary>
/// <param name="File">The program.</param>
/// <param name="Package">Its package's folder.</param>
/// <param name="Function">Where to stop first: the path of its main, or of the test.</param>
/// <param name="IsTest">Whether it is one of the tests of a test program.</param>
/// <param name="Built">What else cargo said.</param>
internal sealed record DebugBuild(string File, string Package, string Function, bool IsTest, BuildMessages Built)
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
        return code != 0 ? null : test is null ? Program(messages, plan) : TestPlace.Parse(test) is { } place ? TestAt(messages, place) : Test(messages, test);
    }

    private static DebugBuild Program(string messages, CargoPlan plan)
    {
        var programs = Artifacts(messages).Where(artifact => !artifact.IsTest).ToList();
        if (programs.Count > 1 && DefaultRun(plan) is { } usual && programs.Where(program => program.Name == usual).ToList() is [var chosen])
        {
            programs = [chosen];
        }

        return programs switch
        {
            [var only] => new(only.File, only.Package, only.Crate + "::main", IsTest: false, BuildMessages.Read(messages)),
            [] => throw new FerryException("cargo has built no program to debug", help: "name one: --bin NAME or --example NAME", exit: ExitCode.WrongUsage),
            _ => throw new FerryException("cargo has built several programs", string.Join(", ", programs.Select(program => program.Name)), $"name one: --bin {programs[0].Name}", ExitCode.WrongUsage),
        };
    }

    /// <summary>What Cargo.toml's <c>default-run</c> names for <c>cargo run</c>, when there is one package that says so.</summary>
    private static string? DefaultRun(CargoPlan plan)
    {
        var answer = Tool.Run(plan.Rust.Cargo, [.. plan.Rust.Prefix, "metadata", "--no-deps", "--format-version", "1", .. CargoMetadata.Options(plan.Line)]);
        if (!answer.Succeeded)
        {
            return null;
        }

        using var metadata = JsonDocument.Parse(answer.Output);
        var named = metadata.RootElement.GetProperty("packages").EnumerateArray().Select(package => package.TryGetProperty("default_run", out var name) ? name.GetString() : null).OfType<string>().ToList();
        return named is [var only] ? only : null;
    }

    /// <summary>The tests of a program have their functions' names, which its symbols tell: nothing is run to find one.</summary>
    private static DebugBuild Test(string messages, string test)
    {
        var found = Artifacts(messages).Where(artifact => artifact.IsTest)
            .SelectMany(artifact => FunctionsOf(artifact, test).Where(function => function == $"{artifact.Crate}::{test}" || function.EndsWith("::" + test, StringComparison.Ordinal)).Select(function => (artifact, function)))
            .ToList();
        var exact = found.Where(one => one.function == $"{one.artifact.Crate}::{test}").ToList();
        return (exact.Count > 0 ? exact : found) switch
        {
            [var (artifact, function)] => new(artifact.File, artifact.Package, function, IsTest: true, BuildMessages.Read(messages)),
            [] => throw new FerryException($"no test is called '{test}'", help: "see their names: ferry test -- --list", exit: ExitCode.WrongUsage),
            var several => throw new FerryException($"several tests are called '{test}'", string.Join(", ", several.Select(one => NameOf(one.function))), $"name one: --test {NameOf(several[0].function)}", ExitCode.WrongUsage),
        };
    }

    private static DebugBuild TestAt(string messages, TestPlace place)
    {
        var found = Artifacts(messages).Where(artifact => artifact.IsTest).SelectMany(artifact => place.TestsIn(artifact.File, artifact.Crate).Select(function => (artifact, function))).ToList();
        return found.FirstOrDefault() is ({ } of, { } test) ? new(of.File, of.Package, test, IsTest: true, BuildMessages.Read(messages)) : throw place.NotFound();
    }

    /// <summary>As people call it: a test program's file has a hash in its name.</summary>
    public string Title => IsTest ? NameOf(Function) : Path.GetFileName(File);

    /// <summary>What a test program must be told to run this test alone, with its output in view; nothing for other programs.</summary>
    public IReadOnlyList<byte[]> Arguments =>
        IsTest ? [.. new[] { "--exact", NameOf(Function), "--nocapture", "--test-threads=1" }.Select(Encoding.UTF8.GetBytes)] : [];

    /// <summary>Sets what cargo would set for the program, for whoever in this process asks.</summary>
    public void BeAsCargo()
    {
        foreach (var (name, value) in ((string, string)[])[("CARGO_MANIFEST_DIR", Package), ("CARGO_MANIFEST_PATH", Path.Combine(Package, "Cargo.toml"))])
        {
            Environment.SetEnvironmentVariable(name, value);
            NativeEnvironment.Set(name, value);
        }
    }

    /// <summary>A test's name as the test harness has it: without the crate.</summary>
    private static string NameOf(string function) => function[(function.IndexOf("::", StringComparison.Ordinal) + 2)..];

    private static IEnumerable<string> FunctionsOf(Artifact artifact, string test) =>
        DebugTarget.Functions(ElfFile.Read(System.IO.File.ReadAllBytes(artifact.File)), test[(test.LastIndexOf(':') + 1)..])
            .Select(found => found.Path).Where(path => path.StartsWith(artifact.Crate + "::", StringComparison.Ordinal)).Distinct();

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
