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
    public void Values_take_the_type_that_the_job_type_declares()
    {
        var settings = SettingArguments.Read(JobType, ["frames=1-10", "chunk_size=5", "fps=23.976", "preview=true"]);

        Assert.Equal("""{"chunk_size":5,"frames":"1-10","fps":23.976,"preview":true}""", settings.ToJsonString());
    }

    [Fact]
    public void Defaults_stand_in_for_what_is_not_named() =>
        Assert.Equal("""{"chunk_size":3}""", SettingArguments.Read(JobType, []).ToJsonString());

    [Fact]
    public void A_value_may_have_equals_signs_and_may_be_empty() =>
        Assert.Equal("""{"chunk_size":3,"frames":""}""", SettingArguments.Read(JobType, ["frames=a=b", "frames="]).ToJsonString());

    [Theory]
    [InlineData("frames", "name=value")]
    [InlineData("=1", "name=value")]
    [InlineData("colour=red", "frames, chunk_size, fps, preview")]
    [InlineData("chunk_size=many", "int32")]
    [InlineData("chunk_size=1.5", "int32")]
    [InlineData("fps=NaN", "float")]
    [InlineData("preview=yes", "bool")]
    public void What_cannot_be_used_is_refused_in_one_sentence(string argument, string named) =>
        Assert.Contains(named, Assert.Throws<CommandFailedException>(() => SettingArguments.Read(JobType, [argument])).Message);
}
