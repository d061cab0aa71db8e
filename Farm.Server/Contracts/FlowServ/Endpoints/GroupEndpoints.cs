using System.Text.Json;
using Farm.Server.Contracts.FlowServ.Messages;
using Farm.Server.Contracts.FlowServ.Operations;
using Farm.Server.Contracts.FlowServ.Store;
using Farm.Server.Domain;
using Farm.Server.JobTypes.FlowServ.Values;

namespace Farm.Server.Contracts.FlowServ.Endpoints;

/// <summary>Groups (Contracts/FlowServ/Contract.md section 4.3).</summary>
internal sealed class GroupEndpoints(Callers callers, WorkflowCatalog workflows, WorkflowGroups groups, WorkflowRuns runs, Mapping mapping)
{
    /// <summary>Makes a group.</summary>
    public async Task CreateAsync(HttpContext context)
    {
        var token = Callers.Token(context);
        var body = await RequestBody.ReadAsync(context, "name", "members", "id", "config", "parameters");
        var group = new NewWorkflowGroup(body.Needed("name"))
        {
            Members = body.Texts("members") ?? [],
            Key = body.Text("id"),
            Config = Config(body.Value("config")),
            Parameters = Parameters(body.List("parameters")),
        };
        var workflow = workflows.Find(context.Route("workflowId"));
        var made = await groups.CreateAsync(workflow, callers.Account(token), group);
        await context.AnswerAsync(mapping.Group(made), FlowServJson.Wire.GroupMessage, StatusCodes.Status201Created);
    }

    /// <summary>The caller's groups of a workflow.</summary>
    public Task ListOfWorkflowAsync(HttpContext context)
    {
        var token = Callers.Token(context);
        var workflow = workflows.Find(context.Route("workflowId"));
        return AnswerAsync(context, groups.Of(callers.Account(token), workflow.Id));
    }

    /// <summary>The caller's groups.</summary>
    public Task ListAsync(HttpContext context) => AnswerAsync(context, groups.Of(callers.Account(Callers.Token(context))));

    /// <summary>A group, for anybody with a token.</summary>
    public Task GetAsync(HttpContext context)
    {
        var token = Callers.Token(context);
        var group = groups.Find(context.Route("userGroupId"));
        callers.Account(token);
        var message = mapping.Group(group) with { Runs = [.. runs.OfGroup(group.Id).Select(Mapping.Entry)] };
        return context.AnswerAsync(message, FlowServJson.Wire.GroupMessage);
    }

    /// <summary>Changes the name or the members of a group.</summary>
    public async Task UpdateAsync(HttpContext context)
    {
        var token = Callers.Token(context);
        var body = await RequestBody.ReadAsync(context, "name", "members");
        var (name, members) = (body.Text("name"), body.Texts("members"));
        var group = groups.Find(context.Route("userGroupId"));
        callers.Member(token, group);
        var changed = await groups.UpdateAsync(group.Id, name, members);
        await context.AnswerAsync(mapping.Group(changed), FlowServJson.Wire.GroupMessage);
    }

    /// <summary>Removes a group with its uploads and runs.</summary>
    public async Task DeleteAsync(HttpContext context)
    {
        var token = Callers.Token(context);
        var group = groups.Find(context.Route("userGroupId"));
        callers.Member(token, group);
        await groups.DeleteAsync(group.Id);
        await context.AnswerDeletedAsync();
    }

    private static Task AnswerAsync(HttpContext context, IEnumerable<WorkflowGroup> found) =>
        context.AnswerAsync(new GroupsMessage([.. found.Select(Mapping.Entry)]), FlowServJson.Wire.GroupsMessage);

    private static string? Config(JsonElement? config) => config switch
    {
        null => null,
        { ValueKind: JsonValueKind.Object } map => map.GetRawText(),
        _ => throw FlowServException.Malformed("invalid element 'config'"),
    };

    private static PyList? Parameters(IReadOnlyList<JsonElement>? declarations)
    {
        try
        {
            return declarations is null ? null : new PyList([.. declarations.Select(JsonValues.Read)]);
        }
        catch (FormatException broken)
        {
            throw FarmException.Invalid(broken.Message);
        }
    }
}
