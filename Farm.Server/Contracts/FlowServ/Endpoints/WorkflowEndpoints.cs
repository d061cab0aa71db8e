using Farm.Server.Contracts.FlowServ.Messages;
using Farm.Server.Contracts.FlowServ.Operations;

namespace Farm.Server.Contracts.FlowServ.Endpoints;

/// <summary>Workflows and their leaderboards, which are public (Contracts/FlowServ/Contract.md section 4.2).</summary>
internal sealed class WorkflowEndpoints(FlowServAuthentication authentication, WorkflowCatalog workflows, Leaderboards leaderboards, Mapping mapping)
{
    /// <summary>All workflows.</summary>
    public Task ListAsync(HttpContext context) =>
        context.RespondAsync(new WorkflowsMessage([.. workflows.All().Select(Mapping.Workflow)]), FlowServJson.Wire.WorkflowsMessage);

    /// <summary>One workflow.</summary>
    public Task GetAsync(HttpContext context) =>
        context.RespondAsync(mapping.Workflow(workflows.Find(context.Route("workflowId")), authentication.Optional(context)), FlowServJson.Wire.WorkflowMessage);

    /// <summary>The leaderboard of a workflow; null when its runs have no results.</summary>
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

        await context.RespondAsync(message, FlowServJson.Wire.LeaderboardMessage!);
    }

    /// <summary>One client sends the unfilled pattern <c>{orderBy}</c>.</summary>
    private static string? Order(HttpContext context) => context.Request.Query["orderBy"].ToString() is var order and not "{orderBy}" ? order : null;
}
