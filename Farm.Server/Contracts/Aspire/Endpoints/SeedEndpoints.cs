using System.Text.Json;
using Farm.Server.Contracts.Aspire.Domain;
using Farm.Server.Contracts.Aspire.Messages;
using Farm.Server.Contracts.Aspire.Operations;
using Farm.Server.Contracts.Shared;

namespace Farm.Server.Contracts.Aspire.Endpoints;

/// <summary>Creates, fills, shows and controls seeds (Contracts/Aspire/Contract.md section 6).</summary>
internal sealed class SeedEndpoints(Seeds seeds, EntryPush push)
{
    private const int MaxPriority = 100;

    /// <summary>Creates a seed.</summary>
    public async Task CreateAsync(HttpContext context)
    {
        var body = await RequestBody.ReadObjectAsync(context);
        var defaults = new NewSeed();
        var type = body.Text("type") ?? defaults.EntryType;
        if (!EntryRules.IsEntryType(type)) throw AspireException.NotAcceptable("\"type\" must be \"scan\" or \"process\"");
        var id = await seeds.CreateAsync(context.Caller(), new NewSeed
        {
            Description = body.Text("description")?.Trim() ?? "",
            EntryType = type,
            Connector = body.Text("connector") ?? "",
            Tags = TagValues.Read(body, "tags"),
            BatchSize = Number(body, "batchSize", defaults.BatchSize, 1, Seeds.MaxBatchSize),
            Priority = Number(body, "priority", defaults.Priority, 0, MaxPriority),
        });
        var answer = new NewSeedResponse(new NewSeedMessage(TimestampId.Text(id)));
        await context.RespondAsync(StatusCodes.Status201Created, answer, AspireJson.Wire.NewSeedResponse);
    }

    /// <summary>Shows a seed.</summary>
    public Task GetAsync(HttpContext context, string id) => TimestampId.TryParse(id, out var seed) && seeds.Find(seed) is { } found
        ? context.RespondAsync(StatusCodes.Status200OK, new SeedResponse(Mapping.Message(found)), AspireJson.Wire.SeedResponse)
        : throw NoSuchSeed(id);

    /// <summary>Pauses a seed.</summary>
    public async Task PauseAsync(HttpContext context, string id) =>
        await context.RespondMessageAsync(await seeds.PauseAsync(context.Caller(), Seed(id)) ? "the seed was paused" : "the seed is already paused");

    /// <summary>Resumes a seed.</summary>
    public async Task ResumeAsync(HttpContext context, string id) =>
        await context.RespondMessageAsync(await seeds.ResumeAsync(context.Caller(), Seed(id)) ? "the seed was resumed" : "the seed is already running");

    /// <summary>Stops a seed.</summary>
    public async Task StopAsync(HttpContext context, string id) =>
        await context.RespondMessageAsync(await seeds.StopAsync(context.Caller(), Seed(id)) ? "the seed was stopped" : "the seed is already stopped");

    /// <summary>Adds entries to a seed.</summary>
    public async Task PushAsync(HttpContext context)
    {
        var body = await RequestBody.ReadObjectAsync(context);
        var seed = body.RequiredText("seedId");
        push.CheckCount(PushedDocuments.Count(body));
        var entries = PushedDocuments.Read(body);
        var first = await push.PushAsync(context.Caller(), Seed(seed), entries);
        var answer = new PushResponse(entries.Select((entry, i) => new PushedMessage(entry.Url, TimestampId.Text(first + i))));
        context.Response.ContentType = "application/json";
        await JsonSerializer.SerializeAsync(context.Response.Body, answer, AspireJson.Wire.PushResponse, context.RequestAborted);
    }

    private static long Seed(string id) => TimestampId.TryParse(id, out var seed) ? seed : throw NoSuchSeed(id);

    private static AspireException NoSuchSeed(string id) => AspireException.NotFound($"no such seed: {AspireException.Echo(id)}");

    private static int Number(JsonElement body, string name, int defaultValue, int min, int max) => body.Value(name) switch
    {
        null => defaultValue,
        { ValueKind: JsonValueKind.Number } value when value.TryGetInt32(out var number) && number >= min && number <= max => number,
        _ => throw AspireException.NotAcceptable($"\"{name}\" must be a whole number from {min} to {max}"),
    };
}
