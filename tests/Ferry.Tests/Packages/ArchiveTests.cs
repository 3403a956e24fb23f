using System.Text;
using Ferry.Lab;
using Ferry.Packages;

namespace Ferry.Tests.Packages;

/// <summary>Archives with real packages and real signatures, whole and broken; the device's tools verify them.</summary>
public sealed class ArchiveTests : IDisposable
{
    private const string Signed = "[signed-by=" + AptDevice.Keyring + "]";

    private readonly SignedArchive archive;

    public ArchiveTests()
    {
        Assert.SkipUnless(SignedArchive.IsHere, "no packages; ./test makes them");
        archive = new SignedArchive("amd64");
    }

    public void Dispose() => archive.Dispose();

    [Fact]
    public void A_package_is_found_along_an_unbroken_chain_and_brings_the_dev_packages_that_it_needs()
    {
        using var device = new AptDevice(archive.Source(Signed), archive.Keyring);
        var chosen = device.Choose("libgpiod-dev", "libc6-dev");
        chosen.Select(package => (package.Info.Name, package.Asked)).ShouldBe([("libgpiod-dev", true), ("libc6-dev", true), ("linux-libc-dev", false), ("libcrypt-dev", false)]);
        device.Warnings.ShouldBeEmpty();
        using var download = device.Download();
        foreach (var package in chosen.Select(package => package.Archive!))
        {
            download.File([package.Address], package.Sha256, package.Size, null).Length.ShouldBe((int)package.Size);
        }

        // Kept by their hashes: the index and the packages, nothing half written; and not fetched again.
        device.Kept.ShouldAllBe(name => name.Length == 64);
        var before = archive.Server.Asked.Count;
        download.File([chosen[0].Archive!.Address], chosen[0].Archive!.Sha256, chosen[0].Archive!.Size, null);
        archive.Server.Asked.Count.ShouldBe(before);
    }

    [Theory]
    [InlineData("a keyring of trusted.gpg.d")]
    [InlineData("an armoured keyring")]
    [InlineData("a deb822 source with the key in it")]
    [InlineData("a signature beside the file")]
    public void Keys_and_signatures_come_in_several_forms(string form)
    {
        using var device = new AptDevice(archive.Source(form.StartsWith("a keyring", StringComparison.Ordinal) ? "" : Signed), archive.Keyring);
        switch (form)
        {
            case "a keyring of trusted.gpg.d": File.WriteAllBytes(device["apt/trusted.gpg.d/test.gpg"], archive.Keyring); break;
            case "an armoured keyring": File.WriteAllBytes(device["apt/keyrings/test.gpg"], archive.ArmouredKeyring); break;
            case "a signature beside the file": archive.SignApart(archive.Release()); break;
            default:
                File.Delete(device["apt/sources.list"]);
                var key = string.Concat(Encoding.ASCII.GetString(archive.ArmouredKeyring).TrimEnd().Split('\n').Select(line => $" {(line.Length == 0 ? "." : line)}\n"));
                File.WriteAllText(device["apt/sources.list.d/test.sources"], $"Types: deb deb-src\nURIs: {archive.Server.Address}\nSuites: bookworm\nComponents: main\nSigned-By:\n{key}");
                break;
        }

        device.Choose("libgpiod-dev").ShouldHaveSingleItem().Info.Version.ShouldNotBeEmpty();
        device.Warnings.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("another key", "the device has no key for it")]
    [InlineData("no key", "the device has no key for it")]
    [InlineData("a changed Release", "its signature does not fit its content")]
    [InlineData("words before the signed ones", "not a signed message")]
    [InlineData("words behind the signed ones", "not a signed message")]
    [InlineData("a second message", "a signed message with something in it that is not signed")]
    [InlineData("no signature", "there is neither InRelease nor Release.gpg")]
    [InlineData("an old Release", "it was valid until 2001-02-03")]
    [InlineData("a changed index", "is not the file that its archive has signed")]
    [InlineData("an index that is not there", "the archive does not have")]
    [InlineData("an index that is cut", "cannot get")]
    [InlineData("a server that says nothing", "the server said nothing")]
    [InlineData("no archive at all", "there is no such archive")]
    [InlineData("trusted=yes", "what is not verified is not used")]
    [InlineData("a hash that nobody trusts", "its signature does not prove it")]
    [InlineData("no SHA-256", "a Release file without SHA-256 hashes")]
    public void What_is_not_proven_is_not_used(string fault, string words)
    {
        using var other = new AptDevice(fault == "trusted=yes" ? archive.Source("[trusted=yes]") : archive.Source(Signed), fault == "no key" ? null : Keyring(fault));
        Break(fault);
        var error = Should.Throw<FerryException>(() => other.Choose("libgpiod-dev"));
        error.Message.ShouldBe("no package 'libgpiod-dev' in the archives of device 'box'");
        string.Join('\n', other.Warnings).ShouldContain(words);
        other.Kept.ShouldAllBe(name => name.Length == 64 && fault.StartsWith("no ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("changed", "is not the file that its archive has signed")]
    [InlineData("longer", "is larger than it may be")]
    [InlineData("cut", "cannot get")]
    [InlineData("gone", "the archive does not have")]
    public void A_package_that_is_not_what_the_index_says_is_not_taken(string fault, string words)
    {
        using var device = new AptDevice(archive.Source(Signed), archive.Keyring);
        var package = device.Choose("libgpiod-dev")[0].Archive!;
        var path = new Uri(package.Address).AbsolutePath.TrimStart('/');
        var file = archive[Uri.UnescapeDataString(path)];
        var bytes = File.ReadAllBytes(file);
        switch (fault)
        {
            case "changed": bytes[^100] ^= 1; File.WriteAllBytes(file, bytes); break;
            case "longer": File.WriteAllBytes(file, [.. bytes, 0]); break;
            case "cut": archive.Server.Cut.Add(Uri.UnescapeDataString(path)); break;
            default: File.Delete(file); break;
        }

        using var download = device.Download();
        Should.Throw<FerryException>(() => download.File([package.Address], package.Sha256, package.Size, null)).Message.ShouldContain(words);
        device.Kept.ShouldNotContain(name => name.StartsWith(package.Sha256, StringComparison.Ordinal));
    }

    [Fact]
    public void A_cache_that_cannot_be_written_is_an_error()
    {
        using var device = new AptDevice(archive.Source(Signed), archive.Keyring);
        var package = device.Choose("libc6-dev")[0].Archive!;
        using var download = new Download(device["status"] + "/below-a-file", TimeSpan.FromSeconds(3));
        Should.Throw<IOException>(() => download.File([package.Address], package.Sha256, package.Size, null));
    }

    [Fact]
    public void A_package_that_no_archive_has_is_an_error_with_what_was_probably_meant()
    {
        using var device = new AptDevice(archive.Source(Signed), archive.Keyring);
        var error = Should.Throw<FerryException>(() => device.Choose("libgpoid-dev"));
        error.Message.ShouldBe("no package 'libgpoid-dev' in the archives of device 'box'");
        error.Help.ShouldBe("did you mean 'libgpiod-dev'?");
    }

    [Fact]
    public void A_newer_package_than_the_devices_library_is_taken_and_said()
    {
        using var device = new AptDevice(archive.Source(Signed), archive.Keyring, "Package: libgpiod2\nStatus: install ok installed\nVersion: 1.6.2-1\nArchitecture: amd64\nSection: libs\n");
        device.Choose("libgpiod-dev").ShouldHaveSingleItem().Archive.ShouldNotBeNull();
        device.Warnings.ShouldHaveSingleItem().ShouldContain("'box' has 1.6.2-1");
    }

    [Fact]
    public void What_is_installed_on_the_device_needs_no_archive()
    {
        using var device = new AptDevice("", null, "Package: libgpiod-dev\nStatus: install ok installed\nVersion: 1.6.3-1\nArchitecture: amd64\nDepends: libgpiod2 (= 1.6.3-1)\n");
        device.Choose("libgpiod-dev").ShouldHaveSingleItem().Archive.ShouldBeNull();
        archive.Server.Asked.ShouldBeEmpty();
    }

    private byte[] Keyring(string fault)
    {
        if (fault != "another key")
        {
            return archive.Keyring;
        }

        using var stranger = new SignedArchive("amd64");
        return stranger.Keyring;
    }

    private void Break(string fault)
    {
        var index = archive[archive.PackagesPath];
        var signed = File.ReadAllText(archive.InRelease);
        switch (fault)
        {
            case "a changed Release": File.WriteAllText(archive.InRelease, signed.Replace("Origin: Test", "Origin: Evil")); break;
            case "words before the signed ones": File.WriteAllText(archive.InRelease, "SHA256:\n" + signed); break;
            case "words behind the signed ones": File.WriteAllText(archive.InRelease, signed + "SHA256:\n"); break;
            case "a second message": File.WriteAllText(archive.InRelease, signed + signed); break;
            case "no signature":
                File.Delete(archive.InRelease);
                File.WriteAllText(archive["dists/bookworm/Release"], archive.Release());
                break;
            case "an old Release": archive.Sign(archive.Release(new DateTimeOffset(2001, 2, 3, 4, 5, 6, TimeSpan.Zero))); break;
            case "a changed index": File.WriteAllBytes(index, [.. File.ReadAllBytes(index)[..^1], 0]); break;
            case "an index that is not there": File.Delete(index); break;
            case "an index that is cut": archive.Server.Cut.Add(archive.PackagesPath); break;
            case "a server that says nothing": archive.Server.Silent.Add("dists/bookworm/InRelease"); break;
            case "no archive at all": File.Delete(archive.InRelease); break;
            case "a hash that nobody trusts": File.WriteAllText(archive.InRelease, Weak(signed)); break;
            case "no SHA-256": archive.Sign(archive.Release().Replace("SHA256:", "MD5Sum:")); break;
        }
    }

    // A signature packet that claims SHA-1: the hash is part of what is signed, so it cannot be good, and is refused before that.
    private static string Weak(string signed)
    {
        var lines = signed.Split('\n').ToList();
        var at = lines.IndexOf("-----BEGIN PGP SIGNATURE-----");
        var armour = lines.FindIndex(at, line => line.Length == 0) + 1;
        var bytes = Convert.FromBase64String(lines[armour]);
        bytes[bytes[1] < 192 ? 5 : 6] = 2;
        lines[armour] = Convert.ToBase64String(bytes);
        return string.Join('\n', lines);
    }
}
