using System.Text.Json.Nodes;
using Farm.Server.Contracts.Shared;
using Farm.Server.Domain;
using Farm.Server.Domain.Access;
using Farm.Server.Domain.Variables;
using Farm.Server.Operations;
using Farm.Server.Operations.Backups;
using Farm.Server.Operations.Configuration;
using Farm.Server.Operations.Files;
using Microsoft.Extensions.Options;

namespace Farm.Server.Hosting.Configuration;

/// <summary>
/// The current settings. When the file changes, some keys apply at once and the others at the next start, as the log says.
/// </summary>
internal sealed class CurrentSettings : IFarmConfiguration
{
    /// <summary>Keys that apply while the farm runs. The storage is not one of them, because jobs would lose their files.</summary>
    internal static readonly string[] AppliedAtOnce =
    [
        "manager_name", "access", "advertised_version", "task_timeout", "worker_timeout", "blocklist_threshold", "task_fail_after_softfail_count", "variables",
        "artifacts", "jobs", "dashboard", "backups", "audit_days",
    ];

    private readonly SettingsSource _source;
    private readonly ILogger<CurrentSettings> _log;
    private readonly SettingsMonitor<FarmSettings> _settings;
    private readonly SettingsMonitor<FarmLimits> _limits;
    private readonly SettingsMonitor<BackupSettings> _backups;
    private readonly SettingsMonitor<VariableTable> _variables;
    private readonly Lock _lock = new();
    private FarmSettings _ofFile;
    private SettingsStamp? _stamp;
    private bool _isUnreadable;

    /// <summary>Starts with the settings that were read at the start.</summary>
    public CurrentSettings(SettingsSource source, FarmSettings started, ILogger<CurrentSettings> log)
    {
        _source = source;
        _log = log;
        _ofFile = started;
        _stamp = Stamp();
        _settings = new SettingsMonitor<FarmSettings>(started);
        _limits = new SettingsMonitor<FarmLimits>(started.Limits);
        _backups = new SettingsMonitor<BackupSettings>(started.Backups);
        _variables = new SettingsMonitor<VariableTable>(started.Variables);
        Warn(started);
    }

    /// <summary>All settings.</summary>
    public IOptionsMonitor<FarmSettings> Settings => _settings;

    /// <summary>Limits on failures, timeouts and task output.</summary>
    public IOptionsMonitor<FarmLimits> Limits => _limits;

    /// <summary>When the farm backs itself up.</summary>
    public IOptionsMonitor<BackupSettings> Backups => _backups;

    /// <summary>Variables in commands and paths.</summary>
    public IOptionsMonitor<VariableTable> Variables => _variables;

    /// <inheritdoc/>
    public string ManagerName => Settings.CurrentValue.ManagerName;

    /// <inheritdoc/>
    public string AdvertisedVersion => Settings.CurrentValue.AdvertisedVersion;

    /// <inheritdoc/>
    public string SharedStoragePath => Settings.CurrentValue.SharedStoragePath;

    /// <inheritdoc/>
    public AccessMode Access => Settings.CurrentValue.Access;

    /// <inheritdoc/>
    public bool IsFirstRun => !_ofFile.IsSharedStorageSet;

    /// <inheritdoc cref="ISettingsDocument.Read"/>
    public JsonObject Read()
    {
        lock (_lock)
        {
            // Another manager may just have changed them.
            if (_source.SharedFiles is not null) Reload();
            return SettingsDocument.Write(_ofFile, _source.Modules);
        }
    }

    /// <inheritdoc cref="ISettingsDocument.ReplaceAsync"/>
    /// <returns>What changed.</returns>
    public IReadOnlyList<SettingChange> Replace(JsonObject settings)
    {
        lock (_lock)
        {
            var defaults = SettingsDocument.Write(_source.Read([]), _source.Modules);
            var told = new JsonObject(settings.Where(entry => !JsonNode.DeepEquals(entry.Value, defaults[entry.Key]))
                .Select(entry => KeyValuePair.Create(entry.Key, entry.Value?.DeepClone())));
            try
            {
                RejectOwnKeys(settings);
                if (_source.SharedFiles is not null) foreach (var key in MachineSettings.Names) told.Remove(key);
                var next = _source.ReadWith(SettingsDocument.Flatten(told));
                foreach (var key in IgnoredFlamencoKeys.Names) told.Remove(key);
                if (next.PostgresAddress is null) told.Remove("database");
                Write(told);
                return Apply(next);
            }
            catch (SettingException unusable)
            {
                throw new FarmException(ErrorKind.Invalid, unusable.Message, unusable);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                _log.LogError("Cannot write settings to {File}: {Reason}", _source.FarmPath, failure.Message);
                throw new FarmException(ErrorKind.Unavailable, "cannot write the settings file", failure);
            }
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<SettingChange> SetUp(string storage, string? blender)
    {
        lock (_lock)
        {
            var settings = Read();
            settings["shared_storage_path"] = storage;
            if (blender is not null) SettingsDocument.SetBlender(settings, VariableSettings.OwnPlatform, blender);
            return Replace(settings);
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<SettingChange> SetAccess(AccessMode access)
    {
        lock (_lock)
        {
            var settings = Read();
            settings["access"] = SettingsDocument.Text(access);
            return Replace(settings);
        }
    }

    /// <summary>Applies the file if it changed. An invalid file changes nothing.</summary>
    /// <returns>What changed.</returns>
    public IReadOnlyList<SettingChange> Reload()
    {
        lock (_lock)
        {
            if (Stamp() is not { } stamp || stamp == _stamp) return [];
            _stamp = stamp;
            try
            {
                return Apply(_source.Read());
            }
            catch (Exception unusable) when (unusable is SettingException or IOException or UnauthorizedAccessException)
            {
                _log.LogError("Ignored the changed settings file {File}: {Reason}", _source.FarmPath, unusable.Message);
                return [];
            }
        }
    }

    /// <summary>Null while the file of the farm cannot be read, for example because its directory is not mounted; then the settings stay.</summary>
    private SettingsStamp? Stamp()
    {
        try
        {
            var stamp = _source.Stamp();
            _isUnreadable = false;
            return stamp;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            if (!_isUnreadable) _log.LogError("Cannot read {File}; the settings stay as they are: {Reason}", _source.FarmPath, unreadable.Message);
            _isUnreadable = true;
            return null;
        }
    }

    /// <summary>Settings that only the manager's own file can hold must stay, so that a change on one manager cannot stop others.</summary>
    private void RejectOwnKeys(JsonObject settings)
    {
        var present = SettingsDocument.Write(_ofFile, _source.Modules);
        foreach (var key in _source.SharedFiles is null ? [MachineSettings.SharedFiles] : MachineSettings.Names)
        {
            if (settings.TryGetPropertyValue(key, out var value) && !JsonNode.DeepEquals(value, present[key]))
                throw new SettingException(key, null, $"belongs to this machine; change it in {_source.Path} and restart the server");
        }
    }

    private void Write(JsonObject told)
    {
        var text = SettingsWriter.Write(_source.FarmPath, told);
        if (_source.SharedFiles is { } directory) DurableDirectory.Flush(directory);
        // If another manager replaced the file meanwhile, its text differs from this one, and the next check applies it.
        _stamp = Stamp() is { } stamp ? stamp with { Farm = _source.SharedFiles is null ? null : text } : null;
    }

    private IReadOnlyList<SettingChange> Apply(FarmSettings next)
    {
        var (changed, changes) = Changed(_ofFile, next);
        _ofFile = next;
        if (changed.Count == 0) return [];
        var present = _settings.CurrentValue;
        var merged = present with
        {
            ManagerName = next.ManagerName,
            Access = next.Access,
            AdvertisedVersion = next.AdvertisedVersion,
            Limits = next.Limits,
            Backups = next.Backups,
        };
        merged = merged with
        {
            Variables = new VariableTable(next.Variables.Configured, VariableSettings.OwnPlatform, merged.EffectiveSharedStorage),
        };
        _settings.Set(merged);
        _limits.Set(merged.Limits);
        _backups.Set(merged.Backups);
        _variables.Set(merged.Variables);
        var applied = changed.Intersect(AppliedAtOnce).ToList();
        var waiting = changed.Except(AppliedAtOnce).ToList();
        if (applied.Count > 0) _log.LogInformation("Settings applied: {Keys}", string.Join(", ", applied));
        if (waiting.Count > 0) _log.LogWarning("Settings that apply after a restart: {Keys}", string.Join(", ", waiting));
        Warn(next);
        return changes;
    }

    private void Warn(FarmSettings settings)
    {
        foreach (var warning in settings.Warnings) _log.LogWarning("Setting {Warning}", warning);
    }

    private (List<string> Keys, List<SettingChange> Changes) Changed(FarmSettings before, FarmSettings after)
    {
        var (old, fresh) = (SettingsDocument.Write(before, _source.Modules), SettingsDocument.Write(after, _source.Modules));
        var (oldValues, freshValues) = (SettingsDocument.Flatten(old), SettingsDocument.Flatten(fresh));
        return (
            [.. fresh.Where(entry => !JsonNode.DeepEquals(entry.Value, old[entry.Key])).Select(entry => entry.Key)],
            [.. oldValues.Keys.Union(freshValues.Keys).Order(StringComparer.Ordinal)
                .Select(key => new SettingChange(key.Replace(':', '.'), oldValues.GetValueOrDefault(key), freshValues.GetValueOrDefault(key)))
                .Where(change => change.Before != change.After)]);
    }
}
