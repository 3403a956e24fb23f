using Ferry.Elf.Cores;
using Ferry.Elf.Debug;

namespace Ferry.Elf.Tests.Debug;

/// <summary>Whatever the debug sections and the tables for unwinding hold: an answer, or <see cref="ElfFormatException"/>, in time.</summary>
public sealed class DamagedDebugInfoTests
{
    private const int Seed = 20261122;
    private const int Rounds = 300;
    private static readonly string[] Sections = [".debug_info", ".debug_abbrev", ".debug_line", ".debug_ranges", ".debug_rnglists", ".debug_addr", ".debug_str_offsets", ".debug_line_str"];

    [Theory]
    [InlineData("aarch64-unknown-linux-musl")]
    [InlineData("x86_64-unknown-linux-musl", "-Zdwarf-version=5")]
    public void Damaged_debug_info_ends_in_the_readers_own_error_or_an_answer(string target, params string[] options)
    {
        var original = File.ReadAllBytes(RustProgram.Program(target, options));
        var file = ElfFile.Read(original);
        var code = file.Sections.Single(section => section.Name == ".text");
        for (var round = 0; round < Rounds; round++)
        {
            var random = new Random(Seed + round);
            var damaged = Damaged(original, file, Sections, random);
            Ask($"seed {Seed + round}", () =>
            {
                var debug = DebugInfo.Of(ElfFile.Read(damaged));
                for (var i = 0; i < 20; i++)
                {
                    _ = debug?.FramesAt(code.Address + (ulong)random.NextInt64((long)code.Size));
                }
            });
        }
    }

    [Theory]
    [InlineData("x86_64-unknown-linux-musl", ".eh_frame", 216)]
    [InlineData("aarch64-unknown-linux-musl", ".eh_frame", 272)]
    [InlineData("armv7-unknown-linux-musleabihf", ".ARM.exidx", 72)]
    [InlineData("armv7-unknown-linux-musleabihf", ".ARM.extab", 72)]
    public void A_walk_by_damaged_tables_ends(string target, string section, int registers)
    {
        var original = File.ReadAllBytes(RustProgram.Program(target));
        var file = ElfFile.Read(original);
        var code = file.Sections.Single(one => one.Name == ".text");
        for (var round = 0; round < Rounds; round++)
        {
            var random = new Random(Seed + round);
            var loaded = new LoadedFile(ElfFile.Read(Damaged(original, file, [section], random)), "damaged", []);
            var (values, stack) = (new byte[registers], new byte[4096]);
            random.NextBytes(stack);
            var word = registers == 72 ? 4 : 8;
            for (var at = 0; at < registers; at += word)
            {
                // Most of them lead into the code or the stack.
                var value = random.Next(2) == 0 ? code.Address + (ulong)random.NextInt64((long)code.Size) : 0x10000ul + (ulong)random.Next(4096);
                BitConverter.GetBytes(value).AsSpan(0, word).CopyTo(values.AsSpan(at));
            }

            Ask($"seed {Seed + round}", () => StackWalk.Of(RegisterSet.Read(values).ShouldNotBeNull(), new MemoryPieces([(0x10000, stack)]), _ => loaded).Count.ShouldBeInRange(1, 256));
        }
    }

    private static void Ask(string what, Action question)
    {
        try
        {
            question();
        }
        catch (ElfFormatException e)
        {
            e.Message.ShouldNotBeEmpty();
        }
        catch (Exception e) when (e is not ShouldAssertException)
        {
            throw new InvalidOperationException("not the reader's own error: " + what, e);
        }
    }

    private static byte[] Damaged(byte[] original, ElfFile file, string[] names, Random random)
    {
        var bytes = (byte[])original.Clone();
        var sections = file.Sections.Where(section => names.Contains(section.Name) && section.Size > 0).ToList();
        for (var left = random.Next(1, 12); left > 0; left--)
        {
            var section = sections[random.Next(sections.Count)];
            // The first bytes of a section decide the most.
            var within = random.Next(3) == 0 ? random.Next((int)Math.Min(section.Size, 64)) : random.Next((int)section.Size);
            bytes[(int)section.Offset + within] = random.Next(3) == 0 ? (byte)random.Next(256) : (byte)(bytes[(int)section.Offset + within] ^ (1 << random.Next(8)));
        }

        return bytes;
    }
}
