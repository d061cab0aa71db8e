using Farm.Server.Domain.Variables;
using Farm.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace Farm.Tests.Domain.Variables;

public sealed class VariablePropertyTests
{
    private static readonly Gen<string> Platform = Gen.Elements(StudioVariables.Platforms);

    private static readonly Gen<string> RelativePath =
        from parts in Gen.NonEmptyListOf(Gen.Elements("a", "B c", "shot_010", "######", "ü", "x.blend"))
        select string.Join('/', parts);

    private static readonly Gen<(string Platform, string Path)> PathBelowAValue =
        from platform in Platform
        from variable in Gen.Elements(StudioVariables.All.Where(variable => variable.IsTwoway && variable.Name != "unix"))
        from rest in RelativePath
        select (platform, InFormOf(platform, variable.Find(VariableAudience.Workers, platform) + "/" + rest));

    [Fact]
    public void A_path_below_a_two_way_value_round_trips_on_its_platform() => Rule.HoldsFor(PathBelowAValue, sample =>
        Assert.Equal(sample.Path, Expand(sample.Platform, Replace(sample.Platform, sample.Path))));

    [Fact]
    public void A_path_below_a_two_way_value_round_trips_through_any_platform() => Rule.HoldsFor(
        from sample in PathBelowAValue
        from other in Platform
        select (sample, other),
        pair =>
        {
            var there = Expand(pair.other, Replace(pair.sample.Platform, pair.sample.Path));
            var back = Expand(pair.sample.Platform, Replace(pair.other, there));

            Assert.Equal(pair.sample.Path, back);
        });

    [Fact]
    public void Replacing_twice_changes_nothing() => Rule.HoldsFor(PathBelowAValue, sample =>
    {
        var replaced = Replace(sample.Platform, sample.Path);

        Assert.StartsWith("{", replaced);
        Assert.Equal(replaced, Replace(sample.Platform, replaced));
    });

    [Fact]
    public void No_text_makes_it_throw() => Rule.HoldsFor(
        from pieces in Gen.ListOf(Gen.Elements("{", "}", "storage", "{jobs}", "/mnt/storage", "/", @"\", "S:", "", " "))
        from platform in Platform
        select (Text: string.Concat(pieces), platform),
        sample => Assert.NotNull(Expand(sample.platform, Replace(sample.platform, sample.Text))));

    private static string Replace(string platform, string path) => StudioVariables.Table.ReplacerFor(platform).Replace(path);

    private static string Expand(string platform, string text) => StudioVariables.Table.ExpanderFor(VariableAudience.Workers, platform).Expand(text);

    private static string InFormOf(string platform, string path) => platform == "windows" ? path.Replace('/', '\\') : path;
}
