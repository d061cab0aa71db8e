using Farm.Server.Contracts.FlowServ.Messages;
using Farm.Server.Contracts.FlowServ.Operations;

namespace Farm.Server.Contracts.FlowServ.Endpoints;

/// <summary>Workflows and their leaderboards, which anybody may see (Contracts/FlowServ/Contract.md section 4.2).</summary>
internal sealed class WorkflowEndpoints(Callers callers, WorkflowCatalog workflows, Leaderboards leaderboards, Mapping mapping)
{
    /// <summary>All workflows.</summary>
    public Task ListAsync(HttpContext context) =>
        context.AnswerAsync(new WorkflowsMessage([.. workflows.All().Select(Mapping.Workflow)]), FlowServJson.Wire.WorkflowsMessage);

    /// <summary>One workflow.</summary>
    public Task GetAsync(HttpContext context) =>
        context.AnswerAsync(mapping.Workflow(workflows.Find(context.Route("workflowId")), callers.Optional(context)), FlowServJson.Wire.WorkflowMessage);

    /// <summary>The leaderboard of a workflow; null for one whose runs have no results.</summary>
    public async Task LeaderboardAsync(HttpContext context)
    {
        var workflow = workflows.Find(context.Route("workflowId"));
        LeaderboardMessage? message = null;
        if (WorkflowCatalog.Template(workflow).Results is { } schema)
        {
            var includeAll = context.Request.Query["includeAll"].ToString().Equals("true", StringComparison.OrdinalIgnoreCase);
            var ranking = await leaderboards.OfAsync(workflow, schema, Order(context), includeAll);
            message = new LeaderboardMessage(
                [.. schema.Columns.Select(column => new ColumnMessage(column.Name, column.Label, column.Type.ToString().ToLowerInvariant()))],
                [.. ranking.Select(Mapping.Ranking)]);
        }

        await context.AnswerAsync(message, FlowServJson.Wire.LeaderboardMessage!);
    }

    /// <summary>One client sends the pattern as it is, with nothing put in.</summary>
    private static string? Order(HttpContext context) => context.Request.Query["orderBy"].ToString() is var order and not "{orderBy}" ? order : null;
}
