using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;

namespace Ferry.Elf.Tests;

/// <summary>
/// Real files, damaged where it hurts: whatever comes of it, the reader answers or ends in its own error. ./test does it for some seconds;
/// <c>FERRY_FUZZ_SECONDS=600</c> makes it ten minutes, from a seed of the day's own.
/// </summary>
public class FuzzTests
{
    private const int Rounds = 6000;
    private const int Seed = 46;
    private const int Largest = 100_000;

    private static readonly ulong[] Numbers =
        [0, 1, 2, 3, 4, 7, 8, 16, 64, 0x7f, 0xff, 0x100, 0xfff1, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xfffffff0, 0xffffffff, 0x100000000, long.MaxValue, ulong.MaxValue - 15, ulong.MaxValue];

    [Fact]
    public void A_damaged_file_of_any_kind_is_answered_or_refused_in_the_readers_own_words()
    {
        var seconds = int.TryParse(Environment.GetEnvironmentVariable("FERRY_FUZZ_SECONDS"), CultureInfo.InvariantCulture, out var asked) ? asked : 0;
        var first = seconds > 0 ? (int)Stopwatch.GetTimestamp() & 0xffffff : Seed;
        var samples = Samples();
        samples.Count.ShouldBeGreaterThan(50);
        var watch = Stopwatch.StartNew();
        var round = 0;
        for (; seconds > 0 ? watch.Elapsed.TotalSeconds < seconds : round < Rounds; round++)
        {
            var random = new Random(first + round);
            var (path, whole) = samples[random.Next(samples.Count)];
            var bytes = Damaged(whole, random);
            try
            {
                Everything.Ask(bytes);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"seed {first + round}, {path}: {e.GetType().Name}", e);
            }
        }

        if (seconds > 0)
        {
            TestContext.Current.SendDiagnosticMessage("{0} files from seed {1} on", round, first);
        }
    }

    private static byte[] Damaged(byte[] whole, Random random)
    {
        var bytes = (byte[])whole.Clone();
        var places = Places(bytes);
        for (var i = random.Next(1, 5); i > 0; i--)
        {
            var (start, length) = places[random.Next(places.Count)];
            var at = start + random.Next(length);
            switch (random.Next(4))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    random.NextBytes(bytes.AsSpan(at, Math.Min(random.Next(1, 17), bytes.Length - at)));
                    break;
                case 2: // a field of a table stands at a place that its width divides
                    var width = 1 << random.Next(1, 4);
                    at -= at % width;
                    BitConverter.GetBytes(Numbers[random.Next(Numbers.Length)]).AsSpan(0, Math.Min(width, bytes.Length - at)).CopyTo(bytes.AsSpan(at));
                    break;
                default: // a piece of the file in another place
                    var (from, size) = places[random.Next(places.Count)];
                    bytes.AsSpan(from, Math.Min(random.Next(1, 65), Math.Min(size, bytes.Length - at))).ToArray().CopyTo(bytes, at);
                    break;
            }
        }

        return random.Next(20) == 0 ? bytes[..random.Next(bytes.Length)] : bytes;
    }

    // The header, the tables that it names, the sections that are tables themselves: there a byte decides; code and texts are most of a file and decide nothing.
    private static List<(int Start, int Length)> Places(byte[] bytes)
    {
        var file = ElfFile.Read(bytes);
        var wide = file.Class == ElfClass.Elf64;
        var places = new List<(int, int)> { (0, wide ? 64 : 52), (0, Math.Min(bytes.Length, 1024)), (0, bytes.Length) };
        places.AddRange(file.Sections.Where(section => section.HasBytes && section.Type is not ElfSectionType.ProgramBits && section.Size is > 0 and < int.MaxValue).Select(section => ((int)section.Offset, (int)section.Size)));
        var field = bytes.AsSpan(wide ? 40 : 32);
        var (little, at) = (file.ByteOrder == ElfByteOrder.LittleEndian, 0ul);
        at = wide ? (little ? BinaryPrimitives.ReadUInt64LittleEndian(field) : BinaryPrimitives.ReadUInt64BigEndian(field))
            : little ? BinaryPrimitives.ReadUInt32LittleEndian(field) : BinaryPrimitives.ReadUInt32BigEndian(field);
        if (file.Sections.Count > 0)
        {
            places.Add(((int)at, file.Sections.Count * (wide ? 64 : 40)));
        }

        return places;
    }

    private static List<(string Path, byte[] Bytes)> Samples()
    {
        var found = new List<(string, byte[])>();
        foreach (var system in (string[])["systems/armhf", "systems/arm64", "systems/amd64", "foreign"])
        {
            var files = Systems.ElfFilesOf(system).Where(path => new FileInfo(path).Length < Largest).ToList();
            // Of each system about forty, spread over all of it.
            found.AddRange(files.Where((_, i) => i % Math.Max(1, files.Count / 40) == 0).Select(path => (path, File.ReadAllBytes(path))));
        }

        // Objects have symbols, mapping symbols and code.
        foreach (var target in (string[])["aarch64-unknown-linux-gnu", "armv7-unknown-linux-gnueabihf", "arm-unknown-linux-musleabihf"])
        {
            found.AddRange(Instructions.RealCodeTests.BytesOf(target).Where(file => file.Bytes.Length < Largest).Take(20));
        }

        return found;
    }
}
