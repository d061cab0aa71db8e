using Farm.Server.Domain.Variables;

namespace Farm.Tests.Domain.Variables;

public sealed class VariableTests
{
    [Fact]
    public void A_platforms_own_value_comes_before_the_value_for_all_platforms()
    {
        var variable = new Variable("ffmpeg", IsTwoway: false,
        [
            new(VariableAudience.All, ["linux", "darwin"], "/usr/bin/ffmpeg"),
            new(VariableAudience.All, ["all"], "ffmpeg"),
        ]);

        Assert.Equal("/usr/bin/ffmpeg", variable.Find(VariableAudience.Workers, "linux"));
        Assert.Equal("ffmpeg", variable.Find(VariableAudience.Workers, "windows"));
    }

    [Fact]
    public void A_value_applies_only_to_its_audience()
    {
        var variable = new Variable("out", IsTwoway: false,
        [
            new(VariableAudience.Workers, ["linux"], "/mnt/out"),
            new(VariableAudience.Users, ["linux"], "/home/out"),
        ]);

        Assert.Equal("/mnt/out", variable.Find(VariableAudience.Workers, "linux"));
        Assert.Equal("/home/out", variable.Find(VariableAudience.Users, "linux"));
        Assert.Null(variable.Find(VariableAudience.Users, "windows"));
    }

    [Theory]
    [InlineData(@"S:\", "S:")]
    [InlineData("/mnt/s//", "/mnt/s")]
    [InlineData(@"\\nas\s\", @"\\nas\s")]
    public void A_two_way_value_loses_its_trailing_separators(string configured, string value)
    {
        VariableValue[] values = [new(VariableAudience.All, ["all"], configured)];

        Assert.Equal(value, new Variable("s", IsTwoway: true, values).Find(VariableAudience.Workers, "linux"));
        Assert.Equal(configured, new Variable("s", IsTwoway: false, values).Find(VariableAudience.Workers, "linux"));
    }
}
