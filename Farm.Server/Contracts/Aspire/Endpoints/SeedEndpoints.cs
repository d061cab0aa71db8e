using System.Text.Json;
using Farm.Server.Contracts.Aspire.Domain;
using Farm.Server.Contracts.Aspire.Messages;
using Farm.Server.Contracts.Aspire.Operations;

namespace Farm.Server.Contracts.Aspire.Endpoints;

/// <summary>Seeds are made, filled, looked at and steered (Contracts/Aspire/Contract.md section 6).</summary>
internal sealed class SeedEndpoints(Seeds seeds, EntryPush push)
{
    private const int MostPriority = 100;

    /// <summary>Makes a seed.</summary>
    public async Task CreateAsync(HttpContext context)
    {
        var body = await RequestBody.ReadObjectAsync(context);
        var usual = new NewSeed();
        var type = body.Text("type") ?? usual.EntryType;
        if (!EntryRules.IsEntryType(type)) throw AspireException.NotAcceptable("\"type\" must be \"scan\" or \"process\"");
        var id = await seeds.CreateAsync(new NewSeed
        {
            Description = body.Text("description")?.Trim() ?? "",
            EntryType = type,
            Connector = body.Text("connector") ?? "",
            Tags = TagValues.Read(body, "tags"),
            BatchSize = Number(body, "batchSize", usual.BatchSize, 1, Seeds.LargestBatch),
            Priority = Number(body, "priority", usual.Priority, 0, MostPriority),
        });
        var answer = new NewSeedAnswer(new NewSeedMessage(TimestampId.Text(id)));
        await context.AnswerAsync(StatusCodes.Status201Created, answer, AspireJson.Wire.NewSeedAnswer);
    }

    /// <summary>Tells what a seed is at.</summary>
    public Task GetAsync(HttpContext context, string id) => TimestampId.TryParse(id, out var seed) && seeds.Find(seed) is { } found
        ? context.AnswerAsync(StatusCodes.Status200OK, new SeedAnswer(Mapping.Message(found)), AspireJson.Wire.SeedAnswer)
        : throw NoSuchSeed(id);

    /// <summary>Hands out no more of a seed.</summary>
    public async Task PauseAsync(HttpContext context, string id) =>
        await context.AnswerMessageAsync(await seeds.PauseAsync(Seed(id)) ? "the seed is paused" : "the seed is paused already");

    /// <summary>Goes on with a seed.</summary>
    public async Task ResumeAsync(HttpContext context, string id) =>
        await context.AnswerMessageAsync(await seeds.ResumeAsync(Seed(id)) ? "the seed goes on" : "the seed goes on already");

    /// <summary>Gives a seed up.</summary>
    public async Task StopAsync(HttpContext context, string id) =>
        await context.AnswerMessageAsync(await seeds.StopAsync(Seed(id)) ? "the seed is stopped" : "the seed is stopped already");

    /// <summary>Adds entries to a seed.</summary>
    public async Task PushAsync(HttpContext context)
    {
        var body = await RequestBody.ReadObjectAsync(context);
        var seed = body.NeededText("seedId");
        var entries = PushedDocuments.Read(body);
        var first = await push.PushAsync(Seed(seed), entries);
        var answer = new PushAnswer(entries.Select((entry, i) => new PushedMessage(entry.Url, TimestampId.Text(first + i))));
        context.Response.ContentType = "application/json";
        await JsonSerializer.SerializeAsync(context.Response.Body, answer, AspireJson.Wire.PushAnswer, context.RequestAborted);
    }

    private static long Seed(string id) => TimestampId.TryParse(id, out var seed) ? seed : throw NoSuchSeed(id);

    private static AspireException NoSuchSeed(string id) => AspireException.NotFound($"there is no seed {AspireException.Echo(id)}");

    private static int Number(JsonElement body, string name, int otherwise, int least, int most) => body.Value(name) switch
    {
        null => otherwise,
        { ValueKind: JsonValueKind.Number } value when value.TryGetInt32(out var number) && number >= least && number <= most => number,
        _ => throw AspireException.NotAcceptable($"\"{name}\" must be a whole number from {least} to {most}"),
    };
}
