using System.CommandLine;
using System.Text.Json.Nodes;
using Farm.Server.Contracts.Shared;
using Farm.Server.Hosting.Configuration;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Engine.Postgres;

namespace Farm.Server.CommandLine;

/// <summary><c>farm config</c>: prints every setting and where it comes from.</summary>
internal static class ConfigCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var data = CommonOptions.Data();
        var config = CommonOptions.Config();
        var urls = CommonOptions.Urls();
        var command = new Command("config", "Print every setting that the server would use, and where it comes from.") { data, config, urls };
        command.SetActionWithErrorHandling(async (parsed, cancellation) =>
        {
            var source = SettingsFile.Find(parsed.GetValue(config), new DataDirectory(parsed.GetValue(data)!));
            var settings = source.Read();
            var output = parsed.InvocationConfiguration.Output;
            foreach (var line in Lines(settings, source.Modules, source.Origins(), parsed.GetValue(urls)))
                await output.WriteLineAsync(line.AsMemory(), cancellation);
            foreach (var warning in settings.Warnings) await parsed.InvocationConfiguration.Error.WriteLineAsync($"farm: setting {warning}");
            return 0;
        });
        return command;
    }

    /// <summary>One line for each setting: key, value as JSON, and <c># default</c>, <c># file:line</c> or <c># command line</c>.</summary>
    private static IEnumerable<string> Lines(
        FarmSettings settings, IReadOnlyList<IProtocolModule> modules, IReadOnlyDictionary<string, string> origins, string? urls)
    {
        var document = SettingsDocument.Write(settings, modules);
        foreach (var key in IgnoredFlamencoKeys.Names) document.Remove(key);
        foreach (var (key, value) in Leaves(document))
        {
            if (key == "database") yield return $"database: {Database(settings, origins)}";
            else if (key == MachineSettings.SharedFiles && RunningServer.SharedFilesOfEnvironment is { } directory)
                yield return $"{key}: {JsonValue.Create(directory).ToJsonString()}  # {RunningServer.SharedFilesVariable}";
            else if (key == "listen" && urls is not null) yield return $"listen: {JsonValue.Create(urls).ToJsonString()}  # command line";
            else yield return $"{key}: {(key.EndsWith("password_hash", StringComparison.Ordinal) ? "(hidden)" : value?.ToJsonString())}  # {Origin(key, origins)}";
        }
    }

    private static string Database(FarmSettings settings, IReadOnlyDictionary<string, string> origins) =>
        RunningServer.DatabaseOfEnvironment is { } address
            ? $"{Quoted(address)}  # {RunningServer.DatabaseVariable}"
            : $"{Quoted(settings.Database)}  # {Origin("database", origins)}";

    private static string Quoted(string database) => JsonValue.Create(PostgresAddress.WithoutPassword(database)).ToJsonString();

    /// <summary>Sections are printed key by key, but a variable or a list as a whole.</summary>
    private static IEnumerable<KeyValuePair<string, JsonNode?>> Leaves(JsonObject document, string prefix = "")
    {
        foreach (var (key, value) in document)
        {
            if (value is JsonObject section && prefix != "variables.")
            {
                foreach (var leaf in Leaves(section, $"{prefix}{key}.")) yield return leaf;
            }
            else
            {
                yield return KeyValuePair.Create($"{prefix}{key}", value);
            }
        }
    }

    private static string Origin(string key, IReadOnlyDictionary<string, string> origins) => origins.GetValueOrDefault(key.Replace('.', ':'), "default");
}
