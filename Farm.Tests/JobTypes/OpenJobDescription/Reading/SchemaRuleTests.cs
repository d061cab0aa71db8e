using Farm.Server.JobTypes.OpenJobDescription.Reading;

namespace Farm.Tests.JobTypes.OpenJobDescription.Reading;

/// <summary>Every schema rule of specification 2023-09, with valid and invalid examples.</summary>
public sealed class SchemaRuleTests
{
    [Theory]
    [MemberData(nameof(SchemaRules.Accepted), MemberType = typeof(SchemaRules))]
    public void Valid_templates_are_accepted(string rule, string place, string piece)
    {
        var reading = TemplateReader.Read(Templates.Around(place, piece), isJson: false);

        Assert.True(reading.Problems.Count == 0, $"{rule}: {string.Join('\n', reading.Problems)}");
        Assert.NotNull(reading.Template);
    }

    [Theory]
    [MemberData(nameof(SchemaRules.Refused), MemberType = typeof(SchemaRules))]
    public void Invalid_templates_are_rejected_with_path_and_reason(string rule, string place, string piece, string path, string reason)
    {
        var reading = TemplateReader.Read(Templates.Around(place, piece), isJson: false);

        Assert.Null(reading.Template);
        Assert.True(
            reading.Problems.Any(problem => problem.Path == path && problem.Reason.Contains(reason)), $"{rule}: {string.Join('\n', reading.Problems)}");
    }
}
