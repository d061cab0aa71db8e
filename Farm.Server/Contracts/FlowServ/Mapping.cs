using System.Globalization;
using System.Text.Json.Nodes;
using Farm.Server.Contracts.FlowServ.Domain;
using Farm.Server.Contracts.FlowServ.Messages;
using Farm.Server.Contracts.FlowServ.Operations;
using Farm.Server.Contracts.FlowServ.Store;
using Farm.Server.Domain.Accounts;
using Farm.Server.JobTypes.FlowServ.Templates;
using Farm.Server.JobTypes.FlowServ.Values;

namespace Farm.Server.Contracts.FlowServ;

/// <summary>Maps farm records to messages of this protocol.</summary>
internal sealed class Mapping(RunFiles files, WorkflowCatalog workflows, WorkflowGroups groups, GroupUploads uploads)
{
    /// <summary>A UTC time, always with microseconds (Contracts/FlowServ/Contract.md section 1).</summary>
    public static string Time(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
        .ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'+00:00'", CultureInfo.InvariantCulture);

    /// <summary>A UUID as 32 lowercase hex digits.</summary>
    public static string Id(Guid uuid) => uuid.ToString("N");

    /// <summary>A run.</summary>
    public RunMessage Run(Run run, WorkflowGroup group)
    {
        var template = WorkflowCatalog.Template(workflows.Find(group.WorkflowKey));
        return new RunMessage
        {
            Id = Id(run.Uuid),
            State = run.State.Name(),
            CreatedAt = Time(run.CreatedAt),
            WorkflowId = group.WorkflowKey,
            GroupId = group.Key,
            Arguments = JsonNode.Parse(run.Arguments)!,
            Parameters = Parameters(WorkflowGroups.Parameters(group, template)),
            StartedAt = run.State != RunState.Pending && run.StartedAt is { } started ? Time(started) : null,
            FinishedAt = run.State.IsOver() && run.FinishedAt is { } finished ? Time(finished) : null,
            Messages = run.State is RunState.Error or RunState.Canceled ? JsonNode.Parse(run.Messages ?? "[]") : null,
            Files = run.State == RunState.Success ? Files(run, template) : null,
        };
    }

    /// <summary>A run in a list.</summary>
    public static RunEntryMessage Entry(Run run) => new(Id(run.Uuid), run.State.Name(), Time(run.CreatedAt));

    /// <summary>Parameter declarations.</summary>
    public static JsonNode Parameters(IEnumerable<Parameter> parameters) => new JsonArray([.. parameters.Select(p => JsonValues.ToNode(ParameterReader.Write(p)))]);

    /// <summary>A user.</summary>
    public static UserMessage User(Account account, string? token = null) => new(Id(account.Uuid), account.Username, token);

    /// <summary>A workflow in a list.</summary>
    public static WorkflowMessage Workflow(Workflow workflow) => new(workflow.Key, workflow.Name)
    {
        Description = workflow.Description,
        Instructions = workflow.Instructions,
    };

    /// <summary>A workflow with the groups of the caller.</summary>
    public WorkflowMessage Workflow(Workflow workflow, Account? caller)
    {
        var template = WorkflowCatalog.Template(workflow);
        return Workflow(workflow) with
        {
            Parameters = Parameters(template.Parameters),
            ParameterGroups = template.ParameterGroups is { } shown ? [.. shown.Select(group => new ParameterGroupMessage(group.Name, group.Title, group.Index))] : null,
            Groups = caller is null ? null : [.. groups.Of(caller, workflow.Id).Select(Entry)],
        };
    }

    /// <summary>A group in a list.</summary>
    public static GroupEntryMessage Entry(WorkflowGroup group) => new(group.Key, group.Name, group.WorkflowKey);

    /// <summary>A group.</summary>
    public GroupMessage Group(WorkflowGroup group) => new(group.Key, group.Name, group.WorkflowKey)
    {
        Members = [.. groups.Members(group.Id).Select(member => User(member))],
        Parameters = Parameters(WorkflowGroups.Parameters(group, WorkflowCatalog.Template(workflows.Find(group.WorkflowKey)))),
        Files = [.. uploads.Of(group.Id).Select(Upload)],
        Config = group.Config is { } config ? JsonNode.Parse(config) : null,
    };

    /// <summary>An upload.</summary>
    public static UploadMessage Upload(GroupUpload upload) => new(Id(upload.Uuid), upload.Name, Time(upload.CreatedAt), upload.Size);

    /// <summary>A run on a leaderboard.</summary>
    public static RankingMessage Ranking(LeaderboardEntry entry) => new(
        new RankedRunMessage(Id(entry.Run.Uuid), Time(entry.Run.CreatedAt), Time(entry.Run.StartedAt!.Value), Time(entry.Run.FinishedAt!.Value)),
        new RankedGroupMessage(entry.GroupKey, entry.GroupName),
        [.. entry.Results.Entries.Select(result => new ResultMessage(result.Key, JsonValues.ToNode(result.Value)))]);

    private List<RunFileMessage> Files(Run run, WorkflowTemplate template)
    {
        var byPath = files.Of(run).ToDictionary(artifact => artifact.Path);
        return [.. template.Outputs.Select(output => new RunFileMessage(Id(byPath[output.Source].Uuid), output.Key ?? output.Source)
        {
            Title = output.Title,
            Caption = output.Caption,
            Widget = output.Widget is { } widget ? JsonValues.ToNode(widget) : null,
            Format = output.Format is { } format ? JsonValues.ToNode(format) : null,
        })];
    }
}
