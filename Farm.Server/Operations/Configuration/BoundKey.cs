using System.Reflection;

namespace Farm.Server.Operations.Configuration;

/// <summary>A key of a section and the property that is bound to it, which names it by <see cref="ConfigurationKeyNameAttribute"/>.</summary>
/// <param name="Name">The key below the section.</param>
/// <param name="Path">The key as the binder sees it. It begins with the property that holds <paramref name="Property"/>'s object, where that is not the settings themselves.</param>
/// <param name="Property">The property.</param>
/// <param name="Owner">The object with the property, from the settings.</param>
internal sealed record BoundKey(string Name, string Path, PropertyInfo Property, Func<object, object> Owner)
{
    /// <summary>Whether the key holds a list.</summary>
    public bool IsList => SettingText.ItemType(Property.PropertyType) is not null;

    /// <summary>All keys of settings, in the order of their properties. An object without a key of its own has its keys in the same section.</summary>
    public static IReadOnlyList<BoundKey> Of(Type settings) => [.. Find(settings, "", owner => owner)];

    /// <summary>The value in settings.</summary>
    public object? Value(object settings) => Property.GetValue(Owner(settings));

    /// <summary>Makes the list in settings empty.</summary>
    public void Clear(object settings) =>
        Property.SetValue(Owner(settings), Array.CreateInstance(SettingText.ItemType(Property.PropertyType)!, 0));

    private static IEnumerable<BoundKey> Find(Type type, string above, Func<object, object> owner)
    {
        foreach (var property in type.GetProperties())
        {
            if (property.GetCustomAttribute<ConfigurationKeyNameAttribute>() is { } key)
            {
                yield return new BoundKey(key.Name, above + key.Name, property, owner);
            }
            else if (property is { CanWrite: true, PropertyType.IsClass: true } && property.PropertyType != typeof(string))
            {
                foreach (var below in Find(property.PropertyType, $"{above}{property.Name}:", settings => property.GetValue(owner(settings))!))
                    yield return below;
            }
        }
    }
}
