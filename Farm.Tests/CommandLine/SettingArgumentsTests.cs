using System.Text.Json.Nodes;
using Farm.Server.CommandLine;

namespace Farm.Tests.CommandLine;

public sealed class SettingArgumentsTests
{
    private static readonly JsonObject JobType = JsonNode.Parse(
        """
        {"name": "render", "settings": [
          {"key": "frames", "type": "string"}, {"key": "chunk_size", "type": "int32", "default": 3},
          {"key": "fps", "type": "float"}, {"key": "preview", "type": "bool"}]}
        """)!.AsObject();

    [Fact]
    public void Values_are_converted_to_the_types_declared_by_the_job_type()
    {
        var settings = SettingArguments.Read(JobType, ["frames=1-10", "chunk_size=5", "fps=23.976", "preview=true"]);

        Assert.Equal("""{"chunk_size":5,"frames":"1-10","fps":23.976,"preview":true}""", settings.ToJsonString());
    }

    [Fact]
    public void Unset_settings_get_their_defaults() =>
        Assert.Equal("""{"chunk_size":3}""", SettingArguments.Read(JobType, []).ToJsonString());

    [Fact]
    public void A_value_can_contain_equals_signs_or_be_empty() =>
        Assert.Equal("""{"chunk_size":3,"frames":""}""", SettingArguments.Read(JobType, ["frames=a=b", "frames="]).ToJsonString());

    [Theory]
    [InlineData("frames", "name=value")]
    [InlineData("=1", "name=value")]
    [InlineData("colour=red", "frames, chunk_size, fps, preview")]
    [InlineData("chunk_size=many", "int32")]
    [InlineData("chunk_size=1.5", "int32")]
    [InlineData("fps=NaN", "float")]
    [InlineData("preview=yes", "bool")]
    public void An_invalid_argument_is_rejected_with_a_reason(string argument, string named) =>
        Assert.Contains(named, Assert.Throws<CommandFailedException>(() => SettingArguments.Read(JobType, [argument])).Message);
}
