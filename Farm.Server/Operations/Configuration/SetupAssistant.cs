using System.Text.Json.Nodes;
using Farm.Server.Domain;

namespace Farm.Server.Operations.Configuration;

/// <summary>The first-time setup of a farm (Contracts/Flamenco/Contract.md section 6.1).</summary>
/// <param name="configuration">The settings.</param>
/// <param name="platform">The platform of the server, as variables name it.</param>
internal sealed class SetupAssistant(IFarmConfiguration configuration, string platform)
{
    /// <summary>Sets the shared storage and the value of <c>{blender}</c> for this platform.</summary>
    /// <param name="storage">A directory on the server.</param>
    /// <param name="blender">The value; null keeps the current one.</param>
    /// <exception cref="FarmException">The directory cannot be used.</exception>
    public void Save(string storage, string? blender)
    {
        if (SharedStorageCheck.WhyNotAllowed(storage) is { } objection) throw FarmException.Invalid(objection);
        var settings = configuration.Read();
        settings["shared_storage_path"] = storage;
        if (blender is not null) SetBlender(settings, blender);
        configuration.Replace(settings);
    }

    private void SetBlender(JsonObject settings, string blender)
    {
        var values = settings["variables"]!["blender"]!["values"]!.AsArray();
        foreach (var value in values.Where(value => (string?)value!["platform"] == platform).ToList()) values.Remove(value);
        values.Add(new JsonObject { ["platform"] = platform, ["value"] = blender });
    }
}
