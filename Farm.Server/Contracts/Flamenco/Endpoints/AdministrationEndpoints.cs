using Farm.Server.Contracts.Flamenco.Messages;
using Farm.Server.Contracts.Shared;
using Farm.Server.Operations.Configuration;

namespace Farm.Server.Contracts.Flamenco.Endpoints;

/// <summary>Farm settings, for administrators (Contracts/Flamenco/Contract.md sections 6.1 and 9).</summary>
internal sealed class AdministrationEndpoints(ISettingsDocument settings, BlenderFinder blender, SetupAssistant assistant)
{
    private static readonly string[] Sources = ["file_association", "path_envvar", "system_location", "input_path", "default"];

    /// <summary>getConfigurationFile.</summary>
    public Task FileAsync(HttpContext context) => context.RespondAsync(settings.Read(context.Caller()), FlamencoJson.Default.JsonObject);

    /// <summary>updateConfigurationFile.</summary>
    public async Task ReplaceAsync(HttpContext context)
    {
        await settings.ReplaceAsync(context.Caller(), (await RequestBody.ReadAsync(context)).ToJsonObject());
        await context.RespondNoContentAsync();
    }

    /// <summary>findBlenderExePath.</summary>
    public Task FindBlenderAsync(HttpContext context) =>
        context.RespondAsync([.. blender.Find().Select(Message)], FlamencoJson.Default.BlenderCheckMessageArray);

    /// <summary>checkBlenderExePath.</summary>
    public async Task CheckBlenderAsync(HttpContext context)
    {
        var found = blender.Check((await RequestBody.ReadAsync(context)).Text("path"));
        await context.RespondAsync(Message(found), FlamencoJson.Default.BlenderCheckMessage);
    }

    /// <summary>saveSetupAssistantConfig. Applies what it can without restarting the farm.</summary>
    public async Task SaveSetupAsync(HttpContext context)
    {
        var body = await RequestBody.ReadAsync(context);
        var storage = body.Text("storageLocation");
        var chosen = body.Part("blenderExecutable");
        var source = chosen.Text("source");
        if (!Sources.Contains(source)) throw FlamencoException.Malformed($"property \"blenderExecutable.source\" must be one of {string.Join(", ", Sources)}");
        if (!chosen.Flag("is_usable")) throw FlamencoException.Malformed("property \"blenderExecutable\" names a Blender that is not usable");
        await assistant.SaveAsync(context.Caller(), storage, Value(source, chosen.Text("input"), chosen.Text("path")));
        await context.RespondNoContentAsync();
    }

    /// <summary>A choice from the list is saved as the path that was found; typed input is saved as typed.</summary>
    private static string? Value(string source, string input, string path) => source switch
    {
        "default" => null,
        "input_path" when input.Length > 0 => input,
        _ when path.Length > 0 => path,
        _ => throw FlamencoException.Malformed("property \"blenderExecutable.path\" must not be empty"),
    };

    private static BlenderCheckMessage Message(FoundBlender found) => new(
        found.Input, found.Path, found.Source == BlenderSource.Named ? "input_path" : "path_envvar", found.WhyNotAllowed.Length == 0, found.WhyNotAllowed);
}
