using Farm.Server.Domain.Variables;
using Farm.Server.Operations.Configuration;

namespace Farm.Server.Hosting.Configuration;

/// <summary>Reads <c>variables</c> in the form of Contracts/Flamenco/Contract.md section 9.</summary>
internal static class VariableSettings
{
    /// <summary>The platform that this server runs on, in the words of the original manager.</summary>
    public static string OwnPlatform { get; } =
        OperatingSystem.IsWindows() ? "windows" : OperatingSystem.IsMacOS() ? "darwin" : "linux";

    /// <summary>What a farm has without any configuration.</summary>
    public static IReadOnlyList<Variable> Defaults { get; } =
    [
        new("blender", IsTwoway: false,
        [
            new(VariableAudience.All, ["linux"], "blender"), new(VariableAudience.All, ["windows"], "blender.exe"), new(VariableAudience.All, ["darwin"], "blender"),
        ]),
        new("blenderArgs", IsTwoway: false, [new(VariableAudience.All, [VariableValue.AllPlatforms], "-b -y")]),
    ];

    /// <summary>The variables of the configuration; a default is replaced by one of the same name.</summary>
    /// <exception cref="SettingException">A variable has no usable values.</exception>
    public static IReadOnlyList<Variable> Read(IConfigurationSection section)
    {
        var configured = section.GetChildren().Select(ReadOne).ToList();
        return [.. Defaults.Where(known => configured.TrueForAll(variable => variable.Name != known.Name)), .. configured];
    }

    private static Variable ReadOne(IConfigurationSection variable)
    {
        var values = variable.GetSection("values").GetChildren().Select(ReadValue).ToList();
        return values.Count > 0
            ? new Variable(variable.Key, new SettingReader(variable).Flag("is_twoway", false), values)
            : throw new SettingException(variable.Path, variable.Value, "needs a list of values, each with platform and value");
    }

    private static VariableValue ReadValue(IConfigurationSection value)
    {
        var text = value["value"] ?? throw new SettingException(value.Path, null, "needs a value");
        if (!VariableAudienceNames.TryParse(value["audience"] ?? "all", out var audience))
            throw new SettingException(value.Path, value["audience"], "is no audience; there are: all, workers, users");
        string[] platforms = value["platform"] is { Length: > 0 } one
            ? [one]
            : [.. value.GetSection("platforms").GetChildren().Select(platform => platform.Value ?? "")];
        return platforms.Length > 0
            ? new VariableValue(audience, platforms, text)
            : throw new SettingException(value.Path, text, "needs a platform: linux, windows, darwin or all");
    }
}
