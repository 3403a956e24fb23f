using System.Runtime.Versioning;
using Ferry.EndToEnd.Boards;

namespace Ferry.EndToEnd.CLibraries;

[UnsupportedOSPlatform("windows")]
[Collection("boards")]
public sealed class Pi4CLibraryTests(Pi4 board) : CLibraryTests(board, "arm64", "aarch64-linux-gnu"), IClassFixture<Pi4>;
