using Farm.Dashboard.Lists;

namespace Farm.Tests.Dashboard.Lists;

public sealed class ActivityFilterTests
{
    [Theory]
    [InlineData(null, null, null, null, null)]
    [InlineData("  ", null, null, null, null)]
    [InlineData("shot", null, null, null, "shot")]
    [InlineData("who:ada", "ada", null, null, null)]
    [InlineData("who:\"ada b\" verb:job.pause shot 7", "ada b", "job.pause", null, "shot 7")]
    [InlineData("late VERB:job target:7b", null, "job", "7b", "late")]
    [InlineData("who: ada", null, null, null, "who: ada")]
    [InlineData("somewho:ada", null, null, null, "somewho:ada")]
    [InlineData("who:ada who:bob", "bob", null, null, null)]
    public void Words_and_fields_are_told_apart(string? text, string? who, string? verb, string? target, string? search) =>
        Assert.Equal(new ActivityFilter(who, verb, target, search), ActivityFilter.Read(text));

    [Theory]
    [InlineData("ada")]
    [InlineData("ada b")]
    public void What_a_link_searches_for_is_found_again(string name) =>
        Assert.Equal(new ActivityFilter(name, null, null, null), ActivityFilter.Read(ActivityFilter.Text("who", name)));
}
