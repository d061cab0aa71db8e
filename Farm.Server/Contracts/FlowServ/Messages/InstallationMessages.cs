using System.Text.Json.Serialization;

namespace Farm.Server.Contracts.FlowServ.Messages;

/// <summary>A workflow that is installed.</summary>
/// <param name="Id">The id in flowServ's paths.</param>
/// <param name="Name">How people call it.</param>
/// <param name="Description">What it is for; null when it is not said.</param>
/// <param name="Groups">How many groups run it.</param>
/// <param name="Runs">How many runs of it there are.</param>
internal sealed record InstalledWorkflowMessage(string Id, string Name, string? Description, long Groups, long Runs);

/// <summary>All workflows, by name.</summary>
internal sealed record InstalledWorkflowsMessage(IReadOnlyList<InstalledWorkflowMessage> Workflows);

/// <summary>The wire form of what is installed, that of the farm's own protocol: camelCase.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(InstalledWorkflowMessage))]
[JsonSerializable(typeof(InstalledWorkflowsMessage))]
internal sealed partial class InstallationJson : JsonSerializerContext;
