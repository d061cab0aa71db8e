using Farm.Server.Domain.Workers;
using Farm.Server.Store.Tables.Jobs;
using Farm.Server.Store.Tables.Tasks;

namespace Farm.Server.Store.Views.Tasks;

/// <summary>Everything about a task except its log. Times are unix milliseconds.</summary>
internal sealed record TaskDetails : TaskRow
{
    /// <summary>The columns of a task <c>t</c> whose list of commands is <c>c</c>.</summary>
    public new const string Columns =
        $"""
        {TaskRow.Columns}, j.created_at, t.touched_at, j.delete_requested_at IS NOT NULL AS is_being_deleted, {LongTextTable.Commands} AS own_commands,
        {LongTextTable.SharedParameters} AS shared_parameters, {LongTextTable.BaseCommands} AS base_commands
        """;

    /// <summary>When its job was submitted.</summary>
    public required long CreatedAt { get; init; }

    /// <summary>When a worker last sent an update; null if never.</summary>
    public long? TouchedAt { get; init; }

    /// <summary>Whether its job is being deleted.</summary>
    public required bool IsBeingDeleted { get; init; }

    /// <summary>Its commands as JSON, variables unexpanded.</summary>
    public string Commands => CommandJson.MergeShared(CommandDelta.Apply(OwnCommands, BaseCommands), SharedParameters);

    /// <summary>The workers that failed it since failures were last forgotten, by name, then in order of registration.</summary>
    public IReadOnlyList<WorkerName> FailedBy { get; init; } = [];

    private string OwnCommands { get; init; } = "";

    private string? BaseCommands { get; init; }

    private string? SharedParameters { get; init; }
}
