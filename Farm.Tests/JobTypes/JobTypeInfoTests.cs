using System.Text.Json.Nodes;
using Farm.Server.JobTypes;

namespace Farm.Tests.JobTypes;

public sealed class JobTypeInfoTests
{
    private static readonly JobTypeInfo Type = new("my-job", "My Job", "Does it", [new("key", JobSettingType.String)]);

    [Fact]
    public void The_etag_is_the_same_for_the_same_type() =>
        Assert.Equal(Type.Etag, new JobTypeInfo("my-job", "My Job", "Does it", [new("key", JobSettingType.String)]).Etag);

    [Fact]
    public void The_etag_changes_with_everything_visible_to_clients()
    {
        var setting = Type.Settings[0];
        JobTypeInfo[] others =
        [
            Type with { Name = "other" },
            Type with { Label = "other" },
            Type with { Description = null },
            Type with { Settings = [] },
            .. new[]
            {
                setting with { Key = "other" },
                setting with { Type = JobSettingType.Bool },
                setting with { Default = "x" },
                setting with { Eval = "C.scene.name" },
                setting with { Visible = JobSettingVisibility.Web },
                setting with { Required = true },
                setting with { Editable = false },
                setting with { Editable = true },
            }.Select(changed => Type with { Settings = [changed] }),
        ];

        Assert.Equal(others.Length, others.Select(other => other.Etag).Append(Type.Etag).Distinct().Count() - 1);
    }

    [Fact]
    public void Unset_properties_are_omitted() => Assert.Equal(
        """{"name":"my-job","label":"My Job","etag":"E","settings":[{"key":"key","type":"string"}]}""",
        JobTypeJson.Write(Type with { Description = null }, "E").ToJsonString());

    [Fact]
    public void All_set_properties_are_written()
    {
        var setting = new JobSetting("key", JobSettingType.String)
        {
            Subtype = JobSettingSubtype.HashedFilePath,
            Choices = ["a", "b"],
            PropArgs = new JsonObject { ["maxlen"] = 7 },
            Description = "D",
            Label = "L",
            Default = "a",
            Eval = "C.scene.name",
            EvalInfo = new(ShowLinkButton: true, "E"),
            Visible = JobSettingVisibility.Submission,
            Required = true,
            Editable = false,
        };

        Assert.Equal(
            """
            {"key":"key","type":"string","subtype":"hashed_file_path","choices":["a","b"],"propargs":{"maxlen":7},"description":"D","label":"L","default":"a","eval":"C.scene.name","evalInfo":{"showLinkButton":true,"description":"E"},"visible":"submission","required":true,"editable":false}
            """,
            JobTypeJson.Write(Type with { Settings = [setting] })["settings"]![0]!.ToJsonString());
    }
}
