using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Reflection;

namespace Farm.Server.Operations.Configuration;

/// <summary>
/// Binds a section to settings key by key with the framework's binder and validation attributes. If the section were bound as a whole, the
/// binder's exception would not name the key, so the line in the file would be unknown.
/// </summary>
internal static class SettingsBinder
{
    /// <summary>Registers durations for the whole process: the framework's own converter reads only <c>00:10:00</c>.</summary>
    static SettingsBinder() => TypeDescriptor.AddAttributes(typeof(TimeSpan), new TypeConverterAttribute(typeof(GoDurationConverter)));

    /// <summary>The settings in a section; an absent key keeps its default. The caller rejects unknown keys with <see cref="UnknownKeys"/>.</summary>
    /// <typeparam name="T">The settings; a new instance holds the defaults.</typeparam>
    /// <exception cref="SettingException">A value is invalid.</exception>
    public static T Bind<T>(IConfiguration section)
        where T : class, new() => (T)Bind(typeof(T), section);

    private static object Bind(Type type, IConfiguration section)
    {
        var settings = Activator.CreateInstance(type)!;
        var keys = BoundKey.Of(type);
        foreach (var key in keys)
        {
            if (Value(section.GetSection(key.Name), key.Property.PropertyType) is { } value) key.Set(settings, value);
        }

        Validate(settings, keys, section);
        return settings;
    }

    private static object? Value(IConfigurationSection section, Type type)
    {
        if (SettingList.ItemType(type) is not { } itemType) return section.Value is null ? null : Scalar(section, type);
        if (SettingList.Items(section) is not { } items) return null;
        var list = Array.CreateInstance(itemType, items.Count);
        for (var i = 0; i < items.Count; i++) list.SetValue(Item(items[i], itemType), i);
        return list;
    }

    private static object? Item(IConfigurationSection section, Type type)
    {
        var keys = BoundKey.Of(type);
        if (keys.Count == 0) return Scalar(section, type);
        UnknownKeys.Reject(section, [.. keys.Select(key => key.Name)]);
        return Bind(type, section);
    }

    private static object? Scalar(IConfigurationSection section, Type type)
    {
        // The binder would also accept the number of an enum value.
        if (type.IsEnum && !Enum.GetNames(type).Contains(section.Value!.Trim(), StringComparer.OrdinalIgnoreCase)) throw Invalid(section, type);
        try
        {
            var value = section.Get(type);
            return value is string text ? text.Trim() : value ?? throw Invalid(section, type);
        }
        catch (InvalidOperationException)
        {
            throw Invalid(section, type);
        }
    }

    private static SettingException Invalid(IConfigurationSection section, Type type) => new(section.Path, section.Value, AllowedValues.Requirement(type));

    private static void Validate(object settings, IReadOnlyList<BoundKey> keys, IConfiguration section)
    {
        foreach (var key in keys)
        {
            var context = new ValidationContext(settings) { MemberName = key.Property.Name };
            var broken = key.Property.GetCustomAttributes<ValidationAttribute>()
                .Select(rule => rule.GetValidationResult(key.Value(settings), context)).FirstOrDefault(result => result != ValidationResult.Success);
            if (broken is not null) throw Invalid(key, section, broken.ErrorMessage);
        }

        if (settings is not IValidatableObject validatable) return;
        foreach (var result in validatable.Validate(new ValidationContext(settings)))
            throw Invalid(keys.Single(key => key.Property.Name == result.MemberNames.Single()), section, result.ErrorMessage);
    }

    /// <summary>Omits the value of a secret, and of a list, whose message already names the item.</summary>
    private static SettingException Invalid(BoundKey key, IConfiguration section, string? problem)
    {
        var set = section.GetSection(key.Name);
        var isHidden = key.Property.IsDefined(typeof(PasswordPropertyTextAttribute)) || SettingList.ItemType(key.Property.PropertyType) is not null;
        return new SettingException(set.Path, isHidden ? null : set.Value, problem ?? "is invalid");
    }
}
