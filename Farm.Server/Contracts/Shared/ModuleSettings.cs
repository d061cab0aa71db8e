using System.Collections;
using System.ComponentModel;
using System.Reflection;
using System.Text.Json.Nodes;
using Farm.Server.Operations.Configuration;
using Microsoft.Extensions.Options;

namespace Farm.Server.Contracts.Shared;

/// <summary>A key that a protocol has below <c>contracts: NAME:</c>.</summary>
/// <param name="Name">The key.</param>
/// <param name="Meaning">What it does, as Markdown.</param>
/// <param name="Values">The values that it takes, as Markdown.</param>
internal sealed record SettingKey(string Name, string Meaning, string Values);

/// <summary>How what a studio can set about a protocol is read and written. The farm knows it only by this.</summary>
internal interface IModuleSettings
{
    /// <summary>The keys, in the order in which they are shown.</summary>
    IReadOnlyList<SettingKey> Keys { get; }

    /// <summary>Reads the section <c>contracts: NAME:</c>; what is absent keeps its default.</summary>
    /// <exception cref="SettingException">A value cannot be used.</exception>
    object Read(IConfigurationSection section);

    /// <summary>Writes all values under their keys. What is null is left out.</summary>
    /// <param name="settings">What <see cref="Read"/> gave; null for the defaults.</param>
    /// <param name="document">Where they go.</param>
    void Write(object? settings, JsonObject document);

    /// <summary>Adds the settings to the services, as themselves and as <see cref="IOptions{TOptions}"/>.</summary>
    /// <param name="services">The services.</param>
    /// <param name="settings">As for <see cref="Write"/>.</param>
    void AddTo(IServiceCollection services, object? settings);
}

/// <summary>
/// Settings of one type. Each property names its key by <see cref="ConfigurationKeyNameAttribute"/>, its meaning by <see cref="DescriptionAttribute"/>,
/// and what it must be by validation attributes with sentences of their own.
/// </summary>
/// <typeparam name="T">The settings; a new one has the defaults.</typeparam>
internal sealed class ModuleSettings<T> : IModuleSettings
    where T : class, new()
{
    private readonly IReadOnlyList<BoundKey> _keys = BoundKey.Of(typeof(T));

    /// <inheritdoc/>
    public IReadOnlyList<SettingKey> Keys =>
        [.. _keys.Select(key => new SettingKey(
            key.Name, key.Property.GetCustomAttribute<DescriptionAttribute>()?.Description ?? "", AllowedValues.Describe(key.Property)))];

    /// <inheritdoc/>
    public object Read(IConfigurationSection section) => SettingsBinder.Bind<T>(section);

    /// <inheritdoc/>
    public void Write(object? settings, JsonObject document)
    {
        var shown = settings as T ?? new T();
        foreach (var key in _keys)
        {
            if (key.Value(shown) is { } value) document[key.Name] = Node(value);
        }
    }

    /// <inheritdoc/>
    public void AddTo(IServiceCollection services, object? settings)
    {
        var bound = settings as T ?? new T();
        services.AddSingleton(bound).AddSingleton(Options.Create(bound));
    }

    private static JsonNode Node(object value) => value switch
    {
        string text => JsonValue.Create(text),
        bool flag => JsonValue.Create(flag),
        int number => JsonValue.Create(number),
        long number => JsonValue.Create(number),
        TimeSpan duration => JsonValue.Create(GoDuration.Text(duration)),
        IEnumerable list => new JsonArray([.. list.Cast<object>().Select(Node)]),
        Enum name => JsonValue.Create(AllowedValues.Name(name)),
        _ => throw new NotSupportedException($"Settings cannot have values of {value.GetType().Name}."),
    };
}
