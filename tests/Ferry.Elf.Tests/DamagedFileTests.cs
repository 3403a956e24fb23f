namespace Ferry.Elf.Tests;

/// <summary>Whatever the bytes are: an answer or <see cref="ElfFormatException"/>, in time.</summary>
public class DamagedFileTests
{
    private const int Seed = 20260131;

    // Small ones, with versions, notes, attributes and symbols of all kinds; the last has big-endian numbers of 64 bits.
    private static readonly (string System, string Name)[] Samples =
    [
        ("systems/armhf", "usr/bin/true"),
        ("systems/arm64", "usr/bin/true"),
        ("systems/amd64", "usr/lib/x86_64-linux-gnu/libdl.so.2"),
        ("systems/armhf", "usr/lib/arm-linux-gnueabihf/libacl.so.1"),
        ("foreign", "usr/powerpc-linux-gnu/lib/libdl.so.2"),
        ("foreign", "usr/s390x-linux-gnu/lib/libutil.so.1"),
        ("foreign", "usr/mips-linux-gnu/lib/libdl.so.2"),
        ("foreign", "usr/arm-linux-gnueabi/lib/crt1.o"),
    ];

    public static TheoryData<string, string> AllSamples => [.. Samples.Select(sample => new TheoryDataRow<string, string>(sample.System, sample.Name))];

    [Theory]
    [MemberData(nameof(AllSamples))]
    public void A_file_cut_short_anywhere_ends_in_the_readers_own_error_or_an_answer(string system, string name)
    {
        var bytes = Bytes(system, name);
        // Every length within the headers at the start and in the tables at the end, and some hundred in between.
        var step = Math.Max(1, bytes.Length / 500);
        for (var length = 0; length < bytes.Length; length += length < 2000 || length > bytes.Length - 1000 ? 1 : step)
        {
            Check(bytes[..length], $"cut to {length} bytes");
        }
    }

    [Theory]
    [MemberData(nameof(AllSamples))]
    public void A_file_with_flipped_bits_ends_in_the_readers_own_error_or_an_answer(string system, string name) =>
        Damage(system, name, 600, (random, bytes, places) =>
        {
            for (var i = random.Next(1, 6); i > 0; i--)
            {
                bytes[places(random)] ^= (byte)(1 << random.Next(8));
            }
        });

    [Theory]
    [MemberData(nameof(AllSamples))]
    public void A_file_with_overwritten_numbers_ends_in_the_readers_own_error_or_an_answer(string system, string name)
    {
        ulong[] numbers = [0, 1, 2, 0x7f, 0xff, 0xffff, 0xff00, 0x7fffffff, 0x80000000, 0xffffffff, 0xfffffff0, long.MaxValue, ulong.MaxValue, ulong.MaxValue - 7, 16, 64];
        Damage(system, name, 600, (random, bytes, places) =>
        {
            for (var i = random.Next(1, 4); i > 0; i--)
            {
                var number = BitConverter.GetBytes(numbers[random.Next(numbers.Length)]);
                var at = places(random);
                number.AsSpan(0, Math.Min(1 << random.Next(4), bytes.Length - at)).CopyTo(bytes.AsSpan(at));
            }
        });
    }

    [Fact]
    public void An_undamaged_file_answers_everything()
    {
        foreach (var (system, name) in Samples)
        {
            Everything.Ask(Bytes(system, name)).ShouldBe(32, name);
        }
    }

    [Fact]
    public void Random_bytes_behind_a_proper_identification_end_in_the_readers_own_error_or_an_answer()
    {
        for (var round = 0; round < 5000; round++)
        {
            var random = new Random(Seed + round);
            var bytes = new byte[random.Next(4, 600)];
            random.NextBytes(bytes);
            "\u007fELF"u8.CopyTo(bytes);
            for (var i = 4; i < Math.Min(7, bytes.Length); i++)
            {
                bytes[i] = (byte)(1 + random.Next(2));
            }

            Check(bytes, $"seed {Seed + round}");
        }
    }

    private static void Damage(string system, string name, int rounds, Action<Random, byte[], Func<Random, int>> damage)
    {
        var original = Bytes(system, name);
        var ranges = Tables(original);
        for (var round = 0; round < rounds; round++)
        {
            var random = new Random(Seed + round);
            var bytes = (byte[])original.Clone();
            damage(random, bytes, Place);
            Check(bytes, $"{name}, seed {Seed + round}");
        }

        // Most of a file is code, in which damage does nothing: aim at what is read.
        int Place(Random random)
        {
            var (start, length) = ranges[random.Next(ranges.Count)];
            return start + random.Next(length);
        }
    }

    private static List<(int Start, int Length)> Tables(byte[] bytes)
    {
        var file = ElfFile.Read(bytes);
        var size = file.Class == ElfClass.Elf64 ? 64 : 52;
        List<(int, int)> ranges = [(4, size - 4), (4, size - 4), (size, 56 * Math.Max(file.Segments.Count, 1)), (0, bytes.Length)];
        ranges.Add((bytes.Length - (40 * file.Sections.Count), 40 * file.Sections.Count));
        ranges.AddRange(file.Sections
            .Where(section => section.HasBytes && section.Size > 0 && section.Type != ElfSectionType.ProgramBits)
            .Select(section => ((int)section.Offset, (int)section.Size)));
        return ranges;
    }

    private static void Check(byte[] bytes, string what)
    {
        try
        {
            Everything.Ask(bytes);
        }
        catch (Exception e)
        {
            throw new InvalidOperationException("not the reader's own error: " + what, e);
        }
    }

    private static byte[] Bytes(string system, string name)
    {
        var path = Path.Combine(Lab.Repository.Cache, system, name);
        Assert.SkipUnless(File.Exists(path), $"no {path}; ./test makes it");
        return File.ReadAllBytes(path);
    }
}
