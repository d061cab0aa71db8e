using System.CommandLine;
using System.Text.Json.Nodes;

namespace Farm.Server.CommandLine;

/// <summary><c>farm workflow</c>: installs, lists and removes flowServ workflows of the running server.</summary>
internal static class WorkflowCommand
{
    private const string Path = "/api/farm/v1/workflows";

    /// <summary>The command with its subcommands.</summary>
    public static Command Create() => new("workflow", "Install, list and remove flowServ workflows.") { Add(), List(), Remove() };

    private static Command Add()
    {
        var folder = new Argument<string>("DIR") { Description = "The project folder with flowserv.yaml or flowserv.json." };
        var id = new Option<string?>("--id") { Description = "The workflow's id in flowServ URLs; by default made from its name.", HelpName = "ID" };
        return Verb(new Command("add", "Install a workflow.") { folder, id }, async (manager, parsed, cancellation) =>
        {
            await using var archive = ProjectPacker.Pack(parsed.GetValue(folder)!);
            var query = parsed.GetValue(id) is { } wanted ? $"?id={Uri.EscapeDataString(wanted)}" : "";
            var workflow = await manager.UploadAsync(Path + query, archive, cancellation);
            await parsed.InvocationConfiguration.Output.WriteLineAsync($"{workflow["id"]}  {workflow["name"]}{Raw(workflow)}");
        });
    }

    private static Command List() => Verb(new Command("list", "List the workflows."), async (manager, parsed, cancellation) =>
    {
        foreach (var workflow in (await manager.GetAsync(Path, cancellation))["workflows"]!.AsArray())
            await parsed.InvocationConfiguration.Output.WriteLineAsync(Line(workflow!));
    });

    private static Command Remove()
    {
        var id = new Argument<string>("ID") { Description = "The id that \"farm workflow list\" shows." };
        var force = new Option<bool>("--with-groups") { Description = "Also remove its groups, with their uploads and runs." };
        return Verb(new Command("remove", "Remove a workflow.") { id, force }, async (manager, parsed, cancellation) =>
        {
            var query = parsed.GetValue(force) ? "?groups=true" : "";
            await manager.DeleteAsync($"{Path}/{Uri.EscapeDataString(parsed.GetValue(id)!)}{query}", cancellation);
        });
    }

    private static Command Verb(Command command, Func<ManagerConnection, ParseResult, CancellationToken, Task> action)
    {
        FarmCommand.SetAction(command, (parsed, manager, cancellation) => action(manager, parsed, cancellation));
        return command;
    }

    private static string Line(JsonNode workflow) =>
        $"{workflow["id"],-32}  {workflow["name"]}  ({Count(workflow["groups"]!, "group")}, {Count(workflow["runs"]!, "run")}){Raw(workflow)}";

    /// <summary>A warning that whoever starts a run may run any command.</summary>
    private static string Raw(JsonNode workflow) => workflow["raw"]?.AsArray() is { Count: > 0 } names
        ? $"\n  puts into shell commands as they are (farm_raw): {string.Join(", ", names.Select(name => (string)name!))}"
        : "";

    private static string Count(JsonNode number, string what) => $"{number} {what}{((long)number == 1 ? "" : "s")}";
}
