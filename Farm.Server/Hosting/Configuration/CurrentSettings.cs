using System.Text.Json.Nodes;
using Farm.Server.Contracts.Shared;
using Farm.Server.Domain;
using Farm.Server.Domain.Variables;
using Farm.Server.Operations;
using Farm.Server.Operations.Configuration;
using Microsoft.Extensions.Options;

namespace Farm.Server.Hosting.Configuration;

/// <summary>
/// The current settings. When the file changes, some keys apply at once and the others at the next start, as the log says.
/// </summary>
internal sealed class CurrentSettings : IFarmConfiguration, ISettingsDocument
{
    /// <summary>Keys that apply while the farm runs. The storage is not one of them, because jobs would lose their files.</summary>
    internal static readonly string[] AppliedAtOnce =
    [
        "manager_name", "advertised_version", "task_timeout", "worker_timeout", "blocklist_threshold", "task_fail_after_softfail_count", "variables",
        "artifacts",
    ];

    private readonly SettingsSource _source;
    private readonly ILogger<CurrentSettings> _log;
    private readonly SettingsMonitor<FarmSettings> _settings;
    private readonly SettingsMonitor<FarmLimits> _limits;
    private readonly SettingsMonitor<VariableTable> _variables;
    private readonly Lock _lock = new();
    private FarmSettings _ofFile;
    private (DateTime Written, long Length)? _stamp;

    /// <summary>Starts with the settings that were read at the start.</summary>
    public CurrentSettings(SettingsSource source, FarmSettings started, ILogger<CurrentSettings> log)
    {
        _source = source;
        _log = log;
        _ofFile = started;
        _stamp = source.Stamp();
        _settings = new SettingsMonitor<FarmSettings>(started);
        _limits = new SettingsMonitor<FarmLimits>(started.Limits);
        _variables = new SettingsMonitor<VariableTable>(started.Variables);
        Warn(started);
    }

    /// <summary>All settings.</summary>
    public IOptionsMonitor<FarmSettings> Settings => _settings;

    /// <summary>Limits on failures, timeouts and task output.</summary>
    public IOptionsMonitor<FarmLimits> Limits => _limits;

    /// <summary>Variables in commands and paths.</summary>
    public IOptionsMonitor<VariableTable> Variables => _variables;

    /// <inheritdoc/>
    public string ManagerName => Settings.CurrentValue.ManagerName;

    /// <inheritdoc/>
    public string AdvertisedVersion => Settings.CurrentValue.AdvertisedVersion;

    /// <inheritdoc/>
    public string SharedStoragePath => Settings.CurrentValue.SharedStoragePath;

    /// <inheritdoc/>
    public bool IsFirstRun => !_ofFile.IsSharedStorageSet;

    /// <inheritdoc/>
    public JsonObject Read()
    {
        lock (_lock) return SettingsDocument.Write(_ofFile, _source.Modules);
    }

    /// <inheritdoc/>
    public void Replace(JsonObject settings)
    {
        lock (_lock)
        {
            var defaults = SettingsDocument.Write(_source.Read([]), _source.Modules);
            var told = new JsonObject(settings.Where(entry => !JsonNode.DeepEquals(entry.Value, defaults[entry.Key]))
                .Select(entry => KeyValuePair.Create(entry.Key, entry.Value?.DeepClone())));
            try
            {
                var next = _source.Read(SettingsDocument.Flatten(told));
                foreach (var key in IgnoredFlamencoKeys.Names) told.Remove(key);
                if (next.PostgresAddress is null) told.Remove("database");
                SettingsWriter.Write(_source.Path, told);
                _stamp = _source.Stamp();
                Apply(next);
            }
            catch (SettingException unusable)
            {
                throw new FarmException(ErrorKind.Invalid, unusable.Message, unusable);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                _log.LogError("Cannot write settings to {File}: {Reason}", _source.Path, failure.Message);
                throw new FarmException(ErrorKind.Unavailable, "cannot write the settings file", failure);
            }
        }
    }

    /// <inheritdoc/>
    public void SetUp(string storage, string? blender)
    {
        lock (_lock)
        {
            var settings = Read();
            settings["shared_storage_path"] = storage;
            if (blender is not null) SettingsDocument.SetBlender(settings, VariableSettings.OwnPlatform, blender);
            Replace(settings);
        }
    }

    /// <summary>Applies the file if it changed. An invalid file changes nothing.</summary>
    public void Reload()
    {
        lock (_lock)
        {
            var stamp = _source.Stamp();
            if (stamp == _stamp) return;
            _stamp = stamp;
            try
            {
                Apply(_source.Read());
            }
            catch (Exception unusable) when (unusable is SettingException or IOException or UnauthorizedAccessException)
            {
                _log.LogError("Ignored the changed settings file {File}: {Reason}", _source.Path, unusable.Message);
            }
        }
    }

    private void Apply(FarmSettings next)
    {
        var changed = Changed(_ofFile, next);
        _ofFile = next;
        if (changed.Count == 0) return;
        var present = _settings.CurrentValue;
        var merged = present with { ManagerName = next.ManagerName, AdvertisedVersion = next.AdvertisedVersion, Limits = next.Limits };
        merged = merged with
        {
            Variables = new VariableTable(next.Variables.Configured, VariableSettings.OwnPlatform, merged.EffectiveSharedStorage),
        };
        _settings.Set(merged);
        _limits.Set(merged.Limits);
        _variables.Set(merged.Variables);
        var applied = changed.Intersect(AppliedAtOnce).ToList();
        var waiting = changed.Except(AppliedAtOnce).ToList();
        if (applied.Count > 0) _log.LogInformation("Settings applied: {Keys}", string.Join(", ", applied));
        if (waiting.Count > 0) _log.LogWarning("Settings that apply after a restart: {Keys}", string.Join(", ", waiting));
        Warn(next);
    }

    private void Warn(FarmSettings settings)
    {
        foreach (var warning in settings.Warnings) _log.LogWarning("Setting {Warning}", warning);
    }

    private List<string> Changed(FarmSettings before, FarmSettings after)
    {
        var old = SettingsDocument.Write(before, _source.Modules);
        return [.. SettingsDocument.Write(after, _source.Modules)
            .Where(entry => !JsonNode.DeepEquals(entry.Value, old[entry.Key])).Select(entry => entry.Key)];
    }
}
