using System.Text.Json;
using System.Text.Json.Nodes;
using Farm.Server.Domain.Variables;
using Farm.Server.JobTypes;
using Farm.Server.JobTypes.Drafts;
using Farm.Server.Store.Tables.Tasks;
using Farm.Server.Worker;
using Farm.Tests.JobTypes.OpenJobDescription;
using Farm.Tests.Worker.Support;

namespace Farm.Tests.Worker.Commands.OpenJobDescription;

/// <summary>Runs the first task of a template as it would be handed to a worker.</summary>
internal sealed class SessionFixture : IDisposable
{
    public CommandFixture Fixture { get; init; } = new();

    /// <summary>Output of programs without times and process ids.</summary>
    public IReadOnlyList<string> Said
    {
        get
        {
            lock (Fixture.Log) return [.. Fixture.Log.Where(line => line.Contains(" > ")).Select(line => line.Split(" > ", 2)[1])];
        }
    }

    /// <summary>A template with one step that has these properties.</summary>
    public static string Step(string properties, string root = "") =>
        $"specificationVersion: jobtemplate-2023-09\nname: T\n{root}{(root.Length > 0 ? "\n" : "")}steps:\n- name: S\n{Indented(properties)}";

    /// <summary>Runs the first task.</summary>
    public Task RunAsync(string template, string settings = "{}", CancellationToken cancellationToken = default, params BoundVariable[] rules)
    {
        var stage = Templates.Compile(template, settings, rules).Stages[0];
        var commands = CommandJson.MergeShared(CommandDraftJson.Write(stage.Tasks.First().Commands), stage.SharedText);
        var command = JsonNode.Parse(commands)![0]!;
        var expander = new VariableExpander([.. rules.Select(rule => rule with { Value = $"/here{rule.Value}" })], [], "linux");
        var parameters = expander.Expand(command["parameters"]!.AsObject());
        return Fixture.RunAsync((string)command["name"]!, JsonSerializer.SerializeToElement(parameters), (int)command["total_step_count"]!, cancellationToken);
    }

    /// <summary>Runs the first task, which must fail.</summary>
    /// <returns>The error message.</returns>
    public async Task<string> FailAsync(string template) =>
        (await Assert.ThrowsAsync<TaskCommandException>(() => RunAsync(template))).Message;

    public void Dispose() => Fixture.Dispose();

    private static string Indented(string text) => "  " + text.ReplaceLineEndings("\n  ");
}
