using Ferry.Doors;

namespace Ferry.Tests.Trees;

public sealed class BuiltProgramTests
{
    [Theory]
    [InlineData("/ws/target/armv7-unknown-linux-gnueabihf/debug/deps/it-0f645f4afe0f8886", "it", true, "/ws/target/armv7-unknown-linux-gnueabihf/debug", "/ws/target")]
    [InlineData("/ws/target/armv7-unknown-linux-gnueabihf/release/examples/e-x-0f645f4afe0f8886", "e-x", true, "/ws/target/armv7-unknown-linux-gnueabihf/release", "/ws/target")]
    [InlineData("/ws/target/armv7-unknown-linux-gnueabihf/debug/app", "app", false, "/ws/target/armv7-unknown-linux-gnueabihf/debug", "/ws/target")]
    [InlineData("/ws/target/debug/deps/it-0f645f4afe0f8886", "it", true, "/ws/target/debug", "/ws/target")]
    public void The_path_tells_what_it_is(string path, string name, bool isTest, string folder, string target)
    {
        var program = new BuiltProgram(path);
        (program.Name, program.IsTest, program.Folder, program.Target).ShouldBe((name, isTest, folder, target));
    }
}
