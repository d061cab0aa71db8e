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
    public void A_path_that_begins_with_a_two_way_value_gets_its_name(string platform, string path, string replaced) =>
        Assert.Equal(replaced, StudioVariables.Table.ReplacerFor(platform).Replace(path));

    [Theory]
    [InlineData("linux", "/mnt/stor/x")]
    [InlineData("linux", "S:/x")]
    [InlineData("linux", "see /mnt/storage/x")]
    [InlineData("linux", "/opt/blender/blender")]
    [InlineData("plan9", "/mnt/storage/x")]
    [InlineData("linux", "")]
    public void All_other_texts_stay(string platform, string text) =>
        Assert.Equal(text, StudioVariables.Table.ReplacerFor(platform).Replace(text));

    [Fact]
    public void The_longest_value_counts() =>
        Assert.Equal("{renders}/x", StudioVariables.Table.ReplacerFor("linux").Replace("/mnt/storage/renders/x"));

    [Fact]
    public void The_platform_manager_is_the_managers_own() =>
        Assert.Equal("{storage}/x", StudioVariables.Table.ReplacerFor("manager").Replace("/mnt/storage/x"));

    [Fact]
    public void A_two_way_value_that_is_the_root_alone_replaces_nothing()
    {
        var table = new VariableTable([StudioVariables.Twoway("root", ("linux", "/"))], "linux", sharedStorage: null);

        Assert.Equal("/a", table.ReplacerFor("linux").Replace("/a"));
    }

    [Fact]
    public void All_texts_of_the_settings_are_replaced_and_the_submitted_object_stays()
    {
        const string submitted = """{"/mnt/storage":"/mnt/storage/a","n":1,"none":null,"list":["/mnt/storage/b",2,{"deep":"/mnt/storage/c"}]}""";
        var settings = JsonNode.Parse(submitted)!.AsObject();

        var replaced = StudioVariables.Table.ReplacerFor("linux").Replace(settings);

        Assert.Equal("""{"/mnt/storage":"{storage}/a","n":1,"none":null,"list":["{storage}/b",2,{"deep":"{storage}/c"}]}""", replaced.ToJsonString());
        Assert.Equal(submitted, settings.ToJsonString());
    }

    [Fact]
    public void The_values_of_metadata_are_replaced()
    {
        var metadata = new Dictionary<string, string> { ["project"] = "/mnt/storage/p", ["user.name"] = "Ada" };

        var replaced = StudioVariables.Table.ReplacerFor("linux").Replace(metadata);

        Assert.Equal(new Dictionary<string, string> { ["project"] = "{storage}/p", ["user.name"] = "Ada" }, replaced);
    }
}
