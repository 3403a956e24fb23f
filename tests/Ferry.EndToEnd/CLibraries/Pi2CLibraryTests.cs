using System.Runtime.Versioning;
using Ferry.EndToEnd.Boards;

namespace Ferry.EndToEnd.CLibraries;

[UnsupportedOSPlatform("windows")]
[Collection("boards")]
public sealed class Pi2CLibraryTests(Pi2 board) : CLibraryTests(board, "armhf", "arm-linux-gnueabihf"), IClassFixture<Pi2>;
