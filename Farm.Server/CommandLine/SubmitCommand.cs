using System.CommandLine;
using System.Text.Json.Nodes;

namespace Farm.Server.CommandLine;

/// <summary><c>farm submit</c>: submits a job to the running server.</summary>
internal static class SubmitCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var type = new Argument<string>("TYPE") { Description = "The job type, for example simple-blender-render." };
        var settings = new Argument<string[]>("name=value") { Description = "Settings of the job type.", Arity = ArgumentArity.ZeroOrMore };
        var name = new Option<string?>("--name") { Description = "The job's name; by default that of the blend file, or of the type.", HelpName = "NAME" };
        var priority = new Option<int>("--priority") { Description = "0 to 100; jobs with a higher priority run first.", HelpName = "N", DefaultValueFactory = _ => 50 };
        var wait = new Option<bool>("--wait") { Description = "Wait for the job to end; the exit code is 0 only if it completed." };
        var connection = new ConnectionOptions();
        priority.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 0 or > 100) result.AddError("--priority must be from 0 to 100");
        });

        var command = new Command("submit", "Submit a job to the running farm.") { type, settings, name, priority, wait };
        connection.AddTo(command);
        command.SetActionWithErrorHandling(async (parsed, cancellation) =>
        {
            using var manager = connection.Connect(parsed);
            var output = parsed.InvocationConfiguration.Output;
            var job = await SubmitAsync(
                manager, parsed.GetValue(type)!, parsed.GetValue(settings) ?? [], parsed.GetValue(name), parsed.GetValue(priority), cancellation);
            await output.WriteLineAsync($"{job["id"]}  {new Uri(manager.Address, $"/jobs/{job["id"]}")}");
            if (!parsed.GetValue(wait)) return 0;

            var status = await JobProgress.WaitAsync(manager, (string)job["id"]!, output, TimeProvider.System, cancellation);
            if (status == "completed") return 0;
            throw new CommandFailedException(JobProgress.FailureMessage(await manager.GetAsync($"/api/v3/jobs/{job["id"]}", cancellation), manager.Address));
        });
        return command;
    }

    /// <summary>Submits a job and returns the server's description of it.</summary>
    /// <exception cref="CommandFailedException">The server or the job type refused the job.</exception>
    public static async Task<JsonNode> SubmitAsync(
        ManagerConnection manager, string type, IEnumerable<string> arguments, string? name, int priority, CancellationToken cancellationToken)
    {
        var jobType = await manager.GetAsync($"/api/v3/jobs/type/{Uri.EscapeDataString(type)}", cancellationToken);
        var settings = SettingArguments.Read(jobType.AsObject(), arguments);
        return await manager.PostAsync("/api/v3/jobs", new JsonObject
        {
            ["name"] = name ?? NameOf(settings) ?? type,
            ["type"] = type,
            ["type_etag"] = jobType["etag"]!.DeepClone(),
            ["priority"] = priority,
            ["submitter_platform"] = OperatingSystem.IsWindows() ? "windows" : OperatingSystem.IsMacOS() ? "darwin" : "linux",
            ["metadata"] = new JsonObject { ["user.name"] = Environment.UserName },
            ["settings"] = settings,
        }, cancellationToken);
    }

    private static string? NameOf(JsonObject settings) =>
        settings["blendfile"] is { } file && Path.GetFileNameWithoutExtension(file.ToString()) is { Length: > 0 } name ? name : null;
}
