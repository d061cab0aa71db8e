using System.Collections;
using System.ComponentModel;
using System.Reflection;
using System.Text.Json.Nodes;
using Farm.Server.Operations.Configuration;
using Microsoft.Extensions.Options;

namespace Farm.Server.Contracts.Shared;

/// <summary>A setting of a protocol, below <c>contracts: NAME:</c>.</summary>
/// <param name="Name">The key.</param>
/// <param name="Meaning">What it does, as Markdown.</param>
/// <param name="Values">The values that it takes, as Markdown.</param>
internal sealed record SettingKey(string Name, string Meaning, string Values);

/// <summary>Reads and writes the settings of a protocol, whatever their type.</summary>
internal interface IModuleSettings
{
    /// <summary>The keys, in display order.</summary>
    IReadOnlyList<SettingKey> Keys { get; }

    /// <summary>Reads the section <c>contracts: NAME:</c>; missing keys keep their defaults.</summary>
    /// <exception cref="SettingException">A value is invalid.</exception>
    object Read(IConfigurationSection section);

    /// <summary>Writes all values that are not null under their keys.</summary>
    /// <param name="settings">The result of <see cref="Read"/>; null for the defaults.</param>
    /// <param name="document">The JSON object to fill.</param>
    void Write(object? settings, JsonObject document);

    /// <summary>Registers the settings, as themselves and as <see cref="IOptions{TOptions}"/>.</summary>
    /// <param name="services">The services.</param>
    /// <param name="settings">As for <see cref="Write"/>.</param>
    void AddTo(IServiceCollection services, object? settings);
}

/// <summary>
/// Settings of one type. <see cref="ConfigurationKeyNameAttribute"/> names the key of a property, <see cref="DescriptionAttribute"/> describes it,
/// and validation attributes with error messages restrict its value.
/// </summary>
/// <typeparam name="T">The settings; a new instance has the defaults.</typeparam>
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
