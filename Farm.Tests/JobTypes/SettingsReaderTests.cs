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
    public void An_integer_can_be_written_in_several_ways(string json) => Assert.Equal(5, Read(json).Int32("key", least: 0));

    [Theory]
    [InlineData("5.5")]
    [InlineData("\"five\"")]
    [InlineData("\"\"")]
    [InlineData("true")]
    [InlineData("[5]")]
    [InlineData("{}")]
    [InlineData("1e300")]
    [InlineData("2147483648")]
    public void An_invalid_integer_is_rejected(string json) =>
        Assert.Equal($"Setting \"key\" must be a whole number, but is {Show(json)}.", Refusal(() => Read(json).Int32("key", least: 0)));

    [Fact]
    public void A_number_below_the_minimum_is_rejected() =>
        Assert.Equal("Setting \"key\" must be at least 1, but is 0.", Refusal(() => Read("0").Int32("key", least: 1)));

    [Theory]
    [InlineData("\"a\"", "a")]
    [InlineData("12", "12")]
    [InlineData("\"\"", null)]
    [InlineData("\"  \"", null)]
    [InlineData("null", null)]
    public void A_number_is_accepted_as_text_and_blank_text_is_null(string json, string? text) => Assert.Equal(text, Read(json).OptionalText("key"));

    [Theory]
    [InlineData("true")]
    [InlineData("[\"a\"]")]
    [InlineData("{\"a\":1}")]
    public void An_invalid_text_is_rejected(string json) =>
        Assert.Equal($"Setting \"key\" must be a text, but is {json}.", Refusal(() => Read(json).OptionalText("key")));

    [Theory]
    [InlineData("true", true)]
    [InlineData("\"True\"", true)]
    [InlineData("1", true)]
    [InlineData("false", false)]
    [InlineData("0", false)]
    [InlineData("null", null)]
    public void A_flag_can_be_written_in_several_ways(string json, bool? flag) => Assert.Equal(flag, Read(json).Flag("key"));

    [Fact]
    public void An_invalid_flag_is_rejected() =>
        Assert.Equal("Setting \"key\" must be true or false, but is \"maybe\".", Refusal(() => Read("\"maybe\"").Flag("key")));

    [Theory]
    [InlineData("23.976", 23.976)]
    [InlineData("\"24\"", 24.0)]
    [InlineData("null", null)]
    public void A_number_can_be_written_as_text(string json, double? number) => Assert.Equal(number, Read(json).NonNegativeNumber("key"));

    [Theory]
    [InlineData("-1")]
    [InlineData("\"NaN\"")]
    [InlineData("\"Infinity\"")]
    public void A_negative_or_non_finite_number_is_rejected(string json) => Assert.Equal(
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
    public void The_error_truncates_a_long_value() =>
        Assert.InRange(Refusal(() => Read($"[\"{new string('x', 5000)}\"]").OptionalText("key")).Length, 1, 120);

    private static SettingsReader Read(string json) => new(new JsonObject { ["key"] = JsonNode.Parse(json) });

    private static string Show(string json) => JsonNode.Parse(json)!.ToJsonString();

    private static string Refusal(Func<object?> read) => Assert.Throws<JobCompilationException>(read).Message;
}
