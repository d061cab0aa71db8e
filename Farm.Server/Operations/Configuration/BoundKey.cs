using System.Reflection;

namespace Farm.Server.Operations.Configuration;

/// <summary>A key of a section and the property bound to it by <see cref="ConfigurationKeyNameAttribute"/>.</summary>
/// <param name="Name">The key below the section, with colons between the parts.</param>
/// <param name="Property">The property.</param>
/// <param name="Owner">Gets the object that has the property from the settings.</param>
internal sealed record BoundKey(string Name, PropertyInfo Property, Func<object, object> Owner)
{
    /// <summary>All keys of a settings type, in the order of its properties. A property without a key whose type has keys adds those to the same section.</summary>
    public static IReadOnlyList<BoundKey> Of(Type settings) => [.. Find(settings, owner => owner)];

    /// <summary>Gets the value.</summary>
    public object? Value(object settings) => Property.GetValue(Owner(settings));

    /// <summary>Sets the value.</summary>
    public void Set(object settings, object value) => Property.SetValue(Owner(settings), value);

    private static IEnumerable<BoundKey> Find(Type type, Func<object, object> owner)
    {
        foreach (var property in type.GetProperties())
        {
            if (property.GetCustomAttribute<ConfigurationKeyNameAttribute>() is { } key)
            {
                yield return new BoundKey(key.Name, property, owner);
            }
            else if (property is { CanWrite: true, PropertyType.IsClass: true } && property.PropertyType != typeof(string))
            {
                foreach (var below in Find(property.PropertyType, settings => property.GetValue(owner(settings))!)) yield return below;
            }
        }
    }
}
