using System.ComponentModel.DataAnnotations;
using Farm.Server.Domain.Variables;
using Farm.Server.Operations.Configuration;

namespace Farm.Server.Hosting.Configuration;

/// <summary>A variable of the settings (Contracts/Flamenco/Contract.md section 9).</summary>
internal sealed record VariableSettings : IValidatableObject
{
    /// <summary>The platform of this server, as Flamenco names it.</summary>
    public static string OwnPlatform { get; } =
        OperatingSystem.IsWindows() ? "windows" : OperatingSystem.IsMacOS() ? "darwin" : "linux";

    /// <summary>The variables of a farm without settings.</summary>
    public static IReadOnlyList<Variable> Defaults { get; } =
    [
        new("blender", IsTwoway: false,
        [
            new(VariableAudience.All, ["linux"], "blender"), new(VariableAudience.All, ["windows"], "blender.exe"), new(VariableAudience.All, ["darwin"], "blender"),
        ]),
        new("blenderArgs", IsTwoway: false, [new(VariableAudience.All, [VariableValue.AllPlatforms], "-b -y")]),
    ];

    /// <summary>Whether paths that begin with its value become <c>{name}</c> when a job is submitted.</summary>
    [ConfigurationKeyName("is_twoway")]
    public bool IsTwoway { get; init; }

    /// <summary>Its values.</summary>
    [ConfigurationKeyName("values")]
    public IReadOnlyList<VariableValueSettings> Values { get; init; } = [];

    /// <summary>The variables in a section; one of the same name replaces a default.</summary>
    /// <exception cref="SettingException">A key is unknown, or a variable has no valid values.</exception>
    public static IReadOnlyList<Variable> Read(IConfigurationSection section)
    {
        var configured = section.GetChildren().Select(ReadOne).ToList();
        return [.. Defaults.Where(known => configured.TrueForAll(variable => variable.Name != known.Name)), .. configured];
    }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Values.Count == 0) yield return new ValidationResult("needs a list of values, each with platform and value", [nameof(Values)]);
    }

    private static Variable ReadOne(IConfigurationSection section)
    {
        UnknownKeys.Reject(section, [.. BoundKey.Of(typeof(VariableSettings)).Select(key => key.Name)]);
        var variable = SettingsBinder.Bind<VariableSettings>(section);
        return new Variable(section.Key, variable.IsTwoway, [.. variable.Values.Select(value => value.ToValue())]);
    }
}
