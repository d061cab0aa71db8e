using Farm.Server.Contracts.Flamenco.Messages;
using Farm.Server.Contracts.Shared;
using Farm.Server.Domain.Variables;
using Farm.Server.Operations.Configuration;
using Microsoft.Extensions.Options;

namespace Farm.Server.Contracts.Flamenco.Endpoints;

/// <summary>The configuration that clients need (Contracts/Flamenco/Contract.md section 6.1).</summary>
internal sealed class ConfigurationEndpoints(IFarmConfiguration configuration, ShamanSettings shaman, IOptionsMonitor<VariableTable> variables)
{
    private const string Jobs = $"{{{VariableTable.JobsVariable}}}";

    /// <summary>getConfiguration.</summary>
    public Task ConfigurationAsync(HttpContext context) => context.RespondAsync(
        new ConfigurationMessage(configuration.SharedStoragePath, shaman.Enabled, configuration.IsFirstRun),
        FlamencoJson.Default.ConfigurationMessage);

    /// <summary>getVariables.</summary>
    public Task VariablesAsync(HttpContext context) => context.RespondAsync(
        variables.CurrentValue.For(Audience(context), Platform(context))
            .ToDictionary(variable => variable.Name, variable => new VariableMessage(variable.Value, variable.IsTwoway)),
        FlamencoJson.Default.DictionaryStringVariableMessage);

    /// <summary>getSharedStorage: the value of <c>{jobs}</c> for an audience and platform.</summary>
    public Task SharedStorageAsync(HttpContext context)
    {
        var (audience, platform) = (Audience(context), Platform(context));
        var location = variables.CurrentValue.ExpanderFor(audience, platform).Expand(Jobs);
        return context.RespondAsync(
            new SharedStorageMessage(location, audience.Name(), platform, shaman.Enabled), FlamencoJson.Default.SharedStorageMessage);
    }

    /// <summary>checkSharedStoragePath. An unusable path is a normal answer, not an error.</summary>
    public async Task CheckSharedStorageAsync(HttpContext context)
    {
        var path = (await RequestBody.ReadAsync(context)).Text("path");
        var cause = SharedStorageCheck.WhyNotAllowed(path);
        await context.RespondAsync(new PathCheckMessage(path, cause is null, cause ?? ""), FlamencoJson.Default.PathCheckMessage);
    }

    private static string Platform(HttpContext context) => (string)context.Request.RouteValues["platform"]!;

    private static VariableAudience Audience(HttpContext context) =>
        VariableAudienceNames.TryParse((string?)context.Request.RouteValues["audience"], out var audience) && audience != VariableAudience.All
            ? audience
            : throw FlamencoException.Malformed("parameter \"audience\" in the path must be workers or users");
}
