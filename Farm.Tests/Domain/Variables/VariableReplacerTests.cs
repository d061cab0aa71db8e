using System.Text.Json.Nodes;
using Farm.Server.Domain.Variables;
using Farm.Server.JobTypes;

namespace Farm.Tests.Domain.Variables;

public sealed class VariableReplacerTests
{
    [Theory]
    [InlineData("linux", "/mnt/storage/a/b.blend", "{storage}/a/b.blend")]
    [InlineData("windows", @"S:\a\b.blend", @"{storage}\a\b.blend")]
    [InlineData("windows", "s:/a/b.blend", "{storage}/a/b.blend")]
    [InlineData("windows", "//NAS/Renders/x", "{renders}/x")]
    [InlineData("darwin", "/volumes/STORAGE/x", "{storage}/x")]
    [InlineData("linux", "/mnt/storage", "{storage}")]
    public void A_two_way_value_at_the_start_of_a_path_becomes_the_variable(string platform, string path, string replaced) =>
        Assert.Equal(replaced, StudioVariables.Table.ReplacerFor(platform).Replace(path));

    [Theory]
    [InlineData("linux", "/mnt/stor/x")]
    [InlineData("linux", "S:/x")]
    [InlineData("linux", "see /mnt/storage/x")]
    [InlineData("linux", "/opt/blender/blender")]
    [InlineData("plan9", "/mnt/storage/x")]
    [InlineData("linux", "")]
    public void Other_text_is_unchanged(string platform, string text) =>
        Assert.Equal(text, StudioVariables.Table.ReplacerFor(platform).Replace(text));

    [Fact]
    public void The_longest_value_wins() =>
        Assert.Equal("{renders}/x", StudioVariables.Table.ReplacerFor("linux").Replace("/mnt/storage/renders/x"));

    [Fact]
    public void The_platform_manager_means_the_managers_own_platform() =>
        Assert.Equal("{storage}/x", StudioVariables.Table.ReplacerFor("manager").Replace("/mnt/storage/x"));

    [Fact]
    public void A_two_way_value_of_only_the_root_replaces_nothing()
    {
        var table = new VariableTable([StudioVariables.Twoway("root", ("linux", "/"))], "linux", sharedStorage: null);

        Assert.Equal("/a", table.ReplacerFor("linux").Replace("/a"));
    }

    [Fact]
    public void All_strings_in_settings_are_replaced_without_changing_the_submitted_object()
    {
        const string submitted = """{"/mnt/storage":"/mnt/storage/a","n":1,"none":null,"list":["/mnt/storage/b",2,{"deep":"/mnt/storage/c"}]}""";
        var settings = JsonNode.Parse(submitted)!.AsObject();

        var replaced = StudioVariables.Table.ReplacerFor("linux").Replace(settings);

        Assert.Equal("""{"/mnt/storage":"{storage}/a","n":1,"none":null,"list":["{storage}/b",2,{"deep":"{storage}/c"}]}""", replaced.ToJsonString());
        Assert.Equal(submitted, settings.ToJsonString());
    }

    [Fact]
    public void Metadata_values_are_replaced()
    {
        var metadata = new Dictionary<string, string> { ["project"] = "/mnt/storage/p", ["user.name"] = "Ada" };

        var replaced = StudioVariables.Table.ReplacerFor("linux").Replace(metadata);

        Assert.Equal(new Dictionary<string, string> { ["project"] = "{storage}/p", ["user.name"] = "Ada" }, replaced);
    }
}
