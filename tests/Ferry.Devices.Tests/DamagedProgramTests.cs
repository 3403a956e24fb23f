using Ferry.Elf;
using Ferry.Lab;

namespace Ferry.Devices.Tests;

/// <summary>A program that is broken anywhere: the check says something of it, or that it is broken.</summary>
public class DamagedProgramTests
{
    private const int Seed = 25;
    private const int Rounds = 1500;

    [Theory]
    [InlineData("arm64", "usr/bin/true", "board-pi4")]
    [InlineData("armhf", "usr/bin/true", "board-pi3-32")]
    [InlineData("amd64", "usr/bin/true", "board-pi4")]
    public void Its_check_ends_in_findings_or_in_the_readers_own_error(string system, string path, string report)
    {
        var file = Path.Combine(Repository.Cache, "systems", system, path);
        Assert.SkipUnless(File.Exists(file), $"no {file}; ./test makes it");
        var whole = File.ReadAllBytes(file);
        var profile = Cases.Profile(report);
        var device = new DeviceFacts { Name = "pi", Profile = profile with { Aux = profile.Aux with { PageSize = 16384 } } };
        for (var round = 0; round < Rounds; round++)
        {
            var random = new Random(Seed + round);
            var bytes = (byte[])whole.Clone();
            for (var i = random.Next(1, 6); i > 0; i--)
            {
                // Headers at the start, section headers at the end.
                var at = random.Next(3) switch { 0 => random.Next(64), 1 => random.Next(Math.Min(2048, bytes.Length)), _ => bytes.Length - 1 - random.Next(Math.Min(4096, bytes.Length)) };
                bytes[at] = random.Next(2) == 0 ? (byte)random.Next(256) : (byte)(random.Next(2) * 0xff);
            }

            try
            {
                var program = ElfFile.Read(random.Next(10) == 0 ? bytes.AsMemory(0, random.Next(bytes.Length)) : bytes);
                ProgramCheck.Of(program, "app", device).ShouldAllBe(finding => finding.Message.Length > 0);
            }
            catch (ElfFormatException)
            {
                continue; // as promised
            }
            catch (Exception e) when (e is not ShouldAssertException)
            {
                throw new InvalidOperationException($"seed {Seed + round}: {e.GetType().Name}", e);
            }
        }
    }
}
