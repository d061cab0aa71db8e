using System.Text.Json.Nodes;
using Farm.Server.Contracts.Shared;
using Farm.Server.Domain.Access;
using Farm.Server.Domain.Variables;
using Farm.Server.Operations.Configuration;

namespace Farm.Server.Hosting.Configuration;

/// <summary>All settings as a JSON object with the keys of the file (Contracts/Flamenco/Contract.md section 9).</summary>
internal static class SettingsDocument
{
    /// <summary>Sets the value of <c>{blender}</c> on one platform.</summary>
    public static void SetBlender(JsonObject settings, string platform, string blender)
    {
        var values = settings["variables"]!["blender"]!["values"]!.AsArray();
        foreach (var value in values.Where(value => (string?)value!["platform"] == platform).ToList()) values.Remove(value);
        values.Add(new JsonObject { ["platform"] = platform, ["value"] = blender });
    }

    /// <summary>Every key with its value.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="modules">The protocols.</param>
    public static JsonObject Write(FarmSettings settings, IReadOnlyList<IProtocolModule> modules) => new()
    {
        ["_meta"] = new JsonObject { ["version"] = 3 },
        ["manager_name"] = settings.ManagerName,
        ["access"] = Text(settings.Access),
        ["database"] = settings.Database,
        ["database_check_period"] = GoDuration.Text(TimeSpan.Zero),
        // One text, as in Flamenco.
        ["listen"] = string.Join(", ", settings.Listen),
        ["certificate"] = settings.Certificate.File,
        ["certificate_key"] = settings.Certificate.KeyFile,
        ["certificate_password_file"] = settings.Certificate.PasswordFile,
        ["hsts"] = settings.Certificate.IsHstsAllowed,
        ["autodiscoverable"] = settings.Autodiscoverable,
        ["local_manager_storage_path"] = IgnoredFlamencoKeys.ArtifactsDirectory,
        ["shared_files"] = settings.SharedFiles,
        ["shared_storage_path"] = settings.SharedStoragePath,
        ["shaman"] = new JsonObject
        {
            ["enabled"] = settings.Shaman.Enabled,
            ["garbageCollect"] = new JsonObject
            {
                ["period"] = GoDuration.Text(settings.Shaman.GarbageCollectPeriod),
                ["maxAge"] = GoDuration.Text(settings.Shaman.GarbageCollectMaxAge),
            },
        },
        ["task_timeout"] = GoDuration.Text(settings.Limits.TaskTimeout),
        ["worker_timeout"] = GoDuration.Text(settings.Limits.WorkerTimeout),
        ["blocklist_threshold"] = settings.Limits.Failures.BlocklistThreshold,
        ["task_fail_after_softfail_count"] = settings.Limits.Failures.TaskFailAfter,
        ["mqtt"] = new JsonObject
        {
            ["client"] = new JsonObject
            {
                ["enabled"] = false,
                ["broker"] = "",
                ["clientID"] = "flamenco",
                ["topic_prefix"] = "flamenco",
                ["username"] = "",
                ["password"] = "",
            },
        },
        ["variables"] = new JsonObject(settings.Variables.Configured.Select(variable => KeyValuePair.Create(variable.Name, (JsonNode?)Write(variable)))),
        ["advertised_version"] = settings.AdvertisedVersion,
        ["ffmpeg"] = "",
        ["networks"] = Texts(settings.Security.Networks.Networks),
        ["hosts"] = Texts(settings.Security.Hosts),
        ["trusted_proxies"] = Texts(settings.Security.TrustedProxies.Networks),
        ["open_registration"] = settings.Accounts.OpenRegistration,
        ["artifacts"] = new JsonObject
        {
            ["max_file_bytes"] = settings.Limits.Artifacts.MaxFileBytes,
            ["max_job_bytes"] = settings.Limits.Artifacts.MaxJobBytes,
            ["max_job_files"] = settings.Limits.Artifacts.MaxJobFiles,
        },
        ["backups"] = new JsonObject
        {
            ["at"] = Texts(settings.Backups.Times.Select(TimesOfDayAttribute.Text)),
            ["with"] = Texts(settings.Backups.With.Select(part => AllowedValues.Name(part))),
            ["keep_days"] = settings.Backups.KeepDays,
            ["keep_at_least"] = settings.Backups.KeepAtLeast,
        },
        ["max_body_bytes"] = settings.Security.MaxBodyBytes,
        ["max_buffered_bytes"] = settings.Security.MaxBufferedBytes,
        ["jobs"] = new JsonObject
        {
            ["max_tasks"] = settings.Limits.Jobs.MaxTasks,
            ["max_bytes"] = settings.Limits.Jobs.MaxBytes,
            ["max_task_bytes"] = settings.Limits.Jobs.MaxTaskBytes,
        },
        ["audit_days"] = settings.Limits.AuditDays,
        ["dashboard"] = new JsonObject
        {
            ["max_pages"] = settings.Limits.Pages.MaxPages,
            ["max_pages_per_address"] = settings.Limits.Pages.MaxPagesPerAddress,
        },
        ["contracts"] = new JsonObject(
            modules.Where(module => settings.Contracts.ContainsKey(module.Name)).Select(module => KeyValuePair.Create(module.Name, (JsonNode?)Write(settings.Of(module), module)))),
    };

    /// <summary>The value of <c>access</c>.</summary>
    public static string Text(AccessMode access) => access.ToString().ToLowerInvariant();

    /// <summary>Flat configuration keys such as <c>shaman:garbageCollect:period</c>, with their values. Nulls are left out.</summary>
    public static Dictionary<string, string?> Flatten(JsonObject document)
    {
        var values = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, value) in document) Flatten(key, value, values);
        return values;
    }

    private static void Flatten(string key, JsonNode? node, Dictionary<string, string?> values)
    {
        switch (node)
        {
            case JsonObject { Count: > 0 } map:
                foreach (var (name, value) in map) Flatten(ConfigurationPath.Combine(key, name), value, values);
                break;
            case JsonArray { Count: > 0 } list:
                for (var i = 0; i < list.Count; i++) Flatten(ConfigurationPath.Combine(key, $"{i}"), list[i], values);
                break;
            case JsonValue value:
                values[key] = value.ToString();
                break;
            case not null:
                values[key] = "";
                break;
        }
    }

    private static JsonObject Write(ContractSettings contract, IProtocolModule module)
    {
        var written = new JsonObject { ["enabled"] = contract.IsEnabled, ["prefix"] = contract.Prefix };
        module.Settings?.Write(contract.Own, written);
        return written;
    }

    private static JsonObject Write(Variable variable)
    {
        var values = new JsonArray([.. variable.Values.Select(Write)]);
        return variable.IsTwoway ? new JsonObject { ["is_twoway"] = true, ["values"] = values } : new JsonObject { ["values"] = values };
    }

    private static JsonNode Write(VariableValue value)
    {
        var written = new JsonObject();
        if (value.Audience != VariableAudience.All) written["audience"] = value.Audience.Name();
        if (value.Platforms is [var platform]) written["platform"] = platform;
        else written["platforms"] = Texts(value.Platforms);
        written["value"] = value.Value;
        return written;
    }

    private static JsonArray Texts<T>(IEnumerable<T> values) => new([.. values.Select(value => (JsonNode?)$"{value}")]);
}
