using System.Text.Json;
using Farm.Server.Contracts.FlowServ.Messages;
using Farm.Server.Contracts.FlowServ.Operations;
using Farm.Server.Contracts.FlowServ.Store;
using Farm.Server.Contracts.Shared;
using Farm.Server.Domain;
using Farm.Server.JobTypes.FlowServ.Values;

namespace Farm.Server.Contracts.FlowServ.Endpoints;

/// <summary>Groups (Contracts/FlowServ/Contract.md section 4.3).</summary>
internal sealed class GroupEndpoints(FlowServAuthentication authentication, WorkflowCatalog workflows, WorkflowGroups groups, WorkflowRuns runs, Mapping mapping)
{
    /// <summary>Creates a group.</summary>
    public async Task CreateAsync(HttpContext context)
    {
        var token = FlowServAuthentication.Token(context);
        var body = await RequestBody.ReadAsync(context, "name", "members", "id", "config", "parameters");
        var group = new NewWorkflowGroup(body.Required("name"))
        {
            Members = body.Texts("members") ?? [],
            Key = body.Text("id"),
            Config = Config(body.Value("config")),
            Parameters = Parameters(body.List("parameters")),
        };
        var workflow = workflows.Find(context.Route("workflowId"));
        var created = await groups.CreateAsync(context.Caller(), workflow, authentication.Account(token), group);
        await context.RespondAsync(mapping.Group(created), FlowServJson.Wire.GroupMessage, StatusCodes.Status201Created);
    }

    /// <summary>The caller's groups of a workflow.</summary>
    public Task ListOfWorkflowAsync(HttpContext context)
    {
        var token = FlowServAuthentication.Token(context);
        var workflow = workflows.Find(context.Route("workflowId"));
        return RespondAsync(context, groups.Of(authentication.Account(token), workflow.Id));
    }

    /// <summary>The caller's groups.</summary>
    public Task ListAsync(HttpContext context) => RespondAsync(context, groups.Of(authentication.Account(FlowServAuthentication.Token(context))));

    /// <summary>A group, for any account.</summary>
    public Task GetAsync(HttpContext context)
    {
        var token = FlowServAuthentication.Token(context);
        var group = groups.Find(context.Route("userGroupId"));
        authentication.Account(token);
        var message = mapping.Group(group) with { Runs = [.. runs.OfGroup(group.Id).Select(Mapping.Entry)] };
        return context.RespondAsync(message, FlowServJson.Wire.GroupMessage);
    }

    /// <summary>Changes the name or the members of a group.</summary>
    public async Task UpdateAsync(HttpContext context)
    {
        var token = FlowServAuthentication.Token(context);
        var body = await RequestBody.ReadAsync(context, "name", "members");
        var (name, members) = (body.Text("name"), body.Texts("members"));
        var group = groups.Find(context.Route("userGroupId"));
        authentication.Member(token, group);
        var changed = await groups.UpdateAsync(context.Caller(), group.Id, name, members);
        await context.RespondAsync(mapping.Group(changed), FlowServJson.Wire.GroupMessage);
    }

    /// <summary>Deletes a group with its uploads and runs.</summary>
    public async Task DeleteAsync(HttpContext context)
    {
        var token = FlowServAuthentication.Token(context);
        var group = groups.Find(context.Route("userGroupId"));
        authentication.Member(token, group);
        await groups.DeleteAsync(context.Caller(), group.Id);
        await context.RespondNoContentAsync();
    }

    private static Task RespondAsync(HttpContext context, IEnumerable<WorkflowGroup> found) =>
        context.RespondAsync(new GroupsMessage([.. found.Select(Mapping.Entry)]), FlowServJson.Wire.GroupsMessage);

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
