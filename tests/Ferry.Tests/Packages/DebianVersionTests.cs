using Ferry.Lab;
using Ferry.Packages.Formats;

namespace Ferry.Tests.Packages;

public sealed class DebianVersionTests
{
    [Fact]
    public void Versions_have_the_order_that_dpkg_gives_them()
    {
        string[] versions = ["1.0", "1.0~rc1", "1.0~~", "1.0-1", "1.0-1+b1", "1:0.9", "1.0+dfsg-1", "1.0.1", "1.0a", "1.0.", "01.00", "3.0.22-1~deb12u2", "3.0.20-1~deb12u2", "3.0.20-1", "2.36-9+deb12u14", "2.36-9+deb12u4", "0"];
        foreach (var (left, right) in versions.SelectMany(left => versions.Select(right => (left, right))))
        {
            var order = DebianVersion.Order.Compare(left, right);
            var relation = order < 0 ? "lt" : order > 0 ? "gt" : "eq";
            Run.Process("dpkg", ["--compare-versions", left, relation, right]).ExitCode.ShouldBe(0, $"{left} {relation} {right}");
        }
    }
}
