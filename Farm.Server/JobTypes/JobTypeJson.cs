using System.Text.Json.Nodes;

namespace Farm.Server.JobTypes;

/// <summary>Writes a job type as JSON, for clients and for the hash in the etag (Contracts/Flamenco/Contract.md section 7.1).</summary>
internal static class JobTypeJson
{
    /// <summary>The type with its own etag.</summary>
    public static JsonObject Write(JobTypeInfo type) => Write(type, type.Etag);

    /// <summary>The type with the given etag. Unset optional fields are omitted.</summary>
    public static JsonObject Write(JobTypeInfo type, string etag)
    {
        var json = new JsonObject { ["name"] = type.Name, ["label"] = type.Label };
        AddIfSet(json, "description", type.Description);
        json["etag"] = etag;
        json["settings"] = new JsonArray([.. type.Settings.Select(WriteSetting)]);
        return json;
    }

    /// <summary>The JSON name of a setting's type.</summary>
    public static string Name(JobSettingType type) => type switch
    {
        JobSettingType.String => "string",
        JobSettingType.Int32 => "int32",
        JobSettingType.Float => "float",
        _ => "bool",
    };

    private static JsonObject WriteSetting(JobSetting setting)
    {
        var json = new JsonObject { ["key"] = setting.Key, ["type"] = Name(setting.Type) };
        AddIfSet(json, "subtype", setting.Subtype is { } subtype ? Name(subtype) : null);
        AddIfSet(json, "choices", setting.Choices is { } choices ? new JsonArray([.. choices.Select(c => JsonValue.Create(c))]) : null);
        AddIfSet(json, "propargs", setting.PropArgs?.DeepClone());
        AddIfSet(json, "description", setting.Description);
        AddIfSet(json, "label", setting.Label);
        AddIfSet(json, "default", setting.Default?.DeepClone());
        AddIfSet(json, "eval", setting.Eval);
        if (setting.EvalInfo is { } info)
            json["evalInfo"] = new JsonObject { ["showLinkButton"] = info.ShowLinkButton, ["description"] = info.Description };
        AddIfSet(json, "visible", setting.Visible == JobSettingVisibility.Visible ? null : Name(setting.Visible));
        AddIfSet(json, "required", setting.Required ? true : null);
        AddIfSet(json, "editable", setting.Editable);
        return json;
    }

    private static void AddIfSet(JsonObject json, string key, JsonNode? value)
    {
        if (value is not null)
            json[key] = value;
    }

    private static string Name(JobSettingSubtype subtype) => subtype switch
    {
        JobSettingSubtype.FilePath => "file_path",
        JobSettingSubtype.DirPath => "dir_path",
        JobSettingSubtype.FileName => "file_name",
        _ => "hashed_file_path",
    };

    private static string Name(JobSettingVisibility visibility) => visibility switch
    {
        JobSettingVisibility.Hidden => "hidden",
        JobSettingVisibility.Submission => "submission",
        JobSettingVisibility.Web => "web",
        _ => "visible",
    };
}
