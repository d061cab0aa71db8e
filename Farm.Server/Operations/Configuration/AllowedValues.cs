using System.ComponentModel.DataAnnotations;
using System.Reflection;

namespace Farm.Server.Operations.Configuration;

/// <summary>Describes the allowed values of a setting, for error messages and the settings reference.</summary>
internal static class AllowedValues
{
    /// <summary>What a value of this type must be, to complete a sentence.</summary>
    public static string Requirement(Type type) => type switch
    {
        _ when type == typeof(bool) => "must be true or false",
        _ when type == typeof(TimeSpan) => "must be a duration like 10m0s or 1h30m",
        _ when type.IsEnum => $"must be one of {string.Join(", ", Enum.GetNames(type).Select(name => name.ToLowerInvariant()))}",
        _ => GreaterThanZeroAttribute.Sentence,
    };

    /// <summary>The name of an enum value in the settings.</summary>
    public static string Name(object value) => value.ToString()!.ToLowerInvariant();

    /// <summary>The allowed values of a property, as Markdown.</summary>
    public static string Describe(PropertyInfo property)
    {
        var type = property.PropertyType;
        if (SettingList.ItemType(type) is { } item) return item.IsEnum ? $"list of {Names(item)}" : "list";
        if (type == typeof(TimeSpan)) return property.IsDefined(typeof(LongerThanZeroAttribute)) ? "duration longer than 0" : "duration";
        if (type == typeof(bool)) return "`true`, `false`";
        if (type.IsEnum) return Names(type);
        if (property.GetCustomAttribute<BetweenAttribute>() is { } bounds) return bounds.Meaning;
        if (type != typeof(string)) return "whole number greater than 0";
        return property.GetCustomAttribute<RegularExpressionAttribute>() is { ErrorMessage: { } rule } ? $"text, {rule}" : "text";
    }

    private static string Names(Type type) => string.Join(", ", Enum.GetValues(type).Cast<object>().Select(value => $"`{Name(value)}`"));
}
