namespace Farm.Server.Operations.Configuration;

/// <summary>Settings that hold a list: a YAML list, or one text with commas, which the framework's binder does not split.</summary>
internal static class SettingList
{
    /// <summary>The type of the items; null if the type is not a list.</summary>
    public static Type? ItemType(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) ? type.GenericTypeArguments[0] : null;

    /// <summary>One section per item, without empty strings; null if the key is absent.</summary>
    public static IReadOnlyList<IConfigurationSection>? Items(IConfigurationSection section)
    {
        var children = section.GetChildren().ToList();
        if (children.Count == 0)
        {
            if (section.Value is null) return null;
            children = [.. Split(section.Path, section.Value).GetSection(section.Path).GetChildren()];
        }

        return [.. children.Where(item => item.Value is null || !string.IsNullOrWhiteSpace(item.Value))];
    }

    private static IConfigurationRoot Split(string path, string text) => new ConfigurationBuilder()
        .AddInMemoryCollection(text.Split(',').Select((item, index) => KeyValuePair.Create(ConfigurationPath.Combine(path, $"{index}"), (string?)item.Trim())))
        .Build();
}
