using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Farm.Server.Contracts.FlowServ.Domain;
using Farm.Server.Contracts.FlowServ.Messages;
using Farm.Server.Contracts.FlowServ.Operations;
using Farm.Server.Contracts.FlowServ.Store;
using Farm.Server.Contracts.Shared;
using Farm.Server.Domain;
using Farm.Server.JobTypes.FlowServ.Arguments;
using Farm.Server.JobTypes.FlowServ.Values;

namespace Farm.Server.Contracts.FlowServ.Endpoints;

/// <summary>The run operations (Contracts/FlowServ/Contract.md sections 2.1 to 2.5).</summary>
internal sealed class RunEndpoints(FlowServAuthentication authentication, WorkflowRuns runs, WorkflowGroups groups, Mapping mapping)
{
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>start_run.</summary>
    public async Task StartAsync(HttpContext context)
    {
        var token = FlowServAuthentication.Token(context);
        var body = await RequestBody.ReadAsync(context, "arguments");
        var (arguments, sent) = Arguments(body.List("arguments") ?? []);
        var group = groups.Find(context.Route("userGroupId"));
        var account = authentication.Member(token, group);
        var run = await runs.StartAsync(context.Caller(), group, account, arguments, sent);
        await RespondAsync(context, runs.Find(Mapping.Id(run)), group, StatusCodes.Status201Created);
    }

    /// <summary>list_runs. Ignores a state that does not match exactly, as clients send various values for none.</summary>
    public Task ListAsync(HttpContext context)
    {
        var token = FlowServAuthentication.Token(context);
        var group = groups.Find(context.Route("userGroupId"));
        authentication.Member(token, group);
        var state = RunStates.Parse(context.Request.Query["state"]);
        var found = runs.OfGroup(group.Id).Where(run => state is null || run.State == state);
        return context.RespondAsync(new RunsMessage([.. found.Select(Mapping.Entry)]), FlowServJson.Wire.RunsMessage);
    }

    /// <summary>get_run.</summary>
    public Task GetAsync(HttpContext context)
    {
        var token = FlowServAuthentication.Token(context);
        var (run, group) = Run(context);
        authentication.Member(token, group);
        return RespondAsync(context, run, group);
    }

    /// <summary>cancel_run.</summary>
    public async Task CancelAsync(HttpContext context)
    {
        var token = FlowServAuthentication.Token(context);
        var reason = (await RequestBody.ReadOptionalAsync(context, "reason")).Text("reason");
        var (run, group) = Run(context);
        authentication.Member(token, group);
        await runs.CancelAsync(context.Caller(), run.Uuid, reason);
        await RespondAsync(context, runs.Find(Mapping.Id(run.Uuid)), group);
    }

    /// <summary>delete_run.</summary>
    public async Task DeleteAsync(HttpContext context)
    {
        var token = FlowServAuthentication.Token(context);
        var (run, group) = Run(context);
        authentication.Member(token, group);
        await runs.DeleteAsync(context.Caller(), run.Uuid);
        await context.RespondNoContentAsync();
    }

    private (Run Run, WorkflowGroup Group) Run(HttpContext context)
    {
        var id = context.Route("runId");
        var run = runs.Find(id);
        return (run, groups.Find(run.GroupId) ?? throw FarmException.NotFound($"unknown run '{id}'"));
    }

    private Task RespondAsync(HttpContext context, Run run, WorkflowGroup group, int status = StatusCodes.Status200OK) =>
        context.RespondAsync(mapping.Run(run, group), FlowServJson.Wire.RunMessage, status);

    /// <summary>The arguments, also as normalized JSON.</summary>
    private static (List<Argument> Arguments, string Sent) Arguments(IReadOnlyList<JsonElement> list)
    {
        var arguments = new List<Argument>();
        var sent = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(sent, Relaxed);
        writer.WriteStartArray();
        foreach (var item in list)
        {
            RequestBody.RejectUnknown(item, "an argument", "name", "value");
            if (!item.TryGetProperty("name", out var name) || !item.TryGetProperty("value", out var value))
                throw FlowServException.Malformed("an argument needs a 'name' and a 'value'");
            var argument = new Argument(RequestBody.AsText(name, "name"), Value(value));
            arguments.Add(argument);
            writer.WriteStartObject();
            writer.WriteString("name", argument.Name);
            writer.WritePropertyName("value");
            writer.WriteRawValue(JsonValues.Write(argument.Value));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.Flush();
        return (arguments, Encoding.UTF8.GetString(sent.WrittenSpan));
    }

    private static PyValue Value(JsonElement value)
    {
        try
        {
            return JsonValues.Read(value);
        }
        catch (FormatException broken)
        {
            throw FlowServException.Malformed(broken.Message);
        }
    }
}
