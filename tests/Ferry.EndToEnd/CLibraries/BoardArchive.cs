using System.Text;
using Ferry.Lab;

namespace Ferry.EndToEnd.CLibraries;

/// <summary>A board whose apt sources name an archive on this PC: the board itself cannot reach it, and need not.</summary>
internal static class BoardArchive
{
    public static SignedArchive On(Board board, string architecture)
    {
        Assert.SkipUnless(SignedArchive.IsHere, "no packages; ./test makes them");
        var archive = new SignedArchive(architecture);
        board.Shell("mkdir -p /etc/apt/sources.list.d /etc/apt/keyrings; rm -f /etc/apt/sources.list /etc/apt/sources.list.d/*; cat >/etc/apt/keyrings/lab.gpg", "root", archive.Keyring).ShouldExitWith(0);
        board.Shell("cat >/etc/apt/sources.list.d/lab.list", "root", Encoding.ASCII.GetBytes(archive.Source("[signed-by=/etc/apt/keyrings/lab.gpg]"))).ShouldExitWith(0);
        return archive;
    }
}
