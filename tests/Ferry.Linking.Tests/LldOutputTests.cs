using Ferry.Lab;

namespace Ferry.Linking.Tests;

/// <summary>What lld 14 and 19 wrote to stderr, and what is read from it.</summary>
public sealed class LldOutputTests
{
    private static readonly string Folder = Repository.PathOf("tests", "Ferry.Linking.Tests", "lld");

    public static TheoryData<string> Versions => ["14", "19"];

    [Theory]
    [MemberData(nameof(Versions))]
    public void An_undefined_symbol_is_read_with_who_wants_it(string version)
    {
        var symbols = Read("undefined", version).Cast<LldMessage.UndefinedSymbol>().ToList();
        symbols.Select(symbol => symbol.Name).ShouldBe(["getentropy_new", "far_away"]);
        var first = symbols[0].References.ShouldHaveSingleItem();
        first.ShouldBe(new SymbolReference(new("libfoo-0123456789abcdef.rlib", "a.o"), "mine"));
        CrateName.Of(first.From).ShouldBe("foo");
        var second = symbols[1].References.ShouldHaveSingleItem();
        second.ShouldBe(new SymbolReference(new("build/openssl-sys-0123456789abcdef/out/libcrypto.a", "b.o"), "deep"));
        symbols[1].Text.Split('\n').Length.ShouldBe(3);
        Read("hidden", version).ShouldHaveSingleItem().ShouldBeOfType<LldMessage.UndefinedSymbol>().Name.ShouldBe("hid");
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void Inputs_of_another_machine_are_read(string version)
    {
        Read("machine", version).ShouldHaveSingleItem().ShouldBeOfType<LldMessage.WrongMachine>().Input.ShouldBe(new("b64.o", null));
        Read("machine-archive", version).ShouldHaveSingleItem().ShouldBeOfType<LldMessage.WrongMachine>().Input.ShouldBe(new("lib64.a", "b64.o"));
        Read("machine-shared", version).ShouldHaveSingleItem().ShouldBeOfType<LldMessage.WrongMachine>().Input.ShouldBe(new("/sysroot/usr/lib/aarch64-linux-gnu/libz.so.1", null));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void Libraries_that_are_nowhere_are_read(string version) =>
        Read("library", version).Cast<LldMessage.MissingLibrary>().Select(library => library.Name).ShouldBe(["ssl", "foo"]);

    [Theory]
    [MemberData(nameof(Versions))]
    public void Everything_else_stays_as_it_is(string version)
    {
        var message = Read("unknown", version).ShouldHaveSingleItem().ShouldBeOfType<LldMessage.Other>();
        message.Text.ShouldBe(File.ReadAllText(Path.Combine(Folder, $"unknown-{version}.txt")).TrimEnd());
        LldOutput.Parse("").ShouldBeEmpty();
        LldOutput.Parse(">>> of nothing\r\n\r\n").ShouldHaveSingleItem().Text.ShouldBe(">>> of nothing");
    }

    [Theory]
    [InlineData("ld.lld: error: undefined reference: foo@GLIBC_2.38\n>>> referenced by /x/libbar.so (disallowed by --no-allow-shlib-undefined)", "foo@GLIBC_2.38", "/x/libbar.so")]
    [InlineData("ld.lld: error: /x/libbar.so: undefined reference to foo [--no-allow-shlib-undefined]", "foo", "/x/libbar.so")]
    [InlineData("ld.lld: error: undefined symbol: foo\n>>> referenced by lib.a(x.o):(.text+0x4)\n>>> referenced 3 more times", "foo", "lib.a")]
    public void Other_wordings_of_an_undefined_symbol_are_read(string text, string name, string path)
    {
        var symbol = LldOutput.Parse(text).ShouldHaveSingleItem().ShouldBeOfType<LldMessage.UndefinedSymbol>();
        symbol.Name.ShouldBe(name);
        symbol.References[0].From.Path.ShouldBe(path);
    }

    private static IReadOnlyList<LldMessage> Read(string name, string version) => LldOutput.Parse(File.ReadAllText(Path.Combine(Folder, $"{name}-{version}.txt")));
}
