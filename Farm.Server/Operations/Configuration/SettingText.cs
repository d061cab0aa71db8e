using System.Globalization;

namespace Farm.Server.Operations.Configuration;

/// <summary>Turns what a file says into the texts that the framework's binder reads: a Go duration, and a list as one text with commas, are not among them.</summary>
internal static class SettingText
{
    /// <summary>The texts by what their keys have after that of the section; null when nothing is set.</summary>
    /// <param name="section">The key.</param>
    /// <param name="type">What is wanted.</param>
    /// <exception cref="SettingException">The text is none of this type.</exception>
    public static IEnumerable<KeyValuePair<string, string>>? Read(IConfigurationSection section, Type type)
    {
        if (ItemType(type) is { } item)
        {
            return Items(section)?.Select((text, index) => KeyValuePair.Create($":{index}", Convert(section, text, item)));
        }

        return section.Value is { } value ? [KeyValuePair.Create("", Convert(section, value.Trim(), type))] : null;
    }

    /// <summary>The type of the items; null when the type is no list.</summary>
    public static Type? ItemType(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) ? type.GenericTypeArguments[0] : null;

    /// <summary>The name of a value of an enumeration, as it is set and shown.</summary>
    public static string Name(object value) => value.ToString()!.ToLowerInvariant();

    /// <summary>A list, or one text with commas; null when it is absent.</summary>
    private static IEnumerable<string>? Items(IConfigurationSection section)
    {
        var children = section.GetChildren().Select(child => child.Value ?? "").ToList();
        if (children.Count == 0 && section.Value is null) return null;
        return (children.Count > 0 ? children : (section.Value ?? "").Split(',').ToList()).Select(text => text.Trim()).Where(text => text.Length > 0);
    }

    private static string Convert(IConfigurationSection section, string text, Type type)
    {
        if (type == typeof(TimeSpan))
        {
            return GoDuration.TryParse(text, out var duration)
                ? duration.ToString("c", CultureInfo.InvariantCulture)
                : throw new SettingException(section.Path, text, "must be a duration like 10m0s or 1h30m");
        }

        if (type == typeof(bool) && !bool.TryParse(text, out _)) throw new SettingException(section.Path, text, "must be true or false");
        if ((type == typeof(int) && !int.TryParse(text, out _)) || (type == typeof(long) && !long.TryParse(text, out _)))
            throw new SettingException(section.Path, text, GreaterThanZeroAttribute.Sentence);
        if (type.IsEnum && !Enum.GetNames(type).Contains(text, StringComparer.OrdinalIgnoreCase))
            throw new SettingException(section.Path, text, $"must be one of {string.Join(", ", Enum.GetNames(type).Select(Name))}");
        return text;
    }
}
