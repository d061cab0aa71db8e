using System.Text.Json.Nodes;
using Farm.Server.Domain.Variables;
using Farm.Server.JobTypes;

namespace Farm.Tests.Domain.Variables;

public sealed class VariableExpanderTests
{
    [Theory]
    [InlineData("linux", "{blender}", "/opt/blender/blender")]
    [InlineData("windows", "{blender}", @"C:\Blender\blender.exe")]
    [InlineData("linux", "{blender} {blenderArgs} {blender}", "/opt/blender/blender -b -y /opt/blender/blender")]
    public void A_one_way_variable_is_replaced_anywhere(string platform, string text, string expanded) =>
        Assert.Equal(expanded, Expand(platform, text));

    [Theory]
    [InlineData("linux", @"{storage}\a\b", "/mnt/storage/a/b")]
    [InlineData("windows", "{storage}/a/b", @"S:\a\b")]
    [InlineData("windows", "{storage}a/b", @"S:\a\b")]
    [InlineData("windows", "{renders}/a/b", @"\\nas\renders\a\b")]
    [InlineData("darwin", @"--path={storage}\a", "--path=/Volumes/storage/a")]
    public void A_two_way_variable_converts_separators_to_those_of_the_platform(string platform, string text, string expanded) =>
        Assert.Equal(expanded, Expand(platform, text));

    [Theory]
    [InlineData("windows", "{blenderArgs} a/b")]
    [InlineData("linux", @"{blenderArgs} a\b")]
    public void Without_a_two_way_variable_separators_are_unchanged(string platform, string text) =>
        Assert.Equal(text.Replace("{blenderArgs}", "-b -y"), Expand(platform, text));

    [Fact]
    public void A_one_way_value_can_refer_to_a_two_way_variable() => Assert.Equal(@"\\nas\renders\shots\x", Expand("windows", "{shots}/x"));

    [Theory]
    [InlineData("windows", "/mnt/storage/a/b", @"S:\a\b")]
    [InlineData("windows", "/mnt/storage/renders/a", @"\\nas\renders\a")]
    [InlineData("darwin", "/MNT/storage/a", "/Volumes/storage/a")]
    [InlineData("windows", "/srv/unix/a", "/srv/unix/a")]
    [InlineData("windows", "-o /mnt/storage/a", "-o /mnt/storage/a")]
    public void A_manager_path_becomes_a_worker_path_if_both_platforms_have_the_variable(string platform, string text, string expanded) =>
        Assert.Equal(expanded, Expand(platform, text));

    [Theory]
    [InlineData("linux", "/mnt/storage/jobs/shot/a.blend")]
    [InlineData("windows", @"S:\jobs\shot\a.blend")]
    [InlineData("darwin", "/Volumes/storage/jobs/shot/a.blend")]
    [InlineData("plan9", "/mnt/storage/jobs/shot/a.blend")]
    public void The_shared_storage_is_available_on_all_platforms(string platform, string expanded) =>
        Assert.Equal(expanded, Expand(platform, "{jobs}/shot/a.blend"));

    [Fact]
    public void The_shared_storage_overrides_a_configured_variable_of_the_same_name()
    {
        var table = new VariableTable([StudioVariables.Oneway("jobs", ("all", "/elsewhere"))], "linux", sharedStorage: "/shared");

        Assert.Equal("/shared/a", table.ExpanderFor(VariableAudience.Workers, "linux").Expand("{jobs}/a"));
    }

    [Theory]
    [InlineData("{unknown}/x")]
    [InlineData("{Blender}")]
    [InlineData("{timestamp} {} { {{ }")]
    [InlineData("{blender")]
    public void Text_that_is_not_a_variable_is_unchanged(string text) => Assert.Equal(text, Expand("linux", text));

    [Theory]
    [InlineData("{{blenderArgs}}", "{-b -y}")]
    [InlineData("{unknown{blenderArgs}", "{unknown-b -y")]
    public void A_variable_inside_other_braces_is_expanded(string text, string expanded) => Assert.Equal(expanded, Expand("linux", text));

    [Fact]
    public void A_variable_without_a_value_for_the_platform_is_unchanged() => Assert.Equal("{unix}/a", Expand("windows", "{unix}/a"));

    [Fact]
    public void Strings_and_strings_in_arrays_are_expanded_but_nested_values_are_not()
    {
        const string stored = """{"exe":"{blender}","n":5,"args":["{jobs}/x",7,["{jobs}"],{"a":"{jobs}"}],"nested":{"a":"{jobs}"},"none":null}""";
        var parameters = JsonNode.Parse(stored)!.AsObject();

        var expanded = StudioVariables.Table.ExpanderFor(VariableAudience.Workers, "linux").Expand(parameters);

        Assert.Equal(
            """{"exe":"/opt/blender/blender","n":5,"args":["/mnt/storage/jobs/x",7,["{jobs}"],{"a":"{jobs}"}],"nested":{"a":"{jobs}"},"none":null}""",
            expanded.ToJsonString());
        Assert.Equal(stored, parameters.ToJsonString());
    }

    [Fact]
    public void The_variables_of_a_platform_are_listed_by_name_with_their_values() => Assert.Equal(
        [
            new("blender", @"C:\Blender\blender.exe", false), new("blenderArgs", "-b -y", false), new("jobs", "/mnt/storage/jobs", false),
            new("renders", @"\\nas\renders", true), new("shots", "{renders}/shots", false), new("storage", "S:", true),
        ],
        StudioVariables.Table.For(VariableAudience.Users, "windows"));

    private static string Expand(string platform, string text) => StudioVariables.Table.ExpanderFor(VariableAudience.Workers, platform).Expand(text);
}
