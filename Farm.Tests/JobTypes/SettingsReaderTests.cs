using System.Text.Json.Nodes;
using Farm.Server.JobTypes;

namespace Farm.Tests.JobTypes;

public sealed class SettingsReaderTests
{
    [Theory]
    [InlineData("5")]
    [InlineData("5.0")]
    [InlineData("5e0")]
    [InlineData("\"5\"")]
    [InlineData("\" 5.0 \"")]
    public void A_whole_number_may_be_written_in_many_ways(string json) => Assert.Equal(5, Read(json).Int32("key", least: 0));

    [Theory]
    [InlineData("5.5")]
    [InlineData("\"five\"")]
    [InlineData("\"\"")]
    [InlineData("true")]
    [InlineData("[5]")]
    [InlineData("{}")]
    [InlineData("1e300")]
    [InlineData("2147483648")]
    public void What_is_no_whole_number_is_refused(string json) =>
        Assert.Equal($"Setting \"key\" must be a whole number, but is {Show(json)}.", Refusal(() => Read(json).Int32("key", least: 0)));

    [Fact]
    public void A_number_below_the_least_is_refused() =>
        Assert.Equal("Setting \"key\" must be at least 1, but is 0.", Refusal(() => Read("0").Int32("key", least: 1)));

    [Theory]
    [InlineData("\"a\"", "a")]
    [InlineData("12", "12")]
    [InlineData("\"\"", null)]
    [InlineData("\"  \"", null)]
    [InlineData("null", null)]
    public void A_number_is_a_text_and_blanks_are_none(string json, string? text) => Assert.Equal(text, Read(json).OptionalText("key"));

    [Theory]
    [InlineData("true")]
    [InlineData("[\"a\"]")]
    [InlineData("{\"a\":1}")]
    public void What_is_no_text_is_refused(string json) =>
        Assert.Equal($"Setting \"key\" must be a text, but is {json}.", Refusal(() => Read(json).OptionalText("key")));

    [Theory]
    [InlineData("true", true)]
    [InlineData("\"True\"", true)]
    [InlineData("1", true)]
    [InlineData("false", false)]
    [InlineData("0", false)]
    [InlineData("null", null)]
    public void A_flag_may_be_written_in_many_ways(string json, bool? flag) => Assert.Equal(flag, Read(json).Flag("key"));

    [Fact]
    public void What_is_no_flag_is_refused() =>
        Assert.Equal("Setting \"key\" must be true or false, but is \"maybe\".", Refusal(() => Read("\"maybe\"").Flag("key")));

    [Theory]
    [InlineData("23.976", 23.976)]
    [InlineData("\"24\"", 24.0)]
    [InlineData("null", null)]
    public void A_number_may_be_text(string json, double? number) => Assert.Equal(number, Read(json).NonNegativeNumber("key"));

    [Theory]
    [InlineData("-1")]
    [InlineData("\"NaN\"")]
    [InlineData("\"Infinity\"")]
    public void What_is_negative_or_not_finite_is_refused(string json) => Assert.Equal(
        $"Setting \"key\" must be a number that is not negative, but is {json}.", Refusal(() => Read(json).NonNegativeNumber("key")));

    [Fact]
    public void A_missing_key_is_the_same_as_null()
    {
        var reader = new SettingsReader([]);

        Assert.Null(reader.Int32("key", least: 0));
        Assert.Null(reader.Flag("key"));
        Assert.Equal("Setting \"key\" is missing: it says what.", Refusal(() => reader.RequiredText("key", "it says what")));
    }

    [Fact]
    public void A_long_wrong_value_is_not_repeated_in_full() =>
        Assert.InRange(Refusal(() => Read($"[\"{new string('x', 5000)}\"]").OptionalText("key")).Length, 1, 120);

    private static SettingsReader Read(string json) => new(new JsonObject { ["key"] = JsonNode.Parse(json) });

    private static string Show(string json) => JsonNode.Parse(json)!.ToJsonString();

    private static string Refusal(Func<object?> read) => Assert.Throws<JobCompilationException>(read).Message;
}
