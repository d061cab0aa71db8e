using System.Text.Json.Nodes;
using Farm.Server.Operations.Configuration;

namespace Farm.Server.Contracts.Shared;

/// <summary>A key that a protocol has below <c>contracts: NAME:</c>.</summary>
/// <param name="Name">The key.</param>
/// <param name="Meaning">What it does, as Markdown.</param>
internal sealed record SettingKey(string Name, string Meaning);

/// <summary>How what a studio can set about a protocol is read and written. The farm knows it only by this.</summary>
internal interface IModuleSettings
{
    /// <summary>The keys, in the order in which they are shown.</summary>
    IReadOnlyList<SettingKey> Keys { get; }

    /// <summary>Reads the section <c>contracts: NAME:</c>; what is absent keeps its default.</summary>
    /// <exception cref="SettingException">A value cannot be used.</exception>
    object Read(IConfigurationSection section);

    /// <summary>Writes all values under their keys.</summary>
    /// <param name="settings">What <see cref="Read"/> gave; null for the defaults.</param>
    /// <param name="document">Where they go.</param>
    void Write(object? settings, JsonObject document);
}

/// <summary>How settings of one type are read and written.</summary>
/// <typeparam name="T">The settings; a new one has the defaults.</typeparam>
internal abstract class ModuleSettings<T> : IModuleSettings
    where T : class, new()
{
    /// <inheritdoc/>
    public abstract IReadOnlyList<SettingKey> Keys { get; }

    /// <inheritdoc cref="IModuleSettings.Read"/>
    public abstract T Read(IConfigurationSection section);

    /// <inheritdoc cref="IModuleSettings.Write"/>
    public abstract void Write(T settings, JsonObject document);

    object IModuleSettings.Read(IConfigurationSection section) => Read(section);

    void IModuleSettings.Write(object? settings, JsonObject document) => Write(settings as T ?? new T(), document);
}
