using System.Text.Json.Serialization;

namespace Farm.Server.Contracts.FlowServ.Messages;

/// <summary>An installed workflow.</summary>
/// <param name="Id">Its id in flowServ's paths.</param>
/// <param name="Name">Its name.</param>
/// <param name="Description">Its description; null for none.</param>
/// <param name="Groups">The number of its groups.</param>
/// <param name="Runs">The number of its runs.</param>
/// <param name="Raw">The parameters whose values it puts into shell commands as they are.</param>
internal sealed record InstalledWorkflowMessage(string Id, string Name, string? Description, long Groups, long Runs, IReadOnlyList<string> Raw);

/// <summary>All workflows, by name.</summary>
internal sealed record InstalledWorkflowsMessage(IReadOnlyList<InstalledWorkflowMessage> Workflows);

/// <summary>JSON of installed workflows: camelCase, as in the farm's own API.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(InstalledWorkflowMessage))]
[JsonSerializable(typeof(InstalledWorkflowsMessage))]
internal sealed partial class InstallationJson : JsonSerializerContext;
