using System.Security.Cryptography;
using System.Text;

namespace Ferry.Lab;

/// <summary>An archive as Debian's are, made of packages of the lab, signed with a key of its own (tests/lab/c-libraries has the tools).</summary>
public sealed class SignedArchive : IDisposable
{
    private const string Suite = "bookworm";

    private readonly TemporaryFolder folder = new();
    private readonly string architecture;
    private readonly byte[] key;

    public SignedArchive(string architecture)
    {
        this.architecture = architecture;
        key = Sqop([], "generate-key", "An archive of a test <archive@example.org>");
        foreach (var deb in Debs(architecture))
        {
            Directory.CreateDirectory(folder["pool"]);
            // Archives leave the epoch out of names.
            File.Copy(deb, Path.Combine(folder["pool"], System.Text.RegularExpressions.Regex.Replace(Path.GetFileName(deb), "_[0-9]+%3a", "_", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1))));
        }

        Index();
        Sign(Release());
        Server = new ArchiveServer(folder.Path);
    }

    public ArchiveServer Server { get; }

    /// <summary>The packages of which archives are made.</summary>
    public static IEnumerable<string> Debs(string architecture) => Directory.EnumerateFiles(Path.Combine(Home, "debs", architecture), "*.deb");

    /// <summary>The folder that tests/lab/c-libraries makes.</summary>
    public static string Home { get; } = Path.Combine(Repository.Cache, "c-libraries");

    public static bool IsHere => File.Exists(Path.Combine(Home, ".ready"));

    /// <summary>The public key as apt's keyrings have it.</summary>
    public byte[] Keyring => Sqop(key, "extract-cert", "--no-armor");

    public byte[] ArmouredKeyring => Sqop(key, "extract-cert");

    public string this[string path] => folder[path];

    public string InRelease => folder[$"dists/{Suite}/InRelease"];

    public string PackagesPath => $"dists/{Suite}/main/binary-{architecture}/Packages.xz";

    /// <summary>A line for sources.list.</summary>
    public string Source(string options) => $"deb {options} {Server.Address} {Suite} main\n";

    public void Dispose()
    {
        Server.Dispose();
        folder.Dispose();
    }

    /// <summary>Writes the index of the pool.</summary>
    public void Index()
    {
        var text = new StringBuilder();
        foreach (var deb in Directory.EnumerateFiles(folder["pool"]).Order(StringComparer.Ordinal))
        {
            var bytes = File.ReadAllBytes(deb);
            text.Append(Run.Process("dpkg-deb", ["-f", deb]).ShouldExitWith(0).Output.TrimEnd())
                .Append($"\nFilename: pool/{Path.GetFileName(deb)}\nSize: {bytes.Length}\nSHA256: {Hash(bytes)}\n\n");
        }

        var index = folder[PackagesPath];
        Directory.CreateDirectory(Path.GetDirectoryName(index)!);
        File.WriteAllBytes(index, Run.Process("xz", ["-c"], input: Encoding.UTF8.GetBytes(text.ToString())).ShouldExitWith(0).OutputBytes);
    }

    /// <summary>The text of a Release file for what is there now.</summary>
    public string Release(DateTimeOffset? validUntil = null)
    {
        var index = File.ReadAllBytes(folder[PackagesPath]);
        var until = (validUntil ?? DateTimeOffset.UtcNow.AddDays(7)).UtcDateTime.ToString("ddd, dd MMM yyyy HH:mm:ss 'UTC'", System.Globalization.CultureInfo.InvariantCulture);
        return $"Origin: Test\nSuite: stable\nCodename: {Suite}\nValid-Until: {until}\nArchitectures: {architecture}\nComponents: main\nSHA256:\n {Hash(index)} {index.Length} main/binary-{architecture}/Packages.xz\n";
    }

    public void Sign(string release) => File.WriteAllBytes(InRelease, Signed(release));

    /// <summary>The other form: a signature beside the file.</summary>
    public void SignApart(string release)
    {
        File.Delete(InRelease);
        File.WriteAllText(folder[$"dists/{Suite}/Release"], release);
        File.WriteAllBytes(folder[$"dists/{Suite}/Release.gpg"], WithKey(Encoding.UTF8.GetBytes(release), "sign"));
    }

    private byte[] Signed(string release) => WithKey(Encoding.UTF8.GetBytes(release), "inline-sign", "--as=clearsigned");

    private byte[] WithKey(byte[] text, string verb, params string[] options)
    {
        var file = folder["key"];
        File.WriteAllBytes(file, key);
        var signed = Sqop(text, [verb, .. options, file]);
        File.Delete(file);
        return signed;
    }

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static byte[] Sqop(byte[] input, params string[] arguments)
    {
        var tools = Path.Combine(Home, "tools");
        var libraries = Directory.EnumerateDirectories(Path.Combine(tools, "usr", "lib"), "*-linux-gnu").Concat(Directory.EnumerateDirectories(Path.Combine(tools, "lib"), "*-linux-gnu"));
        return Run.Process(Path.Combine(tools, "usr", "bin", "sqop"), arguments, environment: new Dictionary<string, string?> { ["LD_LIBRARY_PATH"] = string.Join(':', libraries) }, input: input)
            .ShouldExitWith(0).OutputBytes;
    }
}
