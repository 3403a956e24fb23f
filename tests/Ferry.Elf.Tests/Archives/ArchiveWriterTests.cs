using System.Buffers.Binary;
using System.Text;
using Ferry.Elf.Archives;
using Ferry.Lab;

namespace Ferry.Elf.Tests.Archives;

/// <summary>Archives as ArchiveWriter makes them, read by binutils and by Ferry.Elf's own reader.</summary>
public sealed class ArchiveWriterTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Members_come_back_in_their_order_with_short_and_long_names()
    {
        ArchiveMember[] members = [Text("a.o", "odd"), Text("fifteen-letters", "even"), Text("sixteen-letters.", ""), Text("a name with blanks and more than that.o", "x"), Text("ä.o", "twice"), Text("a.o", "again")];
        var bytes = ArchiveWriter.Write(members);
        ElfArchive.Read(bytes).Members.Select(member => (member.Name, Encoding.UTF8.GetString(member.Content.Span)))
            .ShouldBe(members.Select(member => (member.Name, Encoding.UTF8.GetString(member.Content.Span))));
        File.WriteAllBytes(folder["x.a"], bytes);
        Run.Process("ar", ["t", folder["x.a"]]).ShouldExitWith(0).Output.ShouldBe(string.Concat(members.Select(member => member.Name + "\n")));
    }

    [Fact]
    public void An_archive_of_none_is_one() => ElfArchive.Read(ArchiveWriter.Write([])).Members.ShouldBeEmpty();

    [Theory]
    [InlineData("")]
    [InlineData("../a.o")]
    [InlineData("a\nb")]
    public void A_name_that_would_break_the_format_is_refused(string name) =>
        Should.Throw<ArgumentException>(() => ArchiveWriter.Write([Text(name, "")]));

    [Fact]
    public void The_symbol_table_leads_to_the_members_that_define_them()
    {
        foreach (var target in new[] { "aarch64-unknown-linux-gnu", "armv7-unknown-linux-gnueabihf", "x86_64-unknown-linux-musl" })
        {
            ArchiveMember[] members = [Text("notes.txt", "no object"), Object(target, "one", "pub extern \"C\" fn one() {}"), Object(target, "two", "pub static TWO: u32 = 2;")];
            var bytes = ArchiveWriter.Write(members);
            var symbols = SymbolTable(bytes);
            symbols.ShouldContain(("one", "one-long-name-of-an-object.o"));
            symbols.ShouldContain(("TWO", "two-long-name-of-an-object.o"));
            symbols.Count.ShouldBe(2, target);
        }
    }

    [Fact]
    public void Binutils_finds_the_same_symbols()
    {
        var bytes = ArchiveWriter.Write([Object("x86_64-unknown-linux-gnu", "one", "pub extern \"C\" fn one() {}"), Object("x86_64-unknown-linux-gnu", "two", "pub static TWO: u32 = 2;")]);
        File.WriteAllBytes(folder["s.a"], bytes);
        Run.Process("nm", ["--print-armap", folder["s.a"]]).ShouldExitWith(0).Output.ShouldContain("one in one-long-name-of-an-object.o\nTWO in two-long-name-of-an-object.o\n");
    }

    [Fact]
    public void The_same_members_make_the_same_bytes()
    {
        ArchiveMember[] members = [Text("a.o", "one"), Text("b.o", "two")];
        ArchiveWriter.Write(members).ShouldBe(ArchiveWriter.Write(members));
    }

    private static ArchiveMember Text(string name, string content) => new(name, Encoding.UTF8.GetBytes(content));

    private ArchiveMember Object(string target, string name, string item)
    {
        File.WriteAllText(folder[name + ".rs"], $"#![no_std]\n#![allow(dead_code)]\n#[no_mangle] {item}\n");
        Run.Process(Path.Combine(ToolPath.Toolchain, "bin", "rustc"), ["--crate-type=lib", "--emit=obj", "-Cpanic=abort", "--target", target, "-o", folder[name + ".o"], folder[name + ".rs"]]).ShouldExitWith(0);
        return new($"{name}-long-name-of-an-object.o", File.ReadAllBytes(folder[name + ".o"]));
    }

    /// <summary>ar(5): the count, an offset for each symbol, then their names.</summary>
    private static List<(string Symbol, string Member)> SymbolTable(byte[] archive)
    {
        var table = archive.AsSpan(8 + 60);
        var count = BinaryPrimitives.ReadInt32BigEndian(table);
        var names = Encoding.UTF8.GetString(table[(4 + (4 * count))..]).Split('\0');
        var offsets = Enumerable.Range(0, count).Select(i => BinaryPrimitives.ReadInt32BigEndian(archive.AsSpan(8 + 60 + 4 + (4 * i)))).ToList();
        var members = ElfArchive.Read(archive).Members;
        return [.. offsets.Select((offset, i) => (names[i], members.Single(member => archive.AsSpan(offset + 60).StartsWith(member.Content.Span) && member.Content.Length > 20).Name))];
    }
}
