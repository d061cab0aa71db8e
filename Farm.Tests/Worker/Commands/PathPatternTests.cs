using Farm.Server.Worker.Commands;
using Farm.Tests.Worker.Support;

namespace Farm.Tests.Worker.Commands;

public sealed class PathPatternTests : IDisposable
{
    private readonly TestDirectory _directory = new();

    [Theory]
    [InlineData("*.png", "000001.png 000002.png 000010.png")]
    [InlineData("00000?.png", "000001.png 000002.png")]
    [InlineData("0000[1-9]0.png", "000010.png")]
    [InlineData("00000[!1].png", "000002.png")]
    [InlineData("000001.*", "000001.exr 000001.png")]
    [InlineData("*", "000001.exr 000001.png 000002.png 000010.png")]
    [InlineData(".*", ".000003.png.part")]
    [InlineData("000002.png", "000002.png")]
    [InlineData("*.jpg", "")]
    [InlineData("[!].png", "")]
    public void A_pattern_finds_matching_files_in_order(string pattern, string names)
    {
        foreach (var name in new[] { "000010.png", "000002.png", "000001.png", "000001.exr", ".000003.png.part" })
            File.WriteAllText(_directory.File(name), "");
        Assert.Equal(names, string.Join(' ', PathPattern.Find(_directory.File(pattern)).Select(Path.GetFileName)));
    }

    [Fact]
    public void A_directory_can_have_brackets_in_its_name_or_be_a_pattern()
    {
        foreach (var name in new[] { "shot [a]", "shot b", "other" })
        {
            Directory.CreateDirectory(_directory.File(name));
            File.WriteAllText(_directory.File(name + "/1.png"), "");
        }
        Assert.Equal([_directory.File("shot [a]/1.png")], PathPattern.Find(_directory.File("shot [a]/*.png")));
        Assert.Equal([_directory.File("shot [a]/1.png"), _directory.File("shot b/1.png")], PathPattern.Find(_directory.File("shot*/*.png")));
        Assert.Empty(PathPattern.Find(_directory.File("none/*.png")));
    }

    public void Dispose() => _directory.Dispose();
}
