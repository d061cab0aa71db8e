using System.Text.Json.Nodes;

namespace Farm.Server.JobTypes;

/// <summary>One setting of a job type, as clients show it (Contracts/Flamenco/Contract.md section 7.1). What is null is left out.</summary>
/// <param name="Key">Identifier, unique in the type; becomes the name of a Blender property.</param>
/// <param name="Type">What kind of value it holds.</param>
internal sealed record JobSetting(string Key, JobSettingType Type)
{
    /// <summary>What a text stands for; only for <see cref="JobSettingType.String"/>.</summary>
    public JobSettingSubtype? Subtype { get; init; }

    /// <summary>The texts to choose from; only for <see cref="JobSettingType.String"/>.</summary>
    public IReadOnlyList<string>? Choices { get; init; }

    /// <summary>Further arguments of the Blender property, such as <c>min</c> and <c>max</c>.</summary>
    public JsonObject? PropArgs { get; init; }

    /// <summary>The tooltip.</summary>
    public string? Description { get; init; }

    /// <summary>The shown name; without one, clients make it from the key.</summary>
    public string? Label { get; init; }

    /// <summary>What clients show at first. The farm never fills it in by itself.</summary>
    public JsonNode? Default { get; init; }

    /// <summary>
    /// A Python expression that the Blender add-on evaluates. It may use <c>bpy C jobname Path abspath last_n_dir_parts settings</c>.
    /// </summary>
    public string? Eval { get; init; }

    /// <summary>How the add-on offers the evaluated value.</summary>
    public JobSettingEvalInfo? EvalInfo { get; init; }

    /// <summary>Where the setting is shown.</summary>
    public JobSettingVisibility Visible { get; init; }

    /// <summary>A hint for clients; what a type cannot do without, its compilation demands.</summary>
    public bool Required { get; init; }

    /// <summary>Settings with the same one are shown together by forms that can; clients of the Flamenco contract are not told.</summary>
    public string? Group { get; init; }

    /// <summary>Whether a text has several lines; clients of the Flamenco contract are not told.</summary>
    public bool IsMultiline { get; init; }

    /// <summary>Null and true mean that people may change it, false that they may not.</summary>
    public bool? Editable { get; init; }
}

/// <summary>What kind of value a setting holds.</summary>
internal enum JobSettingType
{
    String,
    Int32,
    Float,
    Bool,
}

/// <summary>What a text setting stands for.</summary>
internal enum JobSettingSubtype
{
    FilePath,
    DirPath,
    FileName,

    /// <summary>A directory plus <c>/######</c>.</summary>
    HashedFilePath,
}

/// <summary>Where a setting is shown. Those shown in one place only are still part of every submission.</summary>
internal enum JobSettingVisibility
{
    Visible,
    Hidden,

    /// <summary>Only while submitting.</summary>
    Submission,

    /// <summary>Only when looking at the job afterwards.</summary>
    Web,
}

/// <summary>How the add-on offers an evaluated setting.</summary>
/// <param name="ShowLinkButton">Whether there is a toggle between the evaluated value and one's own.</param>
/// <param name="Description">What the evaluated value is.</param>
internal sealed record JobSettingEvalInfo(bool ShowLinkButton, string Description);
