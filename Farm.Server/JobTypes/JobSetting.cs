using System.Text.Json.Nodes;

namespace Farm.Server.JobTypes;

/// <summary>One setting of a job type, as clients show it (Contracts/Flamenco/Contract.md section 7.1). Null properties are omitted.</summary>
/// <param name="Key">Identifier, unique in the type; becomes the name of a Blender property.</param>
/// <param name="Type">The type of its value.</param>
internal sealed record JobSetting(string Key, JobSettingType Type)
{
    /// <summary>The meaning of a string; only for <see cref="JobSettingType.String"/>.</summary>
    public JobSettingSubtype? Subtype { get; init; }

    /// <summary>The allowed strings; only for <see cref="JobSettingType.String"/>.</summary>
    public IReadOnlyList<string>? Choices { get; init; }

    /// <summary>Further arguments of the Blender property, such as <c>min</c> and <c>max</c>.</summary>
    public JsonObject? PropArgs { get; init; }

    /// <summary>The tooltip.</summary>
    public string? Description { get; init; }

    /// <summary>The display name; if null, clients derive it from the key.</summary>
    public string? Label { get; init; }

    /// <summary>The initial value in clients. The farm itself never fills it in.</summary>
    public JsonNode? Default { get; init; }

    /// <summary>
    /// A Python expression that the Blender add-on evaluates. It may use <c>bpy C jobname Path abspath last_n_dir_parts settings</c>.
    /// </summary>
    public string? Eval { get; init; }

    /// <summary>How the add-on offers the evaluated value.</summary>
    public JobSettingEvalInfo? EvalInfo { get; init; }

    /// <summary>Where the setting is shown.</summary>
    public JobSettingVisibility Visible { get; init; }

    /// <summary>A hint for clients; the farm checks required settings when it compiles the job.</summary>
    public bool Required { get; init; }

    /// <summary>Forms may show settings of the same group together; not sent to Flamenco clients.</summary>
    public string? Group { get; init; }

    /// <summary>Whether a string may have several lines; not sent to Flamenco clients.</summary>
    public bool IsMultiline { get; init; }

    /// <summary>Whether users may change the setting; null means true.</summary>
    public bool? Editable { get; init; }
}

/// <summary>The type of a setting's value.</summary>
internal enum JobSettingType
{
    String,
    Int32,
    Float,
    Bool,
}

/// <summary>The meaning of a string setting.</summary>
internal enum JobSettingSubtype
{
    FilePath,
    DirPath,
    FileName,

    /// <summary>A directory plus <c>/######</c>.</summary>
    HashedFilePath,
}

/// <summary>Where a setting is shown. Every setting is part of the submission, wherever it is shown.</summary>
internal enum JobSettingVisibility
{
    Visible,
    Hidden,

    /// <summary>Only in the submission form.</summary>
    Submission,

    /// <summary>Only in the view of an existing job.</summary>
    Web,
}

/// <summary>How the add-on offers an evaluated setting.</summary>
/// <param name="ShowLinkButton">Whether users can toggle between the evaluated value and their own.</param>
/// <param name="Description">Describes the evaluated value.</param>
internal sealed record JobSettingEvalInfo(bool ShowLinkButton, string Description);
