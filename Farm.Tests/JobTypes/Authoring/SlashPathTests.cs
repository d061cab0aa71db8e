using Farm.Server.JobTypes.Authoring;

namespace Farm.Tests.JobTypes.Authoring;

public sealed class SlashPathTests
{
    [Theory]
    [InlineData("/a/b.exr", "b.exr")]
    [InlineData(@"C:\a\b.exr", "b.exr")]
    [InlineData(@"/a\b/", "b")]
    [InlineData("b", "b")]
    [InlineData("/", "")]
    [InlineData("", "")]
    public void The_base_name_is_the_last_part(string path, string name) => Assert.Equal(name, SlashPath.BaseName(path));

    [Theory]
    [InlineData("/a/b.exr", "/a")]
    [InlineData(@"C:\a\b.exr", "C:/a")]
    [InlineData("/a", "/")]
    [InlineData("/", "/")]
    [InlineData("a", ".")]
    [InlineData("", ".")]
    [InlineData("a/b/", "a")]
    [InlineData(@"\\nas\renders\######", "//nas/renders")]
    [InlineData("//######", "//")]
    [InlineData("{jobs}/out/######", "{jobs}/out")]
    public void The_directory_name_is_everything_before_it_with_slashes(string path, string name) => Assert.Equal(name, SlashPath.DirectoryName(path));

    [Theory]
    [InlineData("/a/shot.v2.blend", "shot.v2")]
    [InlineData(@"C:\a\shot", "shot")]
    [InlineData("/a/.hidden", ".hidden")]
    [InlineData("", "")]
    public void The_stem_has_no_extension(string path, string stem) => Assert.Equal(stem, SlashPath.Stem(path));

    [Theory]
    [InlineData(new[] { "a", "b", "c" }, "a/b/c")]
    [InlineData(new[] { "/a/", "/b" }, "/a/b")]
    [InlineData(new[] { @"C:\a", @"b\c" }, "C:/a/b/c")]
    [InlineData(new[] { "/", "b" }, "/b")]
    [InlineData(new[] { "//", "b" }, "//b")]
    [InlineData(new[] { ".", "*.png" }, "*.png")]
    [InlineData(new[] { "", "a", "", "b" }, "a/b")]
    [InlineData(new[] { @"\\nas\renders", "x" }, "//nas/renders/x")]
    [InlineData(new string[0], "")]
    public void Parts_are_joined_with_slashes(string[] parts, string joined) => Assert.Equal(joined, SlashPath.Join(parts));
}
