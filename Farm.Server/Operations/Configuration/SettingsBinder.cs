using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Reflection;

namespace Farm.Server.Operations.Configuration;

/// <summary>Binds a section to settings with the framework's binder, and names the key of what cannot be used.</summary>
internal static class SettingsBinder
{
    /// <summary>The settings that the section holds; what is absent keeps its default. Unknown keys are not looked for.</summary>
    /// <typeparam name="T">The settings; a new one has the defaults.</typeparam>
    /// <exception cref="SettingException">A value cannot be used.</exception>
    public static T Bind<T>(IConfiguration section)
        where T : class, new()
    {
        var settings = new T();
        var keys = BoundKey.Of(typeof(T));
        var values = new Dictionary<string, string?>();
        foreach (var key in keys)
        {
            if (SettingText.Read(section.GetSection(key.Name), key.Property.PropertyType) is not { } texts) continue;
            // The binder adds to a list that has items, but a list that is set replaces the default.
            if (key.IsList) key.Clear(settings);
            foreach (var (below, text) in texts) values[key.Path + below] = text;
        }

        new ConfigurationBuilder().AddInMemoryCollection(values).Build().Bind(settings);
        Check(settings, keys, section);
        return settings;
    }

    private static void Check(object settings, IReadOnlyList<BoundKey> keys, IConfiguration section)
    {
        foreach (var key in keys)
        {
            var broken = key.Property.GetCustomAttributes<ValidationAttribute>().FirstOrDefault(rule => !rule.IsValid(key.Value(settings)));
            if (broken is not null) throw Refusal(key, section, broken.ErrorMessage);
        }

        if (settings is not IValidatableObject whole) return;
        foreach (var result in whole.Validate(new ValidationContext(settings)))
            throw Refusal(keys.Single(key => key.Property.Name == result.MemberNames.Single()), section, result.ErrorMessage);
    }

    private static SettingException Refusal(BoundKey key, IConfiguration section, string? problem)
    {
        var set = section.GetSection(key.Name);
        var isSecret = key.Property.IsDefined(typeof(PasswordPropertyTextAttribute));
        return new SettingException(set.Path, isSecret ? null : set.Value, problem ?? "cannot be used");
    }
}
