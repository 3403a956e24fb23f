using Ferry.Devices;
using Ferry.Packages;
using Ferry.Packages.Formats;
using Ferry.Remote.Sysroots;

namespace Ferry.Tests.Packages;

public sealed class PackageTreeTests
{
    private const string Folder = "/usr/lib/aarch64-linux-gnu";

    private static readonly DeviceProfile Merged = new()
    {
        LibraryFolders = [new() { Path = "/lib/aarch64-linux-gnu", RealPath = Folder }, new() { Path = Folder, RealPath = Folder }],
    };

    [Fact]
    public void A_link_becomes_another_name_of_its_file_in_every_folder_that_is_the_same()
    {
        var tree = Tree();
        tree.Add(File("/lib/aarch64-linux-gnu/libz.so.1.2", 1), "zlib1g");
        tree.Add(Link(Folder + "/libz.so", "/lib/aarch64-linux-gnu/libz.so.1"), "zlib1g-dev");
        tree.Add(Link("/lib/aarch64-linux-gnu/libz.so.1", "libz.so.1.2"), "zlib1g");
        var content = tree.Contents().ShouldHaveSingleItem();
        content.Package.ShouldBe("zlib1g");
        content.Wanted.Paths.Order().ShouldBe(new[] { "libz.so", "libz.so.1", "libz.so.1.2" }.SelectMany(name => new[] { Folder + "/" + name, "/lib/aarch64-linux-gnu/" + name }).Order());
        tree.Missing().ShouldBeEmpty();
    }

    [Fact]
    public void A_link_to_a_library_that_the_device_has_is_that_library()
    {
        var tree = Tree();
        tree.Add(Link(Folder + "/libm.so", "/lib/aarch64-linux-gnu/libm.so.6"), "libc6-dev");
        var content = tree.Contents().ShouldHaveSingleItem();
        (content.Bytes[0], content.Same).ShouldBe(((byte)6, Folder + "/libm.so.6"));
    }

    [Fact]
    public void The_devices_own_library_stays_whatever_a_package_brings()
    {
        var tree = Tree();
        tree.Add(File("/lib/aarch64-linux-gnu/libm.so.6", 9), "libc6");
        tree.Contents().ShouldBeEmpty();
    }

    [Fact]
    public void A_link_to_a_folder_gives_its_files_other_names()
    {
        var tree = Tree();
        tree.Add(File("/usr/lib/foo/include/a.h", 1), "foo-dev");
        tree.Add(Link("/usr/include/foo", "../lib/foo/include"), "foo-dev");
        tree.Contents().ShouldHaveSingleItem().Wanted.Paths.ShouldBe(["/usr/lib/foo/include/a.h", "/usr/include/foo/a.h"]);
    }

    [Fact]
    public void What_a_link_leads_to_and_is_not_there_is_missing()
    {
        var tree = Tree();
        tree.Add(Link(Folder + "/libssl.so", "libssl.so.3"), "libssl-dev");
        tree.Missing().ShouldBe([(Folder + "/libssl.so.3", "libssl-dev")]);
        tree.Contents().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("../../../../../../etc/passwd", "leads out of the device's root")]
    [InlineData("../aarch64-linux-gnu/libx.so", "leads in a circle")]
    public void A_link_that_leads_nowhere_good_is_refused(string target, string words)
    {
        var tree = Tree();
        tree.Add(Link(Folder + "/libx.so", target), "evil");
        Should.Throw<FerryException>(tree.Contents).Message.ShouldContain(words);
    }

    [Theory]
    [InlineData("/usr/include/openssl/ssl.h", true)]
    [InlineData("/usr/lib/aarch64-linux-gnu/libssl.a", true)]
    [InlineData("/usr/lib/gcc/aarch64-linux-gnu/12/libgcc_eh.a", true)]
    [InlineData("/usr/lib/aarch64-linux-gnu/pkgconfig/libssl.pc", true)]
    [InlineData("/usr/local/lib/libown.so.1", true)]
    [InlineData("/lib/libold.so", true)]
    [InlineData("/usr/lib/aarch64-linux-gnu/glib-2.0/include/glibconfig.h", true)]
    [InlineData("/usr/share/pkgconfig/x.pc", true)]
    [InlineData("/usr/lib/aarch64-linux-gnu/cmake/X/XConfig.cmake", true)]
    [InlineData("/usr/share/doc/libssl-dev/copyright", false)]
    [InlineData("/usr/bin/openssl", false)]
    [InlineData("/usr/lib/python3/dist-packages/x.so", false)]
    [InlineData("/usr/lib/aarch64-linux-gnu/ossl-modules/legacy.so", false)]
    [InlineData("/usr/include", false)]
    [InlineData("/usr/include/a b.h", false)]
    [InlineData("/usr/include/../../etc/passwd", false)]
    public void Only_what_a_link_or_a_compiler_needs_is_taken(string path, bool wanted) => SysrootPaths.IsWanted(path).ShouldBe(wanted);

    private static PackageTree Tree() => new(Merged, [new SysrootContent(new WantedFile { Paths = [Folder + "/libm.so.6", "/lib/aarch64-linux-gnu/libm.so.6"] }, [6])]);

    private static PackageFile File(string path, byte content) => new(path, [content], null);

    private static PackageFile Link(string path, string target) => new(path, null, target);
}
